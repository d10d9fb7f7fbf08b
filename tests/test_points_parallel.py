"""CL-2: the points of a card, spent and earned by several at once."""

from at_once import AtOnceCase
from parallel_points import BUYERS, POINTS

from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestPointsParallel(AtOnceCase):
    module = "parallel_points"

    def _get_points(self):
        return self.scratch.query(
            """
            SELECT card.points, sum(line.remaining) - sum(line.owed),
                   count(*) FILTER (WHERE line.used > 0)
              FROM loyalty_card AS card
              JOIN loyalty_history AS line ON line.card_id = card.id
          GROUP BY card.id
            """
        )

    def test_points_for_two_are_spent_by_two(self):
        each = [[number] for number in range(BUYERS)]
        self._run_at_once("spend", each)
        self.assertEqual(self._get_points(), [(0, 0, 2)])
        self._run_at_once("earn", each)
        total = BUYERS * POINTS
        self.assertEqual(self._get_points(), [(total, total, 2)])
