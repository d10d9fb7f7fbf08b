from odoo import api, models

# What is still to come is no history yet.
CLOSED = [("done_at", "!=", False)]


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_history_ledgers(self):
        return {
            **super()._get_history_ledgers(),
            "care": {
                "label": self.env._("Care"),
                "icon": "fa-heart-o",
                "model": "crm.care.task",
                "date": "done_at",
                "domain": CLOSED,
                "texts": ["result", "rule_id.name"],
            },
        }
