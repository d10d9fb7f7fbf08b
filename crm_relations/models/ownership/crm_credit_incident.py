from odoo import models


class CrmCreditIncident(models.Model):
    _name = "crm.credit.incident"
    _inherit = ["crm.credit.incident", "crm.archive.line.mixin"]
