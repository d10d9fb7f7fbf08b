from odoo import api, models

# Babel takes the first of a tuple that follows a term for a term.
SHOWN = [("state", "!=", "cancelled")]


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
                "domain": SHOWN,
            },
        }
