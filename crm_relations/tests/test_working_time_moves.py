from datetime import date

from odoo.tests import tagged

from .common.working_days import WorkingDaysCommon

DAY = ("2026-06-02 00:00:00", "2026-06-02 23:59:59")  # a Tuesday
CLOSED, WORKED = [(True, 1), (False, 1)], [(True, 1), (True, 2)]


@tagged("post_install", "-at_install")
class TestWorkingTimeMoves(WorkingDaysCommon):
    """Days off and lines that move, and those that are for all."""

    def setUp(self):
        super().setUp()
        self.shop = self._create_calendar()
        self.depot = self._create_calendar()
        for calendar in (self.shop, self.depot):
            self._get_due_days(calendar, 1)

    def _get_days(self, calendar):
        self._commit()
        return self._get_numbers(calendar, date(2026, 6, 1), date(2026, 6, 2))

    def test_a_day_off_that_becomes_somebodys_own_closes_nothing(self):
        leave = self._close(self.shop, *DAY)
        self.assertEqual(self._get_days(self.shop), CLOSED)
        leave.resource_id = self.env["resource.resource"].create(
            {"name": "Person", "calendar_id": self.shop.id, "company_id": False}
        )
        self.assertEqual(self._get_days(self.shop), WORKED)

    def test_a_closing_of_all_companies_reaches_the_calendars_of_each(self):
        self.shop.company_id = self.env["res.company"].create({"name": "Other"})
        self.assertEqual(self._get_days(self.shop), WORKED)
        leave = self._close(self.env["resource.calendar"], *DAY)
        self.assertEqual(self._get_days(self.shop), WORKED)
        leave.company_id = False
        self.assertEqual(self._get_days(self.shop), CLOSED)

    def test_a_line_that_moves_is_worked_in_the_other_calendar(self):
        tuesday = self.shop.attendance_ids.filtered(lambda line: line.dayofweek == "1")
        self.depot.attendance_ids.filtered(lambda line: line.dayofweek == "1").unlink()
        self.assertEqual(self._get_days(self.depot), CLOSED)
        tuesday.calendar_id = self.depot
        self.assertEqual(self._get_days(self.depot), WORKED)
        self.assertEqual(self._get_days(self.shop), CLOSED)

    def test_a_makeup_day_of_one_company_is_none_of_another(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self._create_calendar(company_id=other.id)
        self.shop.company_id = self.env.company
        for calendar in (self.shop, theirs):
            self._close(calendar, *DAY)
            self._get_due_days(calendar, 1)
        self._make_up("2026-06-02", company_id=other.id)
        self.assertEqual(self._get_days(theirs), WORKED)
        self.assertEqual(self._get_days(self.shop), CLOSED)
        for calendar, day in ((theirs, 2), (self.shop, 3)):
            self.assertEqual(
                calendar.plan_workdays("2026-06-01", 1), date(2026, 6, day)
            )

    def test_another_company_of_a_calendar_brings_its_days_off(self):
        other = self.env["res.company"].create({"name": "Other"})
        leave = self._close(self.env["resource.calendar"], *DAY)
        leave.company_id = other
        self.assertEqual(self._get_days(self.depot), WORKED)
        self.depot.company_id = other
        self.assertEqual(self._get_days(self.depot), CLOSED)

    def test_of_two_calendars_a_user_works_by_that_of_the_own_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        resources = self.env["resource.resource"]
        for company, calendar in ((other, self.depot), (self.company, self.shop)):
            resources.create(
                {
                    "name": "Sally",
                    "user_id": self.sally.id,
                    "company_id": company.id,
                    "calendar_id": calendar.id,
                }
            )
        self.assertEqual(self.sally._get_working_calendar(), self.shop)
