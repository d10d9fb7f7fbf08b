from odoo import fields, models


class CrmClub(models.Model):
    _inherit = "crm.club"

    earning_rule_ids = fields.One2many(
        comodel_name="crm.earning.rule",
        inverse_name="club_id",
        string="Earning Rules",
        copy=True,
    )
