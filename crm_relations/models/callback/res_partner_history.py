from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_calls_told_domain(self):
        told = super()._get_calls_told_domain()
        if not self.env["crm.callback"].has_access("read"):
            return told
        # To who may read it the attempt tells the same call, with its outcome.
        return [*told, ("callback_id", "not any", [])]

    @api.model
    def _get_history_ledgers(self):
        return {
            **super()._get_history_ledgers(),
            "callback": {
                "label": self.env._("Callbacks"),
                "icon": "fa-volume-control-phone",
                "model": "crm.callback.attempt",
                "date": "called_at",
                "texts": ["note", "callback_id.own_purpose"],
            },
        }
