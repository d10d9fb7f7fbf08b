from odoo import api, fields, models

SALES_USERS = "crm_relations.group_sales_user"


class CrmRefusalWizard(models.TransientModel):
    _inherit = "crm.refusal.wizard"

    # Who has no access to them refuses other things, and the form reads all it has.
    gift_ids = fields.Many2many(
        comodel_name="crm.gift", string="Gifts", groups=SALES_USERS
    )
    concession_ids = fields.Many2many(
        comodel_name="crm.concession", string="Concessions", groups=SALES_USERS
    )

    @api.model
    def _get_refused_fields(self):
        return {
            **super()._get_refused_fields(),
            "crm.gift": "gift_ids",
            "crm.concession": "concession_ids",
        }
