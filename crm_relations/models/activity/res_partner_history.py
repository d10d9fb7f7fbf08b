from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_history_ledgers(self):
        return {
            **super()._get_history_ledgers(),
            "activity": {
                "label": self.env._("Customer Activities"),
                "icon": "fa-ticket",
                "model": "crm.event.guest",
                "date": "date",
                "domain": [("state", "!=", "cancelled")],
            },
        }
