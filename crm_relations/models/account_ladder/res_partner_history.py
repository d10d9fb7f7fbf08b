from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_history_ledgers(self):
        return {
            **super()._get_history_ledgers(),
            "account_standing": {
                "label": self.env._("Levels and milestones"),
                "icon": "fa-signal",
                "model": "crm.account.standing.change",
                "date": "decided_at",
            },
        }
