from odoo import models


class CrmCustomerCompetitor(models.Model):
    _name = "crm.customer.competitor"
    _inherit = ["crm.customer.competitor", "crm.archive.line.mixin"]
