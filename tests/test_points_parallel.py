"""CL-2: the points of a card, spent and earned by several at once."""

from at_once import AtOnceCase
from parallel_points import BUYERS, COST, POINTS

from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestPointsParallel(AtOnceCase):
    module = "parallel_points"

    def _get_points(self, name):
        return self.scratch.query(
            """
            SELECT card.points,
                   sum(line.remaining) FILTER (WHERE line.is_pending IS NOT TRUE)
                   - sum(line.owed),
                   count(*) FILTER (WHERE line.used > 0)
              FROM loyalty_card AS card
              JOIN loyalty_history AS line ON line.card_id = card.id
              JOIN res_partner AS member ON member.id = card.partner_id
             WHERE member.name = %s
          GROUP BY card.id
            """,
            [name],
        )

    def _get_orders(self, name):
        return self.scratch.query(
            """
            SELECT sold.state, sold.client_order_ref
              FROM sale_order AS sold
              JOIN res_partner AS member ON member.id = sold.partner_id
             WHERE member.name = %s
          ORDER BY sold.state DESC
            """,
            [name],
        )

    def test_points_for_two_are_spent_by_two(self):
        each = [[number] for number in range(BUYERS)]
        self._run_at_once("spend", each)
        self.assertEqual(self._get_points("Member"), [(0, 0, 2)])
        self._run_at_once("earn", each)
        total = BUYERS * POINTS
        self.assertEqual(self._get_points("Member"), [(total, total, 2)])

    def test_two_orders_at_once_spend_the_same_points_once(self):
        self._run_at_once("confirm", [[0], [1]])
        (sold, open_one) = self._get_orders("Shopper")
        self.assertEqual(sold, ("sale", None))
        self.assertEqual(open_one[0], "draft")
        self.assertIn("reward", open_one[1])
        self.assertEqual(self._get_points("Shopper"), [(0, 0, 1)])
        self.workers.run("check")

    def test_earned_spent_lapsed_and_cancelled_at_once_nothing_is_lost(self):
        for number in range(2):
            self._run_all_at_once(
                [
                    ["earn", number, "Busy"],
                    ["lapse", "Busy"],
                    ["pay", number, "Busy"],
                    ["cancel", 0, "Busy"],
                    ["confirm", 1, "Busy"],
                ]
            )
            self.workers.run("check")

    def test_members_become_one_while_one_of_them_spends(self):
        self._run_all_at_once([["merge"], ["confirm", 0, "Other twin"]])
        self.workers.run("check")
        self.assertEqual(self._get_orders("Twin"), [("sale", None)])
        self.assertEqual(self._get_points("Twin"), [(COST, COST, 1)])
