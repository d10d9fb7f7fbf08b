from odoo import api, models


class CrmFollowup(models.Model):
    _name = "crm.followup"
    _inherit = ["crm.followup", "crm.import.template.mixin"]

    @api.model
    def _get_template_name(self):
        return self.env._("Follow-ups")

    @api.model
    def _get_template_columns(self):
        return {
            "partner_id": "Acme",
            **dict.fromkeys(("kind_id", "date", "user_id"), None),
            "duration_minutes": "15",
            "purpose": self.env._("Offer for the new order"),
            **dict.fromkeys(("content", "feedback"), ""),
        }
