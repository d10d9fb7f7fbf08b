from odoo import fields, models


class CrmSatisfactionStudy(models.Model):
    _inherit = "crm.satisfaction.study"

    response_ids = fields.One2many(
        comodel_name="crm.satisfaction.response",
        inverse_name="study_id",
        string="Answers",
    )
