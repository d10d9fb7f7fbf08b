"""GI-1, GI-2: no limit is passed by two who give at the same moment."""

from at_once import AtOnceCase

from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestGivingParallel(AtOnceCase):
    module = "parallel_giving"

    def _get_states(self, table):
        rows = self.scratch.query(f"SELECT state FROM {table} ORDER BY state")
        return [state for (state,) in rows]

    def test_of_two_gifts_at_once_one_is_above_the_limit(self):
        self._run_at_once("give", [[0], [1]])
        self.assertEqual(self._get_states("crm_gift"), ["asked", "given"])
        rows = self.scratch.query("SELECT count, value FROM crm_gift_year")
        self.assertEqual(rows, [(1, 60)])

    def test_of_two_concessions_at_once_one_is_above_the_limit(self):
        self._run_at_once("concede", [[0], [1]])
        rows = self.scratch.query(
            "SELECT state FROM crm_concession WHERE order_id IS NULL ORDER BY state"
        )
        self.assertEqual(rows, [("approved",), ("asked",)])

    def test_of_two_discounts_at_once_one_is_above_the_limit(self):
        self._run_at_once("confirm", [[0], [1]])
        self.assertEqual(self._get_states("sale_order"), ["draft", "sale"])
        [(told,)] = self.scratch.query(
            "SELECT client_order_ref FROM sale_order WHERE state = 'draft'"
        )
        self.assertIn("cannot be confirmed yet", told)
