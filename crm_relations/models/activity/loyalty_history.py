from odoo import models


class LoyaltyHistory(models.Model):
    """Points for coming that are taken back."""

    _inherit = "loyalty.history"

    def _filter_standing(self):
        """Return those of these earnings that were not taken back; one query."""
        taken_back = dict(
            self._read_group(
                [("reverses_id", "in", self.ids)], ["reverses_id"], ["used:sum"]
            )
        )
        return self.filtered(lambda line: taken_back.get(line, 0) < line.issued)

    def _take_back_attendance(self):
        """Take these earnings back, whatever has become of the points."""
        if not self:
            return
        cards = self.card_id
        cards._lock_points()
        lines = self.create([line._prepare_reversal(line.issued, 0) for line in self])
        taken = lines.grouped("card_id")
        cards._settle({card.id: taken[card]._get_net() for card in cards})
