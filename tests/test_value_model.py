"""SE-11: SQL of the value of customers against plain Python, random histories."""

import math

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom
from trials import trials

from odoo.tests import TransactionCase, tagged

from odoo.addons.crm_relations.tools import order_outlook, order_value
from odoo.addons.crm_relations.tools.activity_model import Parameters

MIDDLING = st.floats(0.01, 100, allow_nan=False)
ACTIVITY = st.builds(Parameters, MIDDLING, MIDDLING, MIDDLING, MIDDLING)
GAMMA = st.builds(
    order_value.Parameters,
    st.floats(0.1, 50),
    st.floats(1.05, 50),
    st.floats(0.01, 1e6),
)
# Days with orders before today, and what each brought: refunds outweigh some.
ORDERS = st.dictionaries(
    st.integers(-30, 11000), st.integers(-200_000, 1_000_000), max_size=40
)
HISTORIES = st.lists(ORDERS, min_size=1, max_size=6)
TERMS = st.tuples(st.integers(1, 10), st.sampled_from([0, 5, 10, 37.5]))
LOOK = settings(
    max_examples=trials(40),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def sum_series(parameters, x, T, weeks):
    """Return the orders of an active customer by the sum over the number of orders,
    where it ends within a reasonable time; another way than that of the SQL."""
    r, alpha, a, b = parameters
    share = weeks / (alpha + T + weeks)
    total, stayed, k = [], 1.0, 1
    while k < 4000:
        at_least = nbinom.sf(k - 1, r + x, 1 - share)
        total.append(at_least * stayed)
        if total[-1] < 1e-13 * total[0]:
            return math.fsum(total)
        stayed *= (b + x + k - 1) / (a + b + x + k - 1)
        k += 1
    return None


@tagged("post_install", "-at_install")
class TestValueModel(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create(
            [{"name": f"V{n}", "is_managed_customer": True} for n in range(6)]
        )
        company = cls.env["res.company"]._get_relations_default()
        for name in ("crm.activity.model", "crm.value.model"):
            cls.env[name]._create_missing()
        domain = [("company_id", "=", company.id)]
        cls.activity = cls.env["crm.activity.model"].search(domain)
        cls.model = cls.env["crm.value.model"].search(domain)
        cls.today = company._get_relations_today()
        cls.order = cls.env["sale.order"].create({"partner_id": cls.partners[0].id})
        cls.order.action_confirm()
        cls.env.flush_all()

    @LOOK
    @given(histories=HISTORIES, activity=ACTIVITY, gamma=GAMMA, terms=TERMS)
    def test_sql_computes_as_the_models_do(self, histories, activity, gamma, terms):
        with self.env.cr.savepoint() as savepoint:
            self._compare(histories, activity, gamma, *terms)
            savepoint.rollback()
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def _compare(self, histories, activity, gamma, years, percent):
        partners = self.partners[: len(histories)]
        self.env.cr.execute("DELETE FROM sale_order")
        for partner, orders in zip(partners, histories, strict=True):
            self._write_orders(partner, orders)
        self.env.invalidate_all()
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("crm_relations.value_measure", "revenue")
        parameters.set_param("crm_relations.value_horizon_years", years)
        parameters.set_param("crm_relations.value_discount_percent", percent)
        self.activity.write(activity._asdict())
        self.model.write(gamma._asdict())
        partners._refresh_sales_figures(partners.ids)
        values = self.env["crm.customer.value"]
        values._refresh(partners.ids)
        rows = self.env.execute_query_dict(values._get_worth_sql(partners.ids))
        found = {row["partner_id"]: row for row in rows}
        for partner, orders in zip(partners, histories, strict=True):
            self._compare_one(
                found.get(partner.id), orders, activity, gamma, years, percent / 100
            )

    def _compare_one(self, row, orders, activity, gamma, years, rate):
        days = sorted((day for day in orders if orders[day] >= 0), reverse=True)
        if not days:
            self.assertIsNone(row)
            return
        first, last, x = days[0], days[-1], len(days) - 1
        history = x, (first - last) / 7, (first - min(last, 0)) / 7
        for name, expected in (
            (
                "orders",
                order_outlook.expected_orders(
                    activity, *history, order_outlook.WEEKS_A_YEAR
                ),
            ),
            (
                "discounted",
                order_outlook.discounted_orders(activity, *history, years, rate),
            ),
        ):
            self.assertAlmostEqual(row[name], expected, delta=1e-7 * expected + 1e-300)
        repeated = sum(orders[day] for day in orders if day < first) / 100
        each = order_value.expected_value(gamma, x, repeated / x if x else 0)
        self.assertAlmostEqual(
            row["order_value"], each, delta=1e-9 * (abs(each) + abs(repeated))
        )

    def _write_orders(self, partner, orders):
        """Copy an order by one statement; what was given back is no purchase."""
        if not orders:
            return
        company = self.env["res.company"]._get_relations_default()
        self.env.cr.execute(
            "INSERT INTO sale_order (name, state, partner_id, company_id, "
            "partner_invoice_id, partner_shipping_id, currency_rate, date_order, "
            "amount_untaxed, amount_total) "
            "SELECT 'V', 'sale', %s, %s, %s, %s, 1, "
            "%s::date + time '12:00' - age * interval '1 day', cents / 100.0, "
            "cents / 100.0 FROM unnest(%s, %s) AS one (age, cents)",
            [
                *[partner.id, company.id, partner.id, partner.id, self.today],
                *[list(orders), list(orders.values())],
            ],
        )

    @settings(LOOK, max_examples=trials(150))
    @given(
        parameters=ACTIVITY,
        x=st.integers(0, 200),
        age=st.integers(0, 11000),
        weeks=st.sampled_from([1, 39, 52.14, 260, 521]),
    )
    def test_the_mean_over_the_chance_to_leave_equals_the_sum_over_orders(
        self, parameters, x, age, weeks
    ):
        T = max(x, age) / 7
        expected = sum_series(parameters, x, T, weeks)
        if expected:
            found = order_outlook.orders_of_active(parameters, x, T, weeks)
            self.assertAlmostEqual(found / expected, 1, delta=1e-6)

    @settings(LOOK, max_examples=trials(150))
    @given(
        parameters=ACTIVITY,
        x=st.integers(1, 100),
        silent=st.integers(0, 2000),
        later=st.integers(1, 2000),
        span=st.integers(0, 5000),
    )
    def test_the_more_recent_the_last_order_the_more_are_expected(
        self, parameters, x, silent, later, span
    ):
        T = (x + span + silent + later) / 7
        near, far = T - silent / 7, T - (silent + later) / 7
        self.assertGreaterEqual(
            order_outlook.expected_orders(parameters, x, near, T, 52) * (1 + 1e-12),
            order_outlook.expected_orders(parameters, x, far, T, 52),
        )

    @settings(LOOK, max_examples=trials(150))
    @given(
        parameters=ACTIVITY,
        x=st.integers(0, 50),
        age=st.integers(0, 4000),
        rate=st.sampled_from([0, 0.1, 1.0]),
    )
    def test_longer_horizons_are_worth_more_and_discounts_less(
        self, parameters, x, age, rate
    ):
        T = max(x, age) / 7
        worth = [
            order_outlook.discounted_orders(parameters, x, T, T, years, rate)
            for years in range(1, 5)
        ]
        for less, more in zip(worth, worth[1:], strict=False):
            self.assertLessEqual(less, more * (1 + 1e-12))
        plain = order_outlook.discounted_orders(parameters, x, T, T, 4, 0)
        self.assertLessEqual(worth[-1], plain * (1 + 1e-12))
        whole = order_outlook.expected_orders(
            parameters, x, T, T, 4 * order_outlook.WEEKS_A_YEAR
        )
        self.assertAlmostEqual(plain / whole, 1, delta=1e-6)

    @settings(LOOK, max_examples=trials(60))
    @given(
        parameters=ACTIVITY,
        x=st.integers(0, 30),
        silent=st.integers(0, 400),
        age=st.integers(0, 4000),
    )
    def test_chances_of_orders_have_the_mean_that_is_expected(
        self, parameters, x, silent, age
    ):
        T = (x + age + silent) / 7
        t_x = T - silent / 7 if x else 0
        chances = order_outlook.order_chances(parameters, x, t_x, T, 52.14)
        expected = order_outlook.expected_orders(parameters, x, t_x, T, 52.14)
        assume(len(chances) < order_outlook.MOST_ORDERS)
        self.assertAlmostEqual(math.fsum(chances), 1, delta=1e-9)
        mean = math.fsum(k * chance for k, chance in enumerate(chances))
        self.assertAlmostEqual(mean, expected, delta=1e-4 * (1 + expected))

    def test_thirty_years_of_two_thousand_orders_are_stable(self):
        parameters = Parameters(0.243, 4.414, 0.793, 2.426)
        for x, age in [(2000, 10950), (10_000, 10950), (0, 36500)]:
            for weeks in (1, 52.14, 521.4):
                expected = sum_series(parameters, x, age / 7, weeks)
                found = order_outlook.orders_of_active(parameters, x, age / 7, weeks)
                with self.subTest(x=x, weeks=weeks):
                    self.assertAlmostEqual(found / expected, 1, delta=1e-6)
