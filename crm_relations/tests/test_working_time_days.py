from datetime import date, datetime, timedelta

from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from .common.working_days import WorkingDaysCommon


@tagged("post_install", "-at_install")
class TestWorkingDays(WorkingDaysCommon):
    """Design 3.6: working days in SQL."""

    def setUp(self):
        super().setUp()
        self.shop = self._create_calendar()

    def test_the_table_says_what_the_method_says(self):
        self._close(self.shop, "2026-06-01 00:00:00", "2026-06-03 23:59:59")
        self._close(self.shop, "2026-06-10 09:00:00", "2026-06-10 18:00:00")
        self._close(self.shop, "2026-06-11 09:00:00", "2026-06-11 12:00:00")
        self._make_up("2026-06-06", self.shop)
        self._make_up("2026-06-03")
        for number in (0, 1, 2, 5, 30):
            due = self._get_due_days(self.shop, number)
            for shift in range(30):
                day = date(2026, 5, 20) + timedelta(days=shift)
                with self.subTest(day=day, number=number):
                    self.assertEqual(due[day], self.shop.plan_workdays(day, number))

    def test_it_agrees_for_two_weeks_and_where_clocks_change(self):
        weeks = [{0: [(8, 9)], 6: [(2, 3)]}, {4: [(20, 21)]}]
        calendar = self._create_calendar(weeks=weeks, tz="Europe/Berlin")
        due = self._get_due_days(calendar, 3)
        for shift in range(0, 3000, 7):
            day = date(2026, 1, 1) + timedelta(days=shift)
            self.assertEqual(due[day], calendar.plan_workdays(day, 3))

    def test_one_join_finds_the_day_for_many_customers(self):
        """The use that rules make of it."""
        self.company.resource_calendar_id = self.shop
        self._close(self.shop, "2026-06-02 00:00:00", "2026-06-02 23:59:59")
        customers = self._create_customer() | self._create_customer()
        customers[0].owner_since = datetime(2026, 6, 1, 2)
        customers[1].owner_since = datetime(1999, 6, 1, 2)
        self.env.flush_all()
        first, _last = self.env["crm.working.day"]._get_range()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner.id, workday.due_day
                  FROM res_partner AS partner
                  JOIN (%s) AS workday
                    ON workday.calendar_id = %s
                   AND workday.day = GREATEST(partner.owner_since::date, %s)
                 WHERE partner.id IN %s
                """,
                self.shop._get_workday_sql(5),
                self.shop.id,
                first,
                tuple(customers.ids),
            )
        )
        self.assertEqual(
            dict(rows),
            {
                customers[0].id: date(2026, 6, 9),
                customers[1].id: self.shop.plan_workdays(first, 5),
            },
        )

    def test_beyond_the_table_it_is_its_last_day(self):
        _first, last = self.env["crm.working.day"]._get_range()
        due = self._get_due_days(self.shop, 3)
        self.assertEqual(due[last], last)

    def test_a_calendar_without_hours_has_no_working_days(self):
        self.shop.attendance_ids.unlink()
        _first, last = self.env["crm.working.day"]._get_range()
        self.assertEqual(set(self._get_due_days(self.shop, 1).values()), {last})

    def test_every_change_reaches_the_table_with_the_transaction(self):
        week = (self.shop, date(2026, 6, 1), date(2026, 6, 7))
        plain = [(n < 5, min(n + 1, 5)) for n in range(7)]
        self._get_due_days(self.shop, 1)
        self.assertEqual(self._get_numbers(*week), plain)

        leave = self._close(self.shop, "2026-06-02 00:00:00", "2026-06-02 23:59:59")
        self._commit()
        self.assertEqual(self._get_numbers(*week)[1:3], [(False, 1), (True, 2)])
        leave.write({"date_to": leave.date_to + timedelta(days=1)})
        self._commit()
        self.assertEqual(self._get_numbers(*week)[1:3], [(False, 1), (False, 1)])
        leave.unlink()
        self._commit()
        self.assertEqual(self._get_numbers(*week), plain)

        day = self._make_up("2026-06-06")
        self._commit()
        self.assertEqual(self._get_numbers(*week)[-2:], [(True, 6), (False, 6)])
        day.date = "2026-06-07"
        self._commit()
        self.assertEqual(self._get_numbers(*week)[-2:], [(False, 5), (True, 6)])
        day.unlink()
        self._commit()

        friday = self.shop.attendance_ids.filtered(lambda line: line.dayofweek == "4")
        friday.write({"dayofweek": "5"})
        self._commit()
        self.assertEqual(self._get_numbers(*week)[4:6], [(False, 4), (True, 5)])
        friday.unlink()
        self._commit()
        self.assertEqual(self._get_numbers(*week)[4:6], [(False, 4), (False, 4)])
        self.shop.write(
            {"schedule_type": "flexible", "hours_per_day": 8, "hours_per_week": 16}
        )
        self._commit()
        self.assertEqual(
            self._get_numbers(*week)[:3], [(True, 1), (True, 2), (False, 2)]
        )

    def test_days_off_of_the_company_reach_its_calendars(self):
        self.shop.company_id = self.env.company
        self._get_due_days(self.shop, 1)
        nothing = self.env["resource.calendar"]
        self._close(nothing, "2026-06-02 00:00:00", "2026-06-02 23:59:59")
        self._commit()
        numbers = self._get_numbers(self.shop, date(2026, 6, 1), date(2026, 6, 2))
        self.assertEqual(numbers, [(True, 1), (False, 1)])

    def test_days_off_of_persons_cost_no_statement(self):
        """hr brings many of them: our part is nothing at all."""
        self._get_due_days(self.shop, 1)
        resource = self.env["resource.resource"].create(
            {"name": "Person", "calendar_id": self.shop.id, "company_id": False}
        )
        self._commit()  # what the world of the test has left to do
        leaves = self._close(
            self.shop,
            "2026-06-02 00:00:00",
            "2026-06-02 23:59:59",
            resource_id=resource.id,
        )
        self.env.flush_all()
        count = self._count_statements(leaves._get_closed_calendars)
        self.assertEqual(count, 0)
        before = self._count_statements(self._commit)
        self.assertEqual(before, 0)

    def test_many_days_off_change_the_table_once(self):
        self._get_due_days(self.shop, 1)
        self._commit()

        def close(count):
            for number in range(1, count + 1):
                self._close(
                    self.shop,
                    f"2027-06-{number:02} 00:00:00",
                    f"2027-06-{number:02} 23:59:59",
                )
            self.env.flush_all()
            return self._count_statements(self._commit)

        close(1)
        self.assertEqual(close(2), close(9))

    def test_a_calendar_nobody_asked_for_keeps_no_days(self):
        self._close(self.shop, "2026-06-02 00:00:00", "2026-06-02 23:59:59")
        self._commit()
        self.assertFalse(self._get_numbers(self.shop, date(2026, 1, 1), date.max))

    def test_the_night_prolongs_the_table(self):
        days = self.env["crm.working.day"]
        with freeze_time("2026-06-01"):
            self._get_due_days(self.shop, 1)
            first, last = days._get_range()
        cron = self.env.ref("crm_relations.ir_cron_working_days")
        with freeze_time("2027-01-01"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        kept = days.search([("calendar_id", "=", self.shop.id)]).mapped("day")
        self.assertEqual(min(kept), date(first.year + 1, 1, 1))
        self.assertEqual(max(kept), date(last.year + 1, 12, 31))
        self.assertEqual(len(kept), (max(kept) - min(kept)).days + 1)
        companies = self.env["res.company"].search([])
        self.assertLessEqual(companies.resource_calendar_id, days._get_kept_calendars())

    def test_a_second_refresh_writes_nothing(self):
        self._get_due_days(self.shop, 1)
        versions = SQL(
            "SELECT xmin, id FROM crm_working_day WHERE calendar_id = %s ORDER BY id",
            self.shop.id,
        )
        before = self.env.execute_query(versions)
        self.env["crm.working.day"]._refresh(self.shop)
        self.assertEqual(self.env.execute_query(versions), before)

    def test_days_go_with_their_calendar(self):
        self._get_due_days(self.shop, 1)
        self.shop.unlink()
        days = self.env["crm.working.day"]
        self.assertFalse(days.search_count([("calendar_id", "=", self.shop.id)]))


@tagged("post_install", "-at_install")
class TestUserWorkingDays(WorkingDaysCommon):
    """PO-2: leave of the owner."""

    def setUp(self):
        super().setUp()
        self.shop = self._create_calendar(company_id=self.company.id)
        self.company.resource_calendar_id = self.shop
        self.resource = self.env["resource.resource"].create(
            {
                "name": "Sally",
                "user_id": self.sally.id,
                "calendar_id": self.shop.id,
                "company_id": self.company.id,
            }
        )

    def _leave(self, start, end, **values):
        return self._close(
            self.shop, start, end, resource_id=self.resource.id, **values
        )

    def _get_days(self, users, first=1, last=7):
        found = users._get_working_days(date(2026, 6, first), date(2026, 6, last))
        return {user: [day.day for day in days] for user, days in found.items()}

    def test_a_user_on_leave_does_not_work(self):
        self._leave("2026-06-02 00:00:00", "2026-06-03 23:59:59")
        self._leave("2026-06-04 09:00:00", "2026-06-04 12:00:00")
        self._leave("2026-06-05 00:00:00", "2026-06-05 23:59:59", time_type="other")
        self.assertEqual(
            self._get_days(self.sally | self.sam),
            {self.sally: [1, 4, 5], self.sam: [1, 2, 3, 4, 5]},
        )

    def test_leave_counts_in_whatever_order_it_was_entered(self):
        """Two halves of a day make one; what is closed lies between them."""
        self._leave("2026-06-05 00:00:00", "2026-06-05 23:59:59")
        self._leave("2026-06-02 13:00:00", "2026-06-02 23:59:59")
        self._close(self.shop, "2026-06-03 00:00:00", "2026-06-03 23:59:59")
        self._leave("2026-06-01 00:00:00", "2026-06-01 23:59:59")
        self._leave("2026-06-02 00:00:00", "2026-06-02 13:00:00")
        self.assertEqual(self._get_days(self.sally), {self.sally: [4]})

    def test_leave_holds_on_a_makeup_day_too(self):
        self._make_up("2026-06-06", self.shop)
        self._close(self.shop, "2026-06-06 00:00:00", "2026-06-06 23:59:59")
        self.assertEqual(self._get_days(self.sally)[self.sally][-1], 6)
        self._leave("2026-06-06 00:00:00", "2026-06-06 23:59:59")
        self.assertEqual(self._get_days(self.sally)[self.sally][-1], 5)

    def test_each_works_by_the_own_calendar(self):
        self.resource.calendar_id = self._create_calendar({6: [(9, 12)]})
        self.assertEqual(
            self._get_days(self.sally | self.sam),
            {self.sally: [7], self.sam: [1, 2, 3, 4, 5]},
        )
        self.company.resource_calendar_id = False
        self.assertEqual(self._get_days(self.sam), {self.sam: list(range(1, 8))})

    def test_colleagues_learn_the_days(self):
        self._leave("2026-06-02 00:00:00", "2026-06-05 23:59:59")
        days = self._get_days(self.sally.with_user(self.max))
        self.assertEqual(days, {self.sally: [1]})

    def test_many_users_take_no_more_statements_than_few(self):
        users = self.sally | self.sam | self.max | self.rita
        self._leave("2026-06-02 00:00:00", "2026-06-05 23:59:59")

        def count(some):
            self.env.invalidate_all()
            return self._count_statements(lambda: self._get_days(some))

        count(users)  # warms the caches of rights
        self.assertEqual(count(users[:2]), count(users))
