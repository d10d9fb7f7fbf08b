from odoo import api, fields, models


class CrmRefusalWizard(models.TransientModel):
    _inherit = "crm.refusal.wizard"

    stay_ids = fields.Many2many(comodel_name="crm.pool.stay", string="Requests")

    @api.model
    def _get_refused_fields(self):
        return {**super()._get_refused_fields(), "crm.pool.stay": "stay_ids"}
