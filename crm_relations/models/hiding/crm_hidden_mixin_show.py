from odoo import fields, models
from odoo.exceptions import AccessError


class CrmHiddenMixin(models.AbstractModel):
    """The Show button: the value for the moment, and a line in the log."""

    _inherit = "crm.hidden.mixin"

    may_show_hidden = fields.Boolean(compute="_compute_may_show_hidden")

    def _compute_may_show_hidden(self):
        for record in self:
            hidden = record.hidden_phone or record.hidden_email
            record.may_show_hidden = bool(hidden) and bool(record._get_show_reason())

    def _get_show_reason(self):
        """Return why the user may have it shown, "" if he may not."""
        # Superuser: in which pool its customer is, to decide who may see it.
        partner = self.sudo()._get_hidden_partners()
        pool = partner.commercial_partner_id.pool_id
        if not pool:
            return ""
        if pool._has_manager(self.env.user):
            return "manager"
        return "group" if pool._may_show(self.env.user) else ""

    def action_show_hidden(self):
        """Tell the hidden number and address, and log it.

        :raise AccessError: the user neither runs the pool nor belongs to a group that
            it names
        """
        self.ensure_one()
        self.check_access("read")
        reason = self._get_show_reason()
        if not reason:
            raise AccessError(
                self.env._(
                    "Only who runs the pool, and the groups that it names, may have "
                    "hidden numbers and addresses shown."
                )
            )
        # Superuser: the closed table; who may has been decided, and it is logged.
        values = self.env["crm.hidden.value"].sudo()._get_firsts(self).get(self.id, {})
        values = {kind: value for kind, value in values.items() if value}
        for kind in values:
            partner = self.sudo()._get_hidden_partners()
            self.env["crm.hidden.showing"].sudo()._log(partner, kind, reason)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.display_name,
                "message": " · ".join(values.values()),
                "type": "info",
                "sticky": True,
            },
        }
