from odoo import api, fields, models


class ResPartner(models.Model):
    """What a customer has been given, as far as the caller may read it."""

    _inherit = "res.partner"

    gift_count = fields.Integer(string="Gifts", compute="_compute_gift_count")

    @api.depends_context("uid")
    def _compute_gift_count(self):
        gifts = self.env["crm.gift"]
        counts = {}
        if gifts.has_access("read"):
            counts = dict(
                gifts._read_group(
                    [
                        ("partner_id", "in", self.commercial_partner_id.ids),
                        ("state", "not in", ("draft", "refused")),
                    ],
                    ["partner_id"],
                    ["__count"],
                )
            )
        for partner in self:
            partner.gift_count = counts.get(partner.commercial_partner_id, 0)

    def _refresh_moved_figures(self):
        result = super()._refresh_moved_figures()
        # Superuser: whoever moves a customer need not read what was given.
        self.env["crm.gift.year"].sudo()._refresh(self.ids)
        return result

    def _get_models_of_closed_history(self):
        """Sums of a year are written anew for whom the gifts have come to."""
        return super()._get_models_of_closed_history() | {"crm.gift.year"}

    def action_view_gifts(self):
        """Open the gifts of this customer."""
        return self._open_given("crm.gift")

    def _open_given(self, model):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"crm_relations.{model.replace('.', '_')}_action"
        )
        customer = self.commercial_partner_id
        return action | {
            "domain": [("partner_id", "=", customer.id)],
            "context": {"default_partner_id": customer.id},
        }
