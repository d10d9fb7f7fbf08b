from odoo import api, models


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
                "domain": [("state", "=", "answered"), ("is_anonymous", "!=", True)],
                "texts": ["comment"],
                "is_whole": True,
            },
        }
