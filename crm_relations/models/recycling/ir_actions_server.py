from odoo import fields, models


class IrActionsServer(models.Model):
    """Decide again as a server action: figures, tier, lifecycle, ladder and release
    date, as the night does."""

    _inherit = "ir.actions.server"

    customer_act = fields.Selection(
        selection_add=[("recompute", "Decide Tier, Lifecycle and Release Date Again")],
        ondelete={"recompute": "cascade"},
    )

    def _act_recompute(self, customers):
        # Superuser: what is decided is the same whoever asks for it; only who sees a
        # customer may ask.
        known = customers.exists()
        visible = known._filtered_access("read")
        if self.env["res.partner"].with_env(customers.env)._is_outsider():
            visible = known.browse()
        managed = visible.sudo().filtered(
            lambda partner: partner.is_managed_customer and partner.active
        )
        if managed:
            self.env["crm.segmentation"].sudo()._decide(managed.ids)
            self.env["res.partner"].sudo()._refresh_release_dates(managed.ids)
        return [
            self._get_recompute_answer(number, known, visible, managed)
            for number in customers.ids
        ]

    def _get_recompute_answer(self, number, known, visible, managed):
        if number in managed._ids:
            code, message = "ok", self.env._("Decided again.")
        elif number in visible._ids:
            code = "blocked"
            message = self.env._("It is archived, or no managed customer.")
        elif number in known._ids:
            code, message = "no_right", self.env._("You may not see this customer.")
        else:
            code, message = "missing", self.env._("It does not exist any more.")
        return {"id": number, "ok": code == "ok", "code": code, "message": message}
