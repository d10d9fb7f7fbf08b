from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_history_ledgers(self):
        return {
            **super()._get_history_ledgers(),
            "not_now": {
                "label": self.env._("Not Now"),
                "icon": "fa-clock-o",
                "model": "crm.not.now",
                "date": "put_off_at",
            },
        }
