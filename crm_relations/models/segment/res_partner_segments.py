from odoo import models
from odoo.exceptions import AccessError


class ResPartner(models.Model):
    """Everything that the night decides of a customer, for one customer now."""

    _inherit = "res.partner"

    def action_refresh_segments(self):
        """Bring figures, tier and layer of these customers up to date, now.

        Decided as the night would: by the schemes and rules that have started. Who
        may see a customer may have it looked at anew.
        """
        if not self.env.user.has_group("crm_relations.group_user"):
            raise AccessError(self.env._("Only users of customer relations do this."))
        self.check_access("read")
        # Superuser: the machine decides; the caller only says when.
        customers = self.sudo().filtered("is_managed_customer")
        if customers:
            self.env["crm.segmentation"].sudo()._decide(customers.ids)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._("Up to date: figures, tier and layer."),
                "type": "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
