from odoo import api, fields, models


class CrmRefusalWizard(models.TransientModel):
    _inherit = "crm.refusal.wizard"

    work_report_ids = fields.Many2many(
        comodel_name="crm.work.report", string="Work Reports"
    )

    @api.model
    def _get_refused_fields(self):
        return {**super()._get_refused_fields(), "crm.work.report": "work_report_ids"}
