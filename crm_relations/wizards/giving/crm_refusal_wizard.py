from odoo import api, fields, models


class CrmRefusalWizard(models.TransientModel):
    _inherit = "crm.refusal.wizard"

    gift_ids = fields.Many2many(comodel_name="crm.gift", string="Gifts")
    concession_ids = fields.Many2many(
        comodel_name="crm.concession", string="Concessions"
    )

    @api.model
    def _get_refused_fields(self):
        return {
            **super()._get_refused_fields(),
            "crm.gift": "gift_ids",
            "crm.concession": "concession_ids",
        }
