from odoo import fields, models


class CrmCareRule(models.Model):
    """A rule for what somebody sends by hand, to a region or an audience."""

    _inherit = "crm.care.rule"

    trigger = fields.Selection(
        selection_add=[("broadcast", "Broadcast, made by hand")],
        ondelete={"broadcast": "cascade"},
    )

    def _has_occasions(self):
        return self.trigger != "broadcast" and super()._has_occasions()

    def _candidates_broadcast(self, first, last):
        """Nobody has an occasion before somebody makes a broadcast."""
        return self._get_common_days_sql([])
