"""SE-2, SE-3: every method with its stability against a plain Python model."""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from dateutil.relativedelta import relativedelta
from histories import ORDERS, HistoriesCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from trials import trials

from odoo.fields import Command
from odoo.tests import tagged

RATINGS = [None, "1", "2", "3", "4", "5"]
CUSTOMERS = st.lists(
    st.fixed_dictionaries(
        {
            "orders": ORDERS,
            "rating": st.sampled_from(RATINGS),
            "old": st.sampled_from([None, 0, 1, 2, 3]),
            "below": st.sampled_from([None, 0, 27, 40, 70]),
        }
    ),
    min_size=1,
    max_size=8,
)
SCHEMES = st.fixed_dictionaries(
    {
        "method": st.sampled_from(["threshold", "rfm", "score"]),
        "cuts": st.lists(st.integers(0, 15), min_size=1, max_size=3, unique=True),
        "band": st.sampled_from([0, 5, 30]),
        "months": st.sampled_from([0, 1, 2]),
        "weight": st.sampled_from([25, 50, 80]),
        "fewest": st.sampled_from([0, 4]),
    }
)
SCALE = {"threshold": 20, "rfm": 1, "score": 6}


def measure(customers, days):
    """Return (revenue, orders, age of the last one or None) of each customer."""
    measured = []
    for customer in customers:
        inside = [order for order in customer["orders"] if order[1] < days]
        revenue = max(sum((amount for amount, _age in inside), Decimal(0)), 0)
        # Below nothing it is a return, no purchase.
        ages = [age for amount, age in inside if amount >= 0]
        measured.append((revenue, len(ages), min(ages, default=None)))
    return measured


def score_rfm(measured):
    """Return 3 to 15 points each: a point more for each fifth that has less."""
    columns = [
        [-1000 if last is None else -last for _revenue, _orders, last in measured],
        [orders for _revenue, orders, _last in measured],
        [revenue for revenue, _orders, _last in measured],
    ]
    return [sum(points) for points in zip(*map(_score_column, columns), strict=True)]


def _score_column(column):
    if len(set(column)) == 1:
        return [3] * len(column)
    less = (sum(other < value for other in column) for value in column)
    return [1 + 5 * number // len(column) for number in less]


def score_weighted(measured, customers, weight):
    """Return 0 to 100 points each for revenue, by rank, and for the rating."""
    revenues = [revenue for revenue, _orders, _last in measured]
    points = []
    for revenue, customer in zip(revenues, customers, strict=True):
        if len(set(revenues)) == 1:
            rank = Decimal(50)
        else:
            less = sum(other < revenue for other in revenues)
            # As PostgreSQL does: a percent rank is a binary fraction, rounded later.
            rank = Decimal(str(100 * (less / (len(revenues) - 1))))
        rank = rank.quantize(Decimal("0.01"), ROUND_HALF_UP)
        rated = 25 * (int(customer["rating"] or 1) - 1)
        total = rank * weight / 100 + Decimal(rated) * (100 - weight) / 100
        points.append(total.quantize(Decimal("0.01"), ROUND_HALF_UP))
    return points


def decide(customers, scheme, days, today):
    """Return (tier, below since) of each customer; tiers are numbers, 0 the best."""
    measured = measure(customers, days)
    method, borders = scheme["method"], scheme["borders"]
    if len(customers) < scheme["fewest"]:
        method, borders = "threshold", scheme["thresholds"]
    if method == "rfm":
        values = score_rfm(measured)
    elif method == "score":
        values = score_weighted(measured, customers, scheme["weight"])
    else:
        values = [revenue for revenue, _orders, _last in measured]
    return [
        decide_one(customer, value, borders, scheme, today)
        for customer, value in zip(customers, values, strict=True)
    ]


def _falls(old, strict, borders):
    has_tier = old is not None and old < len(borders)
    return has_tier and (strict is None or old < strict)


def decide_one(customer, value, borders, scheme, today):
    strict = next((n for n, border in enumerate(borders) if value >= border), None)
    old = customer["old"]
    if not _falls(old, strict, borders):
        return strict, None
    if value >= borders[old] * (100 - Decimal(scheme["band"])) / 100:
        return old, None
    since = customer["since"] or today
    if since + relativedelta(months=scheme["months"]) > today:
        return old, since
    return strict, None


@tagged("post_install", "-at_install")
class TestTierMethodsModel(HistoriesCase):
    @settings(
        max_examples=trials(80),
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(customers=CUSTOMERS, scheme=SCHEMES)
    def test_sql_decides_as_the_model_does(self, customers, scheme):
        with self.env.cr.savepoint() as savepoint:
            self._compare(customers, scheme)
            savepoint.rollback()
        self.env.invalidate_all()

    def _compare(self, customers, scheme):
        cuts = sorted(scheme["cuts"], reverse=True)
        scheme["borders"] = [cut * SCALE[scheme["method"]] for cut in cuts]
        scheme["thresholds"] = [cut * SCALE["threshold"] for cut in cuts]
        partners = self.partners[: len(customers)]
        self._write_orders(partners, [customer["orders"] for customer in customers])
        self._write_state(partners, customers)
        record = self._create_scheme(partners, scheme)
        record.run()
        decided = decide(customers, scheme, self._count_window_days(record), self.today)
        found = [
            (
                self.tiers.ids.index(partner.tier_id.id) if partner.tier_id else None,
                partner.tier_below_since or None,
            )
            for partner in partners
        ]
        self.assertEqual(found, decided)
        self._assert_ledger(partners, customers)
        self.assertEqual(record._fill_queue(), 0, "a second run finds nothing to do")

    def _write_state(self, partners, customers):
        for partner, customer in zip(partners, customers, strict=True):
            days = customer["below"]
            customer["since"] = None
            if days is not None:
                customer["since"] = self.today - timedelta(days=days)
            old = customer["old"]
            partner.write(
                {
                    "tier_id": self.tiers[old].id if old is not None else False,
                    "tier_below_since": customer["since"],
                    "growth_potential": customer["rating"],
                }
            )
        self.env.flush_all()

    def _create_scheme(self, partners, scheme):
        return self.env["crm.tier.scheme"].create(
            {
                "name": "Random",
                "method": scheme["method"],
                "window_months": 2,
                "minimum_population": scheme["fewest"],
                "border_band_percent": scheme["band"],
                "downgrade_after_months": scheme["months"],
                "domain": repr([("id", "in", partners.ids)]),
                "criterion_ids": [
                    Command.create({"kind": "revenue", "weight": scheme["weight"]}),
                    Command.create(
                        {
                            "kind": "growth_potential",
                            "weight": 100 - scheme["weight"],
                        }
                    ),
                ],
                "cut_ids": [
                    Command.create(
                        {
                            "tier_id": tier.id,
                            "points_from": border,
                            "at_least": threshold,
                        }
                    )
                    for tier, border, threshold in zip(
                        self.tiers,
                        scheme["borders"],
                        scheme["thresholds"],
                        strict=False,
                    )
                ],
            }
        )

    def _assert_ledger(self, partners, customers):
        """The ledger tells what has become of each customer, and nothing else."""
        for partner, customer in zip(partners, customers, strict=True):
            old = customer["old"]
            before = self.tiers[old] if old is not None else self.tiers.browse()
            changes = partner.tier_change_ids
            self.assertEqual(bool(changes), partner.tier_id != before)
            if changes:
                self.assertEqual(changes.old_tier_id, before)
                self.assertEqual(changes.new_tier_id, partner.tier_id)
