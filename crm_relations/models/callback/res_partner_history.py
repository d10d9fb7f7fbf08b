from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_history_ledgers(self):
        return {
            **super()._get_history_ledgers(),
            "callback": {
                "label": self.env._("Calls"),
                "icon": "fa-volume-control-phone",
                "model": "crm.callback.attempt",
                "date": "called_at",
            },
        }
