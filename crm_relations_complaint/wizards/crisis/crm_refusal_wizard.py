from odoo import api, fields, models


class CrmRefusalWizard(models.TransientModel):
    _inherit = "crm.refusal.wizard"

    statement_ids = fields.Many2many(
        comodel_name="crm.complaint.crisis.statement", string="Statements"
    )

    @api.model
    def _get_refused_fields(self):
        return {
            **super()._get_refused_fields(),
            "crm.complaint.crisis.statement": "statement_ids",
        }
