from odoo import models


class ResPartner(models.Model):
    """When the customer leaves its salesperson, and why."""

    _inherit = "res.partner"

    def _get_conclusions(self):
        leaves = not self.pool_id and self.pool_release_date
        return {
            **super()._get_conclusions(),
            "release": {
                "label": self.env._("Leaves protection"),
                "value": self.env.user._tell_day(leaves),
                "field": "pool_reason",
            },
        }

    def _tell_overview(self, found):
        told = super()._tell_overview(found)
        for conclusion in told["conclusions"]:
            if conclusion["code"] == "release":
                conclusion["why"] = self._tell_why(self.pool_release_facts)
        return told
