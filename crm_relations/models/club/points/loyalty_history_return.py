from odoo import models

from .res_partner_returns import KEY


class LoyaltyHistory(models.Model):
    """What goes back of an earning because goods were returned."""

    _inherit = "loyalty.history"

    def _get_returns(self):
        """Return the lines by which points of these were taken back, and those by which
        they came back, the oldest first."""
        return self.search(
            [("reverses_id", "in", self.ids), ("source_key", "=like", f"{KEY}%")],
            order="id",
        )

    def _get_returned_points(self, shares):
        """Return how many points of this earning go back in all.

        :param shares: ``{id of a line, as text: 0 to 1}`` of what came back
        """
        order = self.env["sale.order"].browse(self.order_id)
        earned = order._get_points_by_line(self.card_id.program_id)
        total = sum(earned.values())
        back = sum(
            points * shares.get(str(line.id), 0) for line, points in earned.items()
        )
        return self.issued * min(max(back / total, 0), 1) if total > 0 else 0

    def _get_return_left(self):
        """Return how many points this return still takes back."""
        undone = self.search([("reverses_id", "=", self.id)])
        return self.used - sum(undone.mapped("issued"))

    def _prepare_return(self, points):
        self.ensure_one()
        number = len(self._get_returns()) + 1
        return {
            **self._prepare_reversal(
                points, 0, self.env._("Returned: %s", self.description)
            ),
            "source_key": f"{KEY}{self.id}-{number}",
        }

    def _prepare_returns_undone(self, points):
        """Return values of lines by which points come back, of the latest return
        first."""
        vals_list = []
        for line in self._get_returns().sorted("id", reverse=True):
            back = min(line._get_return_left(), points)
            if back > 0:
                share = back / line.used
                vals_list.append(
                    {
                        "card_id": line.card_id.id,
                        "kind": "reversal",
                        "description": self.env._(
                            "Invoiced again: %s", self.description
                        ),
                        "issued": back,
                        "used": 0,
                        "qualifying": -line.qualifying * share,
                        "reverses_id": line.id,
                        "order_model": line.order_model,
                        "order_id": line.order_id,
                    }
                )
                points = round(points - back, 2)
        return vals_list
