from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common.working_time import WorkingTimeCommon


@tagged("post_install", "-at_install")
class TestMakeupDay(WorkingTimeCommon):
    def test_a_day_is_entered_once(self):
        calendar = self._create_calendar()
        self._make_up("2026-06-06", calendar)
        self._make_up("2026-06-06")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._make_up("2026-06-06", calendar, like_weekday="3")

    def test_the_day_of_a_calendar_comes_before_that_of_all(self):
        calendar = self._create_calendar({0: [(9, 17)], 4: [(14, 16)]})
        self._make_up("2026-06-06", calendar, like_weekday="4")
        self._make_up("2026-06-06")
        self.assertPlanned(calendar, "2026-06-06T08:00", 60, "2026-06-06T15:00")

    def test_hours_closed_on_a_holiday_stay_closed_on_its_makeup_day(self):
        """The holiday gives way, the meeting of some hours does not."""
        calendar = self._create_calendar({4: [(8, 16)]})
        self._close(calendar, "2026-06-06T00:00", "2026-06-06T23:59:59")
        self._close(calendar, "2026-06-06T07:00", "2026-06-06T10:00")
        self._make_up("2026-06-06", calendar, like_weekday="4")
        self.assertPlanned(calendar, "2026-06-06T00:00", 60, "2026-06-06T11:00")

    def test_it_belongs_to_the_company_of_its_calendar(self):
        calendar = self._create_calendar(company_id=self.company.id)
        day = self._make_up("2026-06-06", calendar)
        self.assertEqual(day.company_id, self.company)
        self.assertFalse(self._make_up("2026-06-06").company_id)
        with self.assertRefused("belongs to another company", ValidationError):
            day.company_id = self.env["res.company"].create({"name": "Other"})

    def test_a_copy_of_a_calendar_has_its_makeup_days(self):
        calendar = self._create_calendar()
        self._make_up("2026-06-06", calendar, like_weekday="3")
        system = new_test_user(self.env, "system", groups="base.group_system")
        twin = calendar.with_user(system).copy().with_env(self.env)
        self.assertEqual(twin.makeup_day_ids.mapped("like_weekday"), ["3"])
        self.assertEqual(len(calendar.makeup_day_ids), 1)

    def test_days_of_other_companies_stay_hidden(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self._make_up("2026-06-06", company_id=other.id)
        shared = self._make_up("2026-06-07")
        days = self.env["resource.calendar.makeup.day"].with_user(self.adam)
        found = days.search([("id", "in", (theirs | shared).ids)])
        self.assertEqual(found, shared)
        with self.assertRaises(AccessError):
            theirs.with_user(self.adam).unlink()
