from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_history_ledgers(self):
        return {
            **super()._get_history_ledgers(),
            "owner": {
                "label": self.env._("Salesperson"),
                "icon": "fa-user-o",
                "model": "crm.ownership.change",
                "date": "decided_at",
            },
            "share": {
                "label": self.env._("Shares"),
                "icon": "fa-share-alt",
                "model": "crm.customer.share",
                "date": "granted_at",
                "texts": ["purpose"],
            },
            "stay": {
                "label": self.env._("Extensions and Protection"),
                "icon": "fa-calendar-plus-o",
                "model": "crm.pool.stay",
                "date": "requested_at",
            },
        }
