"""SE-2: the SQL of a scheme against a plain Python model, on random histories."""

from decimal import Decimal

from histories import HISTORIES, HistoriesCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import tagged

CUTS = st.lists(st.integers(1, 100), min_size=1, max_size=4, unique=True).map(sorted)


def decide(histories, cuts, days):
    """Return the place of the tier of each customer, None for no tier."""
    revenues = [
        max(sum((amount for amount, age in orders if age < days), Decimal(0)), 0)
        for orders in histories
    ]
    total = sum(revenues)
    places = []
    for revenue in revenues:
        more = sum(other for other in revenues if other > revenue)
        place = None
        for number, cut in enumerate(cuts):
            if cut == 100 or more * 100 < cut * total:
                place = number
                break
        places.append(place)
    return places


@tagged("post_install", "-at_install")
class TestTierSchemeModel(HistoriesCase):
    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(histories=HISTORIES, cuts=CUTS)
    def test_sql_decides_as_the_model_does(self, histories, cuts):
        with self.env.cr.savepoint() as savepoint:
            self._compare(histories, cuts)
            savepoint.rollback()
        self.env.invalidate_all()

    def _compare(self, histories, cuts):
        partners = self.partners[: len(histories)]
        self._write_orders(partners, histories)
        scheme = self.env["crm.tier.scheme"].create(
            {
                "name": "Random",
                "window_months": 2,
                "domain": repr([("id", "in", partners.ids)]),
                "cut_ids": [
                    Command.create({"tier_id": tier.id, "share": cut})
                    for tier, cut in zip(self.tiers, cuts, strict=False)
                ],
            }
        )
        scheme.run()
        days = self._count_window_days(scheme)
        places = [
            None if not partner.tier_id else self.tiers.ids.index(partner.tier_id.id)
            for partner in partners
        ]
        self.assertEqual(places, decide(histories, cuts, days))
