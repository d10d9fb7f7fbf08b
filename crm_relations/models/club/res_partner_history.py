from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_history_ledgers(self):
        return {
            **super()._get_history_ledgers(),
            "club": {
                "label": self.env._("Club"),
                "icon": "fa-id-card-o",
                "model": "crm.club.level.change",
                "date": "decided_at",
            },
        }
