from odoo import models

from .res_partner_returns import KEY


class LoyaltyHistory(models.Model):
    """What goes back of an earning because goods were returned, or the order was
    lessened after it was confirmed: Odoo lets an order keep what it once earned."""

    _inherit = "loyalty.history"

    def _get_returns(self):
        """Return the lines by which points of these were taken back, and those by which
        they came back, the oldest first."""
        return self.search(
            [("reverses_id", "in", self.ids), ("source_key", "=like", f"{KEY}%")],
            order="id",
        )

    def _keep_order(self):
        """Keep of which lines of the order these points came, whatever becomes of the
        order and of the rules of the program."""
        if self.order_model != "sale.order":
            return
        # Superuser: the ledger, whoever confirms the order.
        order = self.env["sale.order"].sudo().browse(self.order_id)
        earned = order._get_points_by_line(self.card_id.program_id)
        self.earned_by = {
            line.id: [points, line._get_ordered()] for line, points in earned.items()
        }
        self.order_amount = order.amount_untaxed

    def _get_points_due(self, shares):
        """Return how many points of this earning go back in all: those of what is
        ordered no more, or came back. What was ordered besides takes its place.

        :param shares: ``{id of a line, as text: 0 to 1}`` of what came back
        """
        order = self.env["sale.order"].browse(self.order_id)
        now = order._get_points_by_line(self.card_id.program_id)
        then = self.earned_by or {
            str(line.id): [points, line._get_ordered()] for line, points in now.items()
        }
        total = sum(points for points, _ordered in then.values())
        kept = sum(
            line._get_points_kept(then.get(str(line.id)), points)
            * (1 - shares.get(str(line.id), 0))
            for line, points in now.items()
        )
        return self.issued * min(max(1 - kept / total, 0), 1) if total > 0 else 0

    def _get_return_left(self):
        """Return how many points this return still takes back."""
        undone = self.search([("reverses_id", "=", self.id)])
        return self.used - sum(undone.mapped("issued"))

    def _prepare_return(self, points):
        self.ensure_one()
        number = len(self._get_returns()) + 1
        return {
            **self._prepare_reversal(points, 0, self._tell_return()),
            "source_key": f"{KEY}{self.id}-{number}",
        }

    def _tell_return(self):
        order = self.env["sale.order"].browse(self.order_id)
        if order.amount_untaxed < self.order_amount:
            return self.env._("Ordered less: %s", self.description)
        return self.env._("Returned: %s", self.description)

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
                        "description": self.env._("Counts again: %s", self.description),
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
