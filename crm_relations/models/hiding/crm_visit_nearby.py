from odoo import api, models


class CrmVisitNearby(models.TransientModel):
    _name = "crm.visit.nearby"
    _inherit = ["crm.visit.nearby", "crm.masked.mixin"]

    @api.model
    def _get_masked_fields(self):
        return {"phone": "phone"}
