"""KA-4: the SQL of the return on a customer against plain Python, on random documents,
rates and currencies."""

from datetime import date, timedelta

from account_return_model import Document, Ledger, Rate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from trials import trials

from odoo.tests import tagged

from odoo.addons.crm_relations.tests.common.account_return import AccountReturnCommon

START = date(2026, 1, 1)
DAY = st.integers(-20, 60).map(lambda days: START + timedelta(days))
MONEY = st.sampled_from([0, 0.01, 12.5, 100, 3333.33])
CURRENCY = st.sampled_from(["home", "away"])
USER = st.sampled_from(["sally", "max", "rita", "carl"])
# From the most senior one down: a role contains those after it.
ROLES = {
    "sally": ["group_sales_user"],
    "max": ["group_sales_manager", "group_sales_user"],
    "rita": ["group_relations_manager", "group_sales_manager", "group_sales_user"],
    "carl": [],
}
RATE = st.builds(
    lambda who, since, amount, currency: Rate(*who, since, amount, currency),
    st.one_of(
        USER.map(lambda user: (user, "")),
        st.sampled_from(ROLES["rita"]).map(lambda role: ("", role)),
        st.just(("", "")),
    ),
    DAY,
    MONEY,
    CURRENCY,
)
ORDER = st.builds(
    Document,
    kind=st.just("order"),
    day=DAY,
    amount=st.sampled_from([0.5, 100, 250]),
    cost=st.sampled_from([0, 40, 300]),
    discount=st.sampled_from([0, 10, 50, 100]),
)
GIVEN = st.builds(
    Document,
    kind=st.sampled_from(["gift", "concession"]),
    day=DAY,
    amount=MONEY,
    currency=CURRENCY,
)
CONTACT = st.builds(
    Document,
    kind=st.just("contact"),
    day=DAY,
    minutes=st.sampled_from([0, 1, 45, 600]),
    user=USER,
)
LIFE = st.lists(st.one_of(ORDER, GIVEN, CONTACT, CONTACT), max_size=7)
QUOTES = [(date(2026, 1, 5), 2.0), (date(2026, 1, 25), 3.0)]


@tagged("post_install", "-at_install")
class TestAccountReturnModel(AccountReturnCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        away = cls.env["res.currency"].create({"name": "AWY", "symbol": "A"})
        cls.env["res.currency.rate"].create(
            [
                {"name": since, "rate": rate, "currency_id": away.id}
                for since, rate in QUOTES
            ]
        )
        cls.currencies = {"home": cls.company.currency_id, "away": away}
        cls.env.flush_all()

    @settings(
        max_examples=trials(30),
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        lives=st.lists(LIFE, min_size=1, max_size=2),
        rates=st.lists(
            RATE, max_size=5, unique_by=lambda rate: (rate.user, rate.role, rate.since)
        ),
        first=DAY,
        days=st.integers(0, 40),
    )
    def test_sql_counts_as_plain_python_does(self, lives, rates, first, days):
        last = first + timedelta(days)
        with self.env.cr.savepoint() as savepoint:
            self.rates.search([]).unlink()
            for rate in rates:
                self._keep_rate(rate)
            plans = [self._live(life, first, last) for life in lives]
            for plan in plans:
                self.returns._count_for(plan.partner_id, plan)
            ledger = Ledger(ROLES, rates, {"away": QUOTES})
            for plan, life in zip(plans, lives, strict=True):
                self._compare(plan, ledger.count(life, first, last))
            savepoint.rollback()
        self.env.invalidate_all()

    def _compare(self, plan, expected):
        one = self.returns.search([("plan_id", "=", plan.id)])
        for name in ("revenue", "margin", "given", "minutes", "time_cost", "discounts"):
            # A cent for each line that is rounded.
            self.assertAlmostEqual(one[name], expected[name], delta=0.031, msg=name)
        self.assertEqual(one.unpriced_count, expected["unpriced"])
        self.assertAlmostEqual(
            one.result, one.margin - one.given - one.time_cost, places=2
        )

    def _keep_rate(self, rate):
        role = rate.role and self.env.ref(f"crm_relations.{rate.role}").id
        user = rate.user and getattr(self, rate.user).id
        self._set_rate(
            rate.amount,
            user_id=user or False,
            role_id=role or False,
            date_from=rate.since,
            currency_id=self.currencies[rate.currency].id,
        )

    def _live(self, life, first, last):
        """Return the plan of a customer to whom all this has happened."""
        customer = self._create_customer(user_id=self.sally.id)
        for one in life:
            getattr(self, f"_live_{one.kind}")(customer, one)
        self.env.flush_all()
        return self.plans.create(
            {"partner_id": customer.id, "date_start": first, "date_end": last}
        )

    def _live_order(self, customer, one):
        order = self._order_at_cost(
            customer, one.amount, one.cost, discount=one.discount
        )
        order.date_order = f"{one.day} 09:00:00"

    def _live_gift(self, customer, one):
        gift = self._give(customer, one.amount)
        self._set(gift, one)

    def _live_concession(self, customer, one):
        self._set(self._grant(customer, one.amount), one)

    def _set(self, record, one):
        self.env.cr.execute(
            f"UPDATE {record._table} SET date = %s, currency_id = %s WHERE id = %s",
            [one.day, self.currencies[one.currency].id, record.id],
        )
        record.invalidate_recordset()

    def _live_contact(self, customer, one):
        self._create_followup(
            customer,
            date=f"{one.day} 09:00:00",
            duration_minutes=one.minutes,
            user_id=getattr(self, one.user).id,
        )
