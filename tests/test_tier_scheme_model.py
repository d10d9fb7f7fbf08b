"""SE-2: the SQL of a scheme against a plain Python model, on random histories."""

from datetime import datetime, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

AMOUNTS = st.one_of(
    st.just(Decimal(0)),
    st.decimals(min_value=-50, max_value=1000, places=2),
    st.sampled_from([Decimal("10"), Decimal("10.01"), Decimal("99.99")]),
)
ORDERS = st.lists(st.tuples(AMOUNTS, st.integers(0, 120)), max_size=4)
HISTORIES = st.lists(ORDERS, min_size=1, max_size=8)
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
class TestTierSchemeModel(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.tier.scheme"].search([]).active = False
        cls.tiers = cls.env["crm.tier"].create(
            [{"name": f"T{n}", "sequence": n} for n in range(4)]
        )
        cls.partners = cls.env["res.partner"].create(
            [{"name": f"C{n}", "is_managed_customer": True} for n in range(8)]
        )
        company = cls.env["res.company"]._get_relations_default()
        cls.today = company._get_relations_today()
        cls.order = cls.env["sale.order"].create({"partner_id": cls.partners[0].id})
        cls.order.action_confirm()
        cls.env.flush_all()

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

    def _count_window_days(self, scheme):
        start = self.today - relativedelta(months=scheme.window_months)
        return (self.today - start).days

    def _write_orders(self, partners, histories):
        """Copy the confirmed order by SQL: thousands of orders, not thousands of
        confirmations."""
        self.env.cr.execute("DELETE FROM sale_order WHERE id <> %s", [self.order.id])
        noon = datetime.combine(self.today, datetime.min.time()) + timedelta(hours=12)
        for partner, orders in zip(partners, histories, strict=True):
            for amount, age in orders:
                self.env.cr.execute(
                    "INSERT INTO sale_order (name, state, partner_id, company_id, "
                    "partner_invoice_id, partner_shipping_id, currency_rate, "
                    "date_order, amount_untaxed) "
                    "SELECT 'R', 'sale', %s, company_id, %s, %s, 1, %s, %s "
                    "FROM sale_order WHERE id = %s",
                    [
                        *[partner.id] * 3,
                        noon - timedelta(days=age),
                        amount,
                        self.order.id,
                    ],
                )
        self.env.invalidate_all()
