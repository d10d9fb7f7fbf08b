from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _refresh_purchases(self):
        result = super()._refresh_purchases()
        self._refresh_activity(self.ids)
        self.env["crm.lost.customer"]._find_won_back(self.ids)
        return result
