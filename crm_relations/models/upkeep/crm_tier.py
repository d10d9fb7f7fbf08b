from odoo import models


class CrmTier(models.Model):
    _inherit = "crm.tier"

    def write(self, vals):
        result = super().write(vals)
        if "review_interval_days" in vals:
            self.env["crm.custodian.rule"]._decide_soon()
        return result
