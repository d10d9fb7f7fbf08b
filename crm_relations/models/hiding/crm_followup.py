from odoo import api, models


class CrmFollowup(models.Model):
    """A call of a former salesperson tells the number that was dialled."""

    _name = "crm.followup"
    _inherit = ["crm.followup", "crm.masked.mixin"]

    @api.model
    def _get_masked_fields(self):
        return {"call_number": "phone"}
