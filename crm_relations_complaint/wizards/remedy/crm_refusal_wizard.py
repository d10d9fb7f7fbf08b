from odoo import api, fields, models


class CrmRefusalWizard(models.TransientModel):
    _inherit = "crm.refusal.wizard"

    remedy_ids = fields.Many2many(
        comodel_name="crm.complaint.remedy", string="Remedies"
    )
    takes_back = fields.Boolean(compute="_compute_takes_back")

    @api.depends("remedy_ids")
    def _compute_takes_back(self):
        for wizard in self:
            wizard.takes_back = "booked" in wizard.remedy_ids.mapped("state")

    @api.model
    def _get_refused_fields(self):
        return {
            **super()._get_refused_fields(),
            "crm.complaint.remedy": "remedy_ids",
        }
