from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_history_ledgers(self):
        return {
            **super()._get_history_ledgers(),
            "key_account": {
                "label": self.env._("Key account"),
                "icon": "fa-key",
                "model": "crm.key.account.nomination",
                "date": "nominated_on",
                "domain": [("state", "not in", ("draft", "asked"))],
                "texts": ["reason", "refusal_reason", "end_reason"],
            },
        }
