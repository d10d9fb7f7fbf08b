from datetime import date, datetime

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common.working_time import WorkingTimeCommon

WRONG_MOMENTS = (None, False, "", "soon", "2026", 5, [], "2026-02-30", "0001-01-01")


@tagged("post_install", "-at_install")
class TestWorkingTimeInput(WorkingTimeCommon):
    """What other programs send is read, or refused in words."""

    def setUp(self):
        super().setUp()
        self.shop = self._create_calendar()

    def test_moments_in_any_spelling(self):
        for start in (
            datetime(2026, 6, 1, 2),
            "2026-06-01 02:00:00",
            "2026-06-01T02:00:00Z",
            "2026-06-01T04:00:00.250+02:00",
        ):
            with self.subTest(start):
                self.assertEqual(
                    self.shop.plan_minutes(start, 30.0), datetime(2026, 6, 1, 2, 30)
                )
        midnight = self.shop.plan_minutes(date(2026, 6, 1), 60, None)
        self.assertEqual(midnight, datetime(2026, 6, 1, 2))

    def test_what_is_no_moment_is_refused(self):
        for start in (
            None,
            False,
            "",
            "soon",
            "2026",
            5,
            [],
            "2026-02-30",
            "0001-01-01",
        ):
            with self.subTest(start), self.assertRefused("is no date and time"):
                self.shop.plan_minutes(start, 5)
        with self.assertRefused("is no date and time"):
            self.shop.elapsed_minutes("2026-06-01", None)
        with self.assertRefused("is no date and time"):
            self.shop.plan_workdays(None, 5)

    def test_what_is_no_number_is_refused(self):
        for minutes in (None, False, -1, -0.1, "5", float("nan"), float("inf"), True):
            with self.subTest(minutes), self.assertRefused("is no number of minutes"):
                self.shop.plan_minutes("2026-06-01", minutes)
        for days in (None, -1, 1.5, "5", float("nan")):
            with self.subTest(days), self.assertRefused("is no number of working days"):
                self.shop.plan_workdays("2026-06-01", days)

    def test_an_end_before_its_start_is_refused(self):
        with self.assertRefused("the end comes after the start"):
            self.shop.elapsed_minutes("2026-06-02", "2026-06-01")
        for method, value in (("plan_minutes", 5), ("elapsed_minutes", "2026-06-02")):
            with self.assertRefused("the end comes after the start"):
                getattr(self.shop, method)(
                    "2026-06-01", value, [["2026-06-01 05:00", "2026-06-01 04:00"]]
                )

    def test_what_is_no_pause_is_refused(self):
        for pauses in (["2026-06-01"], "2026-06-01", [[]], [["2026-06-01"]], 5, {1: 2}):
            with self.subTest(pauses), self.assertRefused("is no pause"):
                self.shop.plan_minutes("2026-06-01", 5, pauses)
        with self.assertRefused("is no date and time"):
            self.shop.plan_minutes("2026-06-01", 5, [[None, "2026-06-01"]])

    def test_a_calendar_without_hours_is_a_clear_error(self):
        self.shop.attendance_ids.unlink()
        self._make_up("2026-06-06", self.shop)
        for method, value in (
            ("plan_minutes", 5),
            ("plan_minutes", 0),
            ("elapsed_minutes", "2026-06-09"),
            ("plan_workdays", 1),
        ):
            with (
                self.subTest(method),
                self.assertRefused("“Shop” has no working hours"),
            ):
                getattr(self.shop, method)("2026-06-01", value)

    def test_a_calendar_closed_without_end_is_a_clear_error(self):
        self._close(self.shop, "2026-06-01 00:00:00", "9000-01-01 00:00:00")
        with self.assertRefused("go on without end"):
            self.shop.plan_minutes("2026-06-01", 5)
        with self.assertRefused("go on without end"):
            self.shop.plan_workdays("2026-06-01", 1)

    def test_the_answer_is_the_same_whoever_asks(self):
        self.shop.company_id = self.company
        self._close(self.shop, "2026-06-01 00:00:00", "2026-06-01 23:59:59")
        self._make_up("2026-06-07", self.shop)
        for user in (self.anna, self.sally, self.env.ref("base.user_admin")):
            shop = self.shop.with_user(user)
            self.assertEqual(shop.plan_workdays("2026-06-06", 1), date(2026, 6, 7))
            self.assertEqual(
                shop.plan_minutes("2026-06-01", 60), datetime(2026, 6, 2, 2)
            )

    def test_who_may_not_read_calendars_asks_in_vain(self):
        portal = self._create_user("portal", "group_user")
        portal.group_ids = self.env.ref("base.group_portal")
        with self.assertRaises(AccessError):
            self.shop.with_user(portal).plan_minutes("2026-06-01", 5)
