from odoo import api, models

# What is still a draft is no history yet.
TOLD = [("state", "not in", ("draft", "asked"))]


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_history_ledgers(self):
        return {
            **super()._get_history_ledgers(),
            "gift": {
                "label": self.env._("Gifts"),
                "icon": "fa-gift",
                "model": "crm.gift",
                "date": "date",
                "domain": TOLD,
                "texts": ["item_id.name", "reason"],
            },
            "concession": {
                "label": self.env._("Concessions"),
                "icon": "fa-exchange",
                "model": "crm.concession",
                "date": "date",
                "domain": TOLD,
                "texts": ["name", "reason", "counter_value"],
            },
            "favour": {
                "label": self.env._("Favours"),
                "icon": "fa-handshake-o",
                "model": "crm.favour",
                "date": "date",
                "texts": ["name"],
            },
        }
