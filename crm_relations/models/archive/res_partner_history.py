from odoo import api, models

# Babel takes the first of a tuple that follows a term for a term.
ORDERED = [("state", "=", "sale")]
LOST = [
    ("type", "=", "opportunity"),
    ("won_status", "=", "lost"),
    ("date_closed", "!=", False),
]


class ResPartner(models.Model):
    """What was bought, and what was changed in the archive."""

    _inherit = "res.partner"

    @api.model
    def _get_history_ledgers(self):
        return {
            **super()._get_history_ledgers(),
            "order": {
                "label": self.env._("Orders"),
                "icon": "fa-shopping-cart",
                "model": "sale.order",
                "date": "date_order",
                "domain": ORDERED,
                "texts": ["name", "client_order_ref"],
                "is_whole": True,
            },
            "lost_opportunity": {
                "label": self.env._("Lost Opportunities"),
                "icon": "fa-thumbs-o-down",
                "model": "crm.lead",
                "date": "date_closed",
                "domain": LOST,
                "texts": ["name", "lost_reason_id.name"],
                "is_whole": True,
            },
            "archive": {
                "label": self.env._("Archive"),
                "icon": "fa-pencil-square-o",
                "model": "crm.archive.change",
                "date": "changed_at",
                "partner": "customer_id",
                "texts": ["old_value", "new_value", "why"],
            },
        }
