from odoo import api, models

from .res_partner import ANSWERED


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_history_ledgers(self):
        return {
            **super()._get_history_ledgers(),
            "satisfaction": {
                "label": self.env._("Satisfaction"),
                "icon": "fa-star-half-o",
                "model": "crm.satisfaction.response",
                "date": "answered_at",
                "domain": list(ANSWERED),
                "texts": ["comment"],
                "is_whole": True,
            },
        }
