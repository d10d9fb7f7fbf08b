"""KA-4: what a key account brings and what it costs."""

from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common.account_return import AccountReturnCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-05 10:00:00")
class TestAccountReturn(AccountReturnCommon):
    def test_the_margin_less_all_costs_is_left(self):
        self._order_at_cost(self.big, 100, 70)
        self._create_followup(self.big, 2, duration_minutes=90)
        self._give(self.big, 50)
        one = self._get_return(self.big)
        self.assertEqual(one.revenue, 900)
        self.assertEqual((one.margin, one.given, one.minutes), (30, 50, 90))
        self.assertEqual((one.before_time, one.time_cost), (-20, 60))
        self.assertEqual((one.cost, one.result), (110, -80))
        self.assertEqual(
            (one.before_time_share, one.result_share), ("-2.2 %", "-8.9 %")
        )

    def test_a_customer_without_sales_says_so(self):
        other = self._create_customer("Quiet", user_id=self.sally.id)
        self._give(other, 50)
        one = self._get_return(other)
        self.assertEqual((one.revenue, one.margin, one.result), (0, 0, -50))
        self.assertEqual((one.before_time_share, one.result_share), ("No sales",) * 2)

    def test_a_margin_below_zero_is_counted_as_it_is(self):
        self._order_at_cost(self.mid, 100, 130)
        one = self._get_return(self.mid)
        self.assertEqual((one.revenue, one.margin, one.result), (250, -30, -30))

    def test_a_margin_that_nobody_knows_says_so(self):
        line = self._get_line(self._get_return(self.big), "margin")
        self.assertIn("No cost is known", line.note)
        self._order_at_cost(self.big, 100, 70)
        line = self._get_line(self._get_return(self.big), "margin")
        self.assertNotIn("No cost is known", line.note)

    def test_a_period_ends_with_its_last_local_day(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        contact = self._create_followup(self.big, duration_minutes=30)
        for moment, year in (
            ("2025-12-31 15:59:59", 2025),
            ("2025-12-31 16:00:00", 2026),
        ):
            contact.date = moment
            for counted in (2025, 2026):
                one = self._get_return(self.big, "year", year=counted)
                self.assertEqual(one.minutes, 30 if counted == year else 0, moment)

    def test_twelve_months_end_today(self):
        for day, counted in (("2025-05-05", 0), ("2025-05-06", 5), ("2026-05-05", 10)):
            self._create_followup(self.big, date=f"{day} 09:00:00", duration_minutes=5)
            self.assertEqual(self._get_return(self.big).minutes, counted)

    def test_an_hour_costs_what_the_closest_rate_of_that_day_says(self):
        both = self._create_user("both", "group_sales_user")
        both.group_ids += self.env.ref("crm_relations.group_sales_manager")
        cases = [
            (self.sally, "2026-05-01", 40),  # the role
            (both, "2026-05-01", 90),  # the more senior role
            (self.rita, "2026-05-01", 90),  # whose role contains another one
            (self.max, "2026-02-28", 90),  # before his own begins
            (self.max, "2026-03-01", 100),
        ]
        for user, day, cost in cases:
            contact = self._create_followup(
                self.big,
                duration_minutes=60,
                user_id=user.id,
                date=f"{day} 09:00:00",
            )
            one = self._get_return(self.big)
            self.assertEqual(one.time_cost, cost, (user.name, day))
            contact.unlink()

    def test_the_rate_for_everybody_comes_last(self):
        self._set_rate(5)
        self._set_rate(7, date_from="2026-05-01")
        for day, cost in (("2026-04-30", 5), ("2026-05-01", 7)):
            contact = self._create_followup(
                self.big,
                duration_minutes=60,
                user_id=self.carl.id,
                date=f"{day} 09:00:00",
            )
            self.assertEqual(self._get_return(self.big).time_cost, cost)
            contact.unlink()

    def test_who_has_no_rate_counts_nothing_and_is_told(self):
        for minutes in (30, 30, 0):
            self._create_followup(
                self.big, duration_minutes=minutes, user_id=self.carl.id
            )
        one = self._get_return(self.big)
        self.assertEqual((one.minutes, one.time_cost, one.unpriced_count), (60, 0, 2))
        line = self._get_line(one, "call")
        self.assertEqual((line.document_count, line.unmeasured_count), (3, 1))
        self.assertIn("2 without a rate", line.with_user(self.rita).note)
        self.assertNotIn("rate", line.with_user(self.sally).note)
        self.assertIn("1 without minutes", line.with_user(self.sally).note)

    def test_the_time_of_who_has_left_still_counts(self):
        self._create_followup(self.big, 3, duration_minutes=60, user_id=self.sam.id)
        self.sam.active = False
        self.assertEqual(self._get_return(self.big).time_cost, 40)

    def test_a_rate_of_another_company_is_not_ours(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._set_rate(999, company_id=other.id)
        self._create_followup(self.big, duration_minutes=60, user_id=self.carl.id)
        self.assertEqual(self._get_return(self.big).time_cost, 0)

    def test_a_recorded_call_counts_its_seconds(self):
        self._create_followup(self.big, user_id=self.sally.id).sudo().call_seconds = 90
        one = self._get_return(self.big)
        self.assertEqual((one.minutes, one.time_cost), (1.5, 1))

    def test_what_stands_in_the_price_counts_once(self):
        for kind, state in (("price", "approved"), ("goods", "asked")):
            self._grant(self.big, 70, kind, state=state)
        self._grant(self.big, 30, "goods")
        self._order_at_cost(self.big, 100, 10, discount=20)
        one = self._get_return(self.big)
        self.assertEqual((one.revenue, one.margin), (880, 70))
        self.assertEqual((one.given, one.discounts, one.result), (30, 20, 40))
        self.assertIn("already", self._get_line(one, "discount").note)

    def test_what_is_free_is_a_discount_of_its_whole_price(self):
        self._order_at_cost(self.big, 100, 10, discount=100)
        one = self._get_return(self.big)
        self.assertEqual((one.discounts, one.margin), (100, -10))

    def test_a_gift_counts_once_it_was_paid_for(self):
        for state in ("draft", "asked", "approved", "refused"):
            self._give(self.big, 100, state=state)
        self.assertEqual(self._get_return(self.big).given, 0)
        for state in ("given", "returned"):
            self._give(self.big, 100, state=state)
        self.assertEqual(self._get_return(self.big).given, 200)

    def test_an_activity_costs_its_share_by_who_came(self):
        event = self.env["event.event"].create(
            {
                "name": "Forum",
                "activity_kind": "forum",
                "date_begin": "2026-04-01 09:00:00",
                "date_end": "2026-04-01 12:00:00",
                "cost_ids": [Command.create({"name": "Hall", "actual": 400})],
            }
        )
        persons = [self._create_person(self.big, f"P{number}") for number in range(3)]
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        seats = self.env["event.registration"].create(
            [
                {"event_id": event.id, "partner_id": one.id, "name": "x"}
                for one in (*persons, stranger)
            ]
        )
        (seats - seats[2]).write({"state": "done"})  # the third has not come
        seats[2].state = "open"
        one = self._get_return(self.big)
        self.assertAlmostEqual(one.given, 266.67, 2)
        self.assertEqual(self._get_line(one, "event").document_count, 2)

    def test_a_plan_counts_its_own_days(self):
        plan = self._write_plan(
            date_start="2026-02-01",
            date_end="2026-02-28",
            milestone_ids=[],
            action_ids=[],
        )
        for day in ("01-31", "02-01", "02-28", "03-01"):
            self._create_followup(
                self.big, date=f"2026-{day} 09:00:00", duration_minutes=10
            )
        action = plan.with_user(self.sally).action_view_account_return()
        one = self.returns.browse(action["res_id"])
        self.assertEqual((one.kind, one.plan_id, one.minutes), ("plan", plan, 20))
        plan.date_end = "2026-03-31"
        plan.with_user(self.sally).action_view_account_return()
        self.assertEqual(one.minutes, 30)

    def test_a_rate_is_a_number_for_one(self):
        for values in (
            {"amount": -1},
            {"amount": 1000001},
            {"user_id": self.sally.id, "role_id": self.env.ref("base.group_user").id},
            {"user_id": self.max.id, "date_from": "2026-03-01"},
        ):
            with (
                self.subTest(values),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._set_rate(**{"amount": 1, **values})
                self.env.flush_all()

    def test_the_rate_of_a_colleague_is_kept_where_he_is_paid(self):
        other = self.env["res.company"].create({"name": "Other"})
        with self.assertRaisesRegex(ValidationError, "company that pays"):
            self._set_rate(9, user_id=self.sally.id, company_id=other.id)

    def test_an_hour_of_who_is_no_colleague_has_no_rate(self):
        portal = self._create_user("portal", "group_sales_user")
        portal.group_ids = self.env.ref("base.group_portal")
        with self.assertRaisesRegex(ValidationError, "works for"):
            self._set_rate(10, user_id=portal.id)

    def test_a_plan_that_is_only_a_draft_has_its_customer_not_counted(self):
        plan = self._write_plan(customer=self.mid)
        self.assertNotIn(self.mid, self.returns._get_customers_to_count())
        self._put_in_force(plan)
        self.assertIn(self.mid, self.returns._get_customers_to_count())
