"""KA-5, KA-6: the SQL of the steps against a plain Python model, on random evidence."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

FIGURES = st.sampled_from([None, 0, 0.5, 1, 2, 3, 50])
CRITERION = st.tuples(
    st.sampled_from(["least", "most"]), st.sampled_from([0, 0.5, 1, 2, 3, 50])
)
STEPS = st.lists(st.lists(CRITERION, max_size=3), max_size=4)
CUSTOMERS = st.lists(
    st.lists(FIGURES, min_size=12, max_size=12), min_size=1, max_size=5
)


def climb(steps, figures):
    """Return how many steps hold, from the lowest on."""
    rest = list(figures)
    for level, criteria in enumerate(steps):
        for compare, needed in criteria:
            figure = rest.pop(0) or 0
            met = figure <= needed if compare == "most" else figure >= needed
            if not met:
                return level
    return len(steps)


@tagged("post_install", "-at_install")
class TestAccountLadderModel(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create(
            [
                {
                    "name": f"C{number}",
                    "is_managed_customer": True,
                    "user_id": cls.env.uid,
                }
                for number in range(5)
            ]
        )
        cls.env["crm.account.ladder"].search([]).company_ids = False

    @settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(customers=CUSTOMERS, steps=STEPS)
    def test_sql_decides_as_the_model_does(self, customers, steps):
        with self.env.cr.savepoint() as savepoint:
            self._compare(customers, steps)
            savepoint.rollback()
        self.env.invalidate_all()

    def _compare(self, customers, steps):
        ladder = self._create_ladder(steps)
        partners = self.partners[: len(customers)]
        criteria = ladder._get_criteria()

        def get_evidence(_ladder, _kind, months):
            rows = [
                SQL("(%s, %s::numeric)", partner.id, row[months - 1])
                for partner, row in zip(partners, customers, strict=True)
                if row[months - 1] is not None
            ]
            rows = rows or [SQL("(0, 0::numeric)")]
            return SQL(
                "SELECT * FROM (VALUES %s) AS known (partner_id, figure)",
                SQL(", ").join(rows),
            )

        self.patch(type(ladder), "_get_evidence_sql", get_evidence)
        ladder._judge(partners.ids)
        standings = self.env["crm.account.standing"].search(
            [("ladder_id", "=", ladder.id)]
        )
        levels = {one.partner_id: one.level for one in standings}
        expected = {
            partner: climb(steps, row)
            for partner, row in zip(partners, customers, strict=True)
        }
        self.assertEqual(levels, expected)
        self.assertEqual(len(criteria), sum(map(len, steps)))
        for one in standings:  # and the reason sees what the statement saw
            following, missing = self.env["crm.reason"]._get_next_step(one.facts)
            self.assertEqual(bool(missing), bool(following))

    def _create_ladder(self, steps):
        places = iter(range(1, 100))  # the months tell which figure is meant
        return self.env["crm.account.ladder"].create(
            {
                "name": "Way",
                "company_ids": self.env["res.company"]._get_relations_default().ids,
                "audience": "owned",
                "step_ids": [
                    Command.create(
                        {
                            "name": f"Step {number}",
                            "sequence": number,
                            "criterion_ids": [
                                Command.create(
                                    {
                                        "sequence": place,
                                        "evidence": "visits",
                                        "compare": compare,
                                        "needed": needed,
                                        "months": next(places),
                                    }
                                )
                                for place, (compare, needed) in enumerate(criteria)
                            ],
                        }
                    )
                    for number, criteria in enumerate(steps)
                ],
            }
        )
