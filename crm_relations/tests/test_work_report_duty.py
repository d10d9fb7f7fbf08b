from datetime import date, datetime, timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common.work_report import WorkReportCommon

DAYS = ["2026-03-02", "2026-03-03", "2026-03-04"]


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")  # a Wednesday, 18:00 in Shanghai
class TestWorkReportDuty(WorkReportCommon):
    """FU-10: who is asked for which report, and by when."""

    def _get_days(self, user=None, **domain):
        self.env.invalidate_all()
        found = self._find(user, **domain)
        return [report.period_start.isoformat() for report in found]

    def test_a_team_is_asked_for_each_day_until_the_hour_of_the_company(self):
        self._create_duty()
        self.assertEqual(self._get_days(), DAYS)
        self.assertFalse(self._find(self.sam))
        self.assertEqual(self._find().mapped("due_at")[-1], datetime(2026, 3, 4, 12, 0))
        self.assertEqual(self._find().mapped("leader_id"), self.max)

    def test_asking_again_changes_nothing(self):
        self._create_duty()
        before = self._find().read()
        self._ask()
        self.assertEqual(self._find().read(), before)

    def test_named_persons_are_asked_and_who_works_elsewhere_is_not(self):
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self._create_user(
            "stranger", "group_sales_user", company_id=other.id, company_ids=other.ids
        )
        self._create_duty(user_ids=self.sam | stranger)
        self.assertEqual(self._get_days(self.sam), DAYS)
        self.assertFalse(self._find(stranger))
        self.assertFalse(self._find(self.sally))

    def test_a_duty_names_somebody(self):
        with self.assertRefused("team, or persons"):
            self._create_duty(team_id=False)

    def test_a_weekly_report_is_due_on_the_first_working_day_after_it(self):
        self._create_duty(
            kind="weekly", due_days=1, due_hour=12, start_date="2026-02-24"
        )
        self.assertEqual(
            [(r.period_start, r.period_end, r.due_at) for r in self._find()],
            [
                (date(2026, 2, 23), date(2026, 3, 1), datetime(2026, 3, 2, 4)),
                (date(2026, 3, 2), date(2026, 3, 8), datetime(2026, 3, 9, 4)),
            ],
        )

    def test_a_monthly_report_is_due_on_the_second_working_day_of_the_next(self):
        self._create_duty(kind="monthly", due_days=2, due_hour=9.5)
        (report,) = self._find()
        self.assertEqual(report.period_end, date(2026, 3, 31))
        self.assertEqual(report.due_at, datetime(2026, 4, 2, 1, 30))

    def test_holidays_ask_for_nothing_and_make_up_workdays_do(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.calendar.id,
                "date_from": "2026-03-01 16:00:00",
                "date_to": "2026-03-02 15:59:59",
            }
        )
        self.env["resource.calendar.makeup.day"].create(
            {"date": "2026-02-28", "calendar_id": self.calendar.id}  # a Saturday
        )
        self._create_duty(start_date="2026-02-27")
        self.assertEqual(self._get_days(), ["2026-02-27", "2026-02-28", *DAYS[1:]])

    def test_who_is_away_is_not_asked(self):
        self._give_leave(self.sally, "2026-03-01 16:00:00", "2026-03-02 16:00:00")
        self._create_duty()
        self.assertEqual(self._get_days(), DAYS[1:])

    def test_leave_that_is_entered_later_takes_the_question_back(self):
        self._create_duty()
        begun = self._find()[:1].with_user(self.sally)
        begun.results = "Worked all the same"
        self._give_leave(self.sally, "2026-03-01 16:00:00", "2026-03-03 16:00:00")
        self._ask()
        self.assertEqual(self._get_days(due_at=False), DAYS[:1])
        self.assertEqual(self._get_days(), [DAYS[0], DAYS[2]])

    def test_who_is_away_on_monday_has_until_the_next_own_working_day(self):
        self._give_leave(self.sally, "2026-03-08 16:00:00", "2026-03-09 16:00:00")
        self._create_duty(kind="weekly", due_days=1, due_hour=12)
        self.assertEqual(self._find().due_at, datetime(2026, 3, 10, 4))

    def test_who_changes_the_team_leaves_the_past_with_the_old_one(self):
        self._create_duty()
        self.south.user_id = self.rita
        self._create_duty(team_id=self.south.id, start_date="2026-03-03")
        self.north.member_ids -= self.sally
        self.south.member_ids += self.sally
        self._ask()
        self.env.invalidate_all()
        self.assertEqual(
            [(r.team_id, r.leader_id) for r in self._find()],
            [(self.north, self.max), (self.north, self.max), (self.south, self.rita)],
        )

    def test_a_new_deadline_moves_none_of_the_past(self):
        self._create_duty()
        self._create_duty(user_ids=self.sally, sequence=1, due_hour=22)
        self.env.invalidate_all()
        self.assertEqual([report.due_at.hour for report in self._find()], [12, 12, 14])

    def test_a_duty_that_ends_takes_back_what_is_not_over(self):
        duty = self._create_duty()
        duty.active = False
        self.assertEqual(self._get_days(), DAYS[:2])

    def test_a_day_that_the_job_missed_is_asked_for_later(self):
        self._create_duty()
        with freeze_time("2026-03-06 23:00:00"):  # Saturday in Shanghai
            self._ask()
        self.assertEqual(self._get_days(), [*DAYS, "2026-03-05", "2026-03-06"])

    def test_a_report_begun_by_oneself_becomes_one_that_is_asked_for(self):
        report = self._create_report(results="Mine")
        self.assertFalse(report.due_at)
        self._create_duty()
        self.env.invalidate_all()
        self.assertEqual(report.due_at, datetime(2026, 3, 4, 12))
        self.assertEqual(report.results, "Mine")

    def test_people_cost_no_statements(self):
        team = self.env["crm.team"].create({"name": "Many", "user_id": self.max.id})

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            return self._count_statements(self._ask)

        team.member_ids = self._create_users(
            **{f"one{n}": "group_sales_user" for n in range(2)}
        )
        self._create_duty(team_id=team.id)
        self._ask()
        few = count()
        self._create_users(**{f"more{n}": "group_sales_user" for n in range(2)})
        more = self._create_users(**{f"two{n}": "group_sales_user" for n in range(20)})
        team.member_ids += more
        self._ask()
        self.assertEqual(count(), few)
        self.assertTrue(all(self._find(user) for user in more))

    def test_limits(self):
        for values in ({"due_hour": 24.5}, {"due_hour": -1}, {"due_days": 21}):
            with self.subTest(values), mute_logger("odoo.sql_db"):
                with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                    self._create_duty(**values)

    def test_a_report_is_late_after_the_second_at_which_it_was_due(self):
        report = self._create_report()
        due = fields.Datetime.to_datetime("2026-03-03 10:00:00")
        with freeze_time(due):
            for done, seconds, told in (
                (0, 0, "on_time"),
                (1, 0, "late"),
                (None, 0, "open"),
                (None, 1, "missing"),
            ):
                handed_in = done is not None and due + timedelta(seconds=done)
                report.sudo().write(
                    {"due_at": due - timedelta(seconds=seconds)}
                    | {"handed_in_at": handed_in}
                )
                report.invalidate_recordset()
                with self.subTest(told):
                    self.assertEqual(report.punctuality, told)

    def test_a_duty_of_another_company_asks_nobody_of_ours(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.sally.sudo().company_ids |= other
        self._create_duty(user_ids=self.sally, company_id=other.id, kind="daily")
        before = self._find()
        self._ask()
        self.assertEqual(self._find(), before)
