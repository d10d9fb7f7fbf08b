from odoo import models


class CrmClubMembership(models.Model):
    """What members read of the ways to points."""

    _inherit = "crm.club.membership"

    def _get_page_values(self):
        return super()._get_page_values() | {"earnings": self._get_earnings()}

    def _get_earnings(self):
        """Return ``[(name, points in words)]`` of the rules that hold for the member
        today."""
        self.ensure_one()
        if self.state != "active":
            return []
        return [
            (rule.name, self.card_id._format_points(rule.points))
            for rule in self.club_id.earning_rule_ids
            if rule._fits(self)
        ]
