from datetime import date, datetime, timedelta

from odoo.tests import freeze_time, tagged

from .common import RelationsCommon


@freeze_time("2026-03-02 10:00:00")  # a Monday
@tagged("post_install", "-at_install")
class TestPoolRuleDays(RelationsCommon):
    """PO-2: working days with holidays and make-up workdays, leave of the owner."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {"name": "Office", "tz": "UTC", "company_id": cls.company.id}
        )
        cls.company.resource_calendar_id = cls.calendar
        cls.customer = cls._create_customer(user_id=cls.sally.id)
        cls.rule = cls._create_pool_rule(5, day_kind="working")
        cls.resource = cls.env["resource.resource"].create(
            {"name": "Sally", "user_id": cls.sally.id, "tz": "UTC"}
        )

    def _get_date(self):
        self.env["res.partner"]._refresh_release_dates(self.customer.ids)
        return self.customer.pool_release_date

    def _create_leave(self, first, last, resource=None):
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Off",
                "calendar_id": False if resource else self.calendar.id,
                "resource_id": resource and resource.id,
                "date_from": datetime.combine(first, datetime.min.time())
                + timedelta(hours=8 if resource else 0),
                "date_to": datetime.combine(last, datetime.min.time())
                + timedelta(hours=17 if resource else 24),
            }
        )

    def test_weekends_do_not_count(self):
        self.assertEqual(self._get_date(), date(2026, 3, 9))

    def test_holidays_and_makeup_workdays(self):
        holiday = self._create_leave(date(2026, 3, 4), date(2026, 3, 5))
        self.assertEqual(self._get_date(), date(2026, 3, 11))
        self.env["resource.calendar.makeup.day"].create({"date": date(2026, 3, 7)})
        self.assertEqual(self._get_date(), date(2026, 3, 10))
        holiday.unlink()
        self.assertEqual(self._get_date(), date(2026, 3, 7))

    def test_a_holiday_has_all_dates_decided_by_the_job(self):
        """PO-3: the release of the night waits for them."""
        rules = self.env["crm.pool.rule"]
        rules._set_dates_refreshed_at(self.env.cr.now() + timedelta(seconds=1))
        self.env.cr.precommit.run()
        self.patch(self.env.cr, "_now", self.env.cr.now() + timedelta(seconds=5))
        triggers = self.env["ir.cron.trigger"]
        cron = self.env.ref("crm_relations.ir_cron_pool_dates")
        before = triggers.search_count([("cron_id", "=", cron.id)])
        self._create_leave(date(2026, 3, 4), date(2026, 3, 5))
        self.assertEqual(triggers.search_count([("cron_id", "=", cron.id)]), before + 1)
        self.assertFalse(rules._are_dates_fresh())

    def test_leave_counts_unless_the_rule_says_so(self):
        leave = self._create_leave(date(2026, 3, 3), date(2026, 3, 6), self.resource)
        self.assertEqual(self._get_date(), date(2026, 3, 9))
        self.rule.skip_leave = True
        self.rule.start_date = False
        self.assertEqual(self._get_date(), date(2026, 3, 13))
        self.assertIn(
            "leave that do not count: 4", self.customer.pool_reason["sentence"]
        )
        leave.date_to = datetime(2026, 3, 3, 17)  # at once, without the job
        self.assertEqual(self.customer.pool_release_date, date(2026, 3, 10))
        leave.unlink()
        self.assertEqual(self.customer.pool_release_date, date(2026, 3, 9))

    def test_calendar_days_without_leave(self):
        self.rule.write({"day_kind": "calendar", "skip_leave": True})
        self.rule.start_date = False
        self._create_leave(date(2026, 3, 3), date(2026, 3, 8), self.resource)
        self.assertEqual(self._get_date(), date(2026, 3, 13))

    def test_a_day_of_leave_is_one_on_which_the_owner_is_away_at_noon(self):
        self.rule.write({"day_kind": "calendar", "skip_leave": True})
        self.rule.start_date = False
        tuesday = datetime(2026, 3, 3)
        leave = self._create_leave(tuesday, tuesday, self.resource)
        for first, last, day in ((12, 17, 8), (8, 12, 7), (13, 17, 7)):
            leave.write(
                {
                    "date_from": tuesday + timedelta(hours=first),
                    "date_to": tuesday + timedelta(hours=last),
                }
            )
            with self.subTest(first=first, last=last):
                self.assertEqual(self._get_date(), date(2026, 3, day))

    def test_leave_of_a_colleague_changes_nothing(self):
        self.rule.write({"skip_leave": True, "start_date": False})
        other = self.resource.copy({"name": "Sam", "user_id": self.sam.id})
        self._create_leave(date(2026, 3, 3), date(2026, 3, 8), other)
        self.assertEqual(self._get_date(), date(2026, 3, 9))

    def test_a_company_without_working_hours_counts_calendar_days(self):
        self.company.resource_calendar_id = False
        self.assertEqual(self._get_date(), date(2026, 3, 7))
