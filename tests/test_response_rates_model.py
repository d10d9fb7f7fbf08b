"""CB-5: the report's SQL against the plain function, on random calls; and the sample
drawn by PostgreSQL against the one drawn by Python."""

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from odoo.addons.crm_relations.tools.response_rates import (
    CATEGORIES,
    RATES,
    response_rates,
)
from odoo.addons.crm_relations.tools.sharing_out import is_sampled, share_out


@tagged("post_install", "-at_install")
class TestRatesModel(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.callback"].search([]).unlink()
        cls.customer = cls.env["res.partner"].create(
            {"name": "Customer", "is_managed_customer": True}
        )
        outcomes = cls.env["crm.callback.outcome"].create(
            [{"name": letter, "category": letter} for letter in CATEGORIES]
        )
        cls.outcomes = dict(zip(CATEGORIES, outcomes.ids, strict=True))
        cls.rule = cls.env["crm.callback.rule"].create(
            {"name": "Rule", "purpose": "Sample"}
        )
        cls.env.flush_all()

    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(st.lists(st.sampled_from([*CATEGORIES, None]), max_size=14))
    def test_rates_of_the_report_are_those_of_the_function(self, cases):
        self.env.cr.execute("DELETE FROM crm_callback")
        for number, letter in enumerate(cases):
            self.env.cr.execute(
                "INSERT INTO crm_callback (source, partner_id, occasion, occurred_at,"
                " due_at, deadline_at, next_at, state, priority, attempt_count,"
                " outcome_id) VALUES ('hand', %s, %s, now(), now(), now(), now(), %s,"
                " '0', 1, %s)",
                [
                    self.customer.id,
                    str(number),
                    "failed" if letter else "open",
                    self.outcomes.get(letter),
                ],
            )
        self.env.invalidate_all()
        rates = self.env["crm.callback.rate"]
        [row] = rates._read_group(
            [("partner_id", "=", self.customer.id)],
            [],
            [f"{name.lower()}:avg" for name in RATES],
        )
        expected = response_rates([letter for letter in cases if letter])
        for name, found in zip(RATES, row, strict=True):
            share = expected[name]
            if share is None:
                self.assertFalse(found, name)
            else:
                self.assertAlmostEqual(found, 100 * share, msg=name)

    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(
        st.integers(1, 10**6),
        st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20),
        st.floats(0.01, 99.99),
    )
    def test_samples_are_drawn_alike(self, customer_id, occasion, percent):
        self.rule.sample_percent = percent
        [(drawn,)] = self.env.execute_query(
            SQL(
                "SELECT %s FROM (VALUES (%s, %s)) AS occasion (customer_id, occasion)",
                *(self.rule._get_sampled_sql(), customer_id, occasion),
            )
        )
        key = f"{self.rule.id}-{customer_id}-{occasion}"
        self.assertEqual(drawn, is_sampled(key, self.rule.sample_percent))

    @settings(max_examples=100, deadline=None, derandomize=True)
    @given(
        st.dictionaries(st.integers(1, 9), st.integers(0, 20), max_size=5),
        st.integers(0, 60),
    )
    def test_work_is_shared_out_evenly(self, loads, count):
        """Nobody gets a piece who then has two more than somebody else."""
        receivers = share_out(loads, count)
        self.assertEqual(len(receivers), count if loads else 0)
        after = {
            person: load + receivers.count(person) for person, load in loads.items()
        }
        for person in set(receivers):
            self.assertLessEqual(after[person], min(after.values()) + 1)
