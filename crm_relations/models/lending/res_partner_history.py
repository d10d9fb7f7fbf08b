from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_history_ledgers(self):
        return {
            **super()._get_history_ledgers(),
            "loan": {
                "label": self.env._("Loans"),
                "icon": "fa-unlock-alt",
                "model": "crm.archive.loan",
                "date": "asked_at",
                "texts": ["purpose", "refusal_reason", "ending_reason"],
            },
        }
