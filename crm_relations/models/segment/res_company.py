from odoo import api, models


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        self.env["crm.activity.model"]._create_missing()
        self.env["crm.value.model"]._create_missing()
        return companies
