"""Budgets: what PostgreSQL does not know yet of a table costs no night."""

import json
import re
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

SUMMED = {"Aggregate", "WindowAgg", "Unique"}
# The sides of a join that are as many as the customers, or as all that was ever sold.
GROWING = re.compile(r"\bpartner(_\d+)?\.id\b|\bstanding\.line_id\b")


def walk(plan):
    yield plan
    for part in plan.get("Plans", ()):
        yield from walk(part)


@tagged("post_install", "-at_install")
class TestStaleStatistics(TransactionCase):
    """A table that has just been filled looks empty: PostgreSQL then joins by loops,
    which is well where each turn looks something up in an index."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for way in ("hashjoin", "mergejoin"):
            cls.env.cr.execute(SQL("SET LOCAL enable_%s = off", SQL(way)))

    def _get_summed_again(self, statement):
        """Return what the plan would sum up again for each row of something else."""
        rows = self.env.execute_query(SQL("EXPLAIN (FORMAT JSON) %s", statement))
        plan = rows[0][0]
        plan = json.loads(plan) if isinstance(plan, str) else plan
        return [
            (part["Node Type"], node.get("Join Filter"))
            for node in walk(plan[0]["Plan"])
            if node["Node Type"] == "Nested Loop"
            for inner in node["Plans"]
            if inner["Parent Relationship"] == "Inner"
            for part in walk(inner)
            if part["Node Type"] in SUMMED
            and GROWING.search(node.get("Join Filter", ""))
        ]

    def test_sales_are_summed_up_once_for_all_customers(self):
        partners = self.env["res.partner"]
        customer = partners.create({"name": "Customer", "is_managed_customer": True})
        self.env.flush_all()
        for ids in (None, customer.ids):
            statement = partners._get_figured_sql(partners._get_figures_sql(), ids)
            with self.subTest(ids=ids):
                self.assertEqual(self._get_summed_again(statement), [])


@tagged("post_install", "-at_install")
class TestStaleDecisions(TransactionCase):
    def test_what_sums_up_all_is_decided_without_loops(self):
        scheme = self.env["crm.tier.scheme"].search([], limit=1)
        for decided in (scheme, self.env["crm.relationship.ladder"]):
            found = []

            def queue(_self, _decisions, found=found):
                found.append(self._is_looping())
                return 0

            with (
                self.subTest(decided._name),
                patch.object(type(decided), "_queue", queue),
            ):
                decided._fill_queue()
                decided._fill_queue([1])
                self.assertEqual(found, [False, True])
                self.assertTrue(self._is_looping())

    def _is_looping(self):
        [(setting,)] = self.env.execute_query(SQL("SHOW enable_nestloop"))
        return setting == "on"
