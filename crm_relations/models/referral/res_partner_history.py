from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_history_ledgers(self):
        return {
            **super()._get_history_ledgers(),
            "referral": {
                "label": self.env._("Referrals"),
                "icon": "fa-share-alt",
                "model": "crm.referral",
                "date": "registered_on",
                "domain": [("state", "!=", "refused")],
                "texts": ["number", "note"],
            },
        }
