from odoo import api, fields, models


class CrmPostponeWizard(models.TransientModel):
    _inherit = "crm.postpone.wizard"

    task_ids = fields.Many2many(comodel_name="crm.care.task", string="Care Tasks")

    @api.model
    def _get_postponed_fields(self):
        return {**super()._get_postponed_fields(), "crm.care.task": "task_ids"}
