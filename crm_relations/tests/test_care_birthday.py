from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common.birthday import BirthdayCommon


@tagged("post_install", "-at_install")
class TestCareBirthday(BirthdayCommon):
    """CA-1, CA-3: birthdays, solar and lunar, once a year and person."""

    @freeze_time("2026-05-02 20:00:00")
    def test_the_salesperson_gets_an_activity_some_days_ahead(self):
        self._create_rule(instructions="Send a card.")
        person = self._born(5, 5, birth_year=1980)
        self._born(5, 6)
        task = self._run_night()
        self.assertRecordValues(
            task,
            [
                {
                    "partner_id": self.customer.id,
                    "person_id": person.id,
                    "user_id": self.sally.id,
                    "occasion_date": fields.Date.to_date("2026-05-05"),
                    "due_at": fields.Datetime.to_datetime("2026-05-02 00:00:00"),
                    "state": "open",
                }
            ],
        )
        self.assertEqual(task.activity_id.user_id, self.sally)
        self.assertEqual(task.activity_id.res_id, self.customer.id)
        self.assertEqual(str(task.activity_id.date_deadline), "2026-05-05")
        self.assertIn("turns 46", task.reason)
        self.assertIn("Send a card.", task.activity_id.note)

    @freeze_time("2026-05-02 08:00:00")
    def test_it_is_due_on_the_clock_of_the_customer(self):
        """CA-1: summer time included; without a zone that of the next in line."""
        self._create_rule(offset_number=0, catch_up_days=3, time_of_day=8.5)
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self.sally.tz = self.customer.tz = False
        person = self._born(5, 2)
        expected = [
            (person, "Europe/Berlin", "2026-05-02 06:30:00"),
            (self.customer, "America/New_York", "2026-05-02 12:30:00"),
            (self.customer, False, "2026-05-02 06:30:00"),
            (person, False, "2026-05-02 00:30:00"),
            (self.sally, "Asia/Kolkata", "2026-05-02 03:00:00"),
        ]
        for record, zone, due_at in expected:
            record.tz = zone
            task = self._run_night()
            self.assertEqual(str(task.due_at), due_at)
            task.unlink()

    def test_run_twice_and_on_every_day_it_comes_once_a_year(self):
        self._create_rule(offset_number=3, catch_up_days=3)
        self._born(5, 5)
        for day in (
            "2026-05-01",
            "2026-05-02",
            "2026-05-02",
            "2026-05-05",
            "2026-05-08",
        ):
            with freeze_time(f"{day} 10:00:00"):
                tasks = self._run_night()
        self.assertEqual(len(tasks), 1)
        with freeze_time("2027-05-04 10:00:00"):
            self.assertEqual(len(self._run_night()), 2)

    @freeze_time("2026-09-25 08:00:00")
    def test_a_lunar_birthday_by_the_lunar_calendar(self):
        """Mid-Autumn 2026 is on September 25."""
        self._create_rule(offset_number=0)
        self._born(8, 15, birth_calendar="lunar")
        self._born(8, 15)
        task = self._run_night()
        self.assertEqual(len(task), 1)
        self.assertIn("lunar birthday", task.reason)

    def test_lunar_leap_month_birthday_comes_once(self):
        self._create_rule(offset_number=0, catch_up_days=0)
        self._born(6, 1, birth_calendar="lunar", birth_leap_month=True)
        with freeze_time("2025-06-25 08:00:00"):  # the plain sixth month
            self.assertFalse(self._run_night())
        with freeze_time("2025-07-25 08:00:00"):  # the leap sixth month
            self.assertEqual(len(self._run_night()), 1)

    def test_february_29_by_the_rule(self):
        person = self._born(2, 29)
        for leap_day, day in (("february_28", "02-28"), ("march_1", "03-01")):
            rule = self._create_rule(
                offset_number=0, catch_up_days=0, leap_day=leap_day
            )
            with freeze_time(f"2027-{day} 08:00:00"):
                task = self._run_night().filtered(lambda t, r=rule: t.rule_id == r)
            self.assertEqual(task.person_id, person)
            rule.active = False

    @freeze_time("2026-05-07 08:00:00")
    def test_what_was_missed_is_caught_up_so_far_and_no_further(self):
        self._create_rule(catch_up_days=2)
        near, _far = self._born(5, 5), self._born(5, 4)
        self.assertEqual(self._run_night().person_id, near)

    @freeze_time("2026-05-05 08:00:00")
    def test_nothing_before_the_rule_starts(self):
        self._create_rule(start_date="2026-05-06")
        self._born(5, 5)
        self.assertFalse(self._run_night())

    @freeze_time("2026-05-05 08:00:00")
    def test_without_salesperson_the_stand_in_does_it(self):
        orphan = self._create_customer("Orphan")
        self._create_rule(user_id=self.rita.id)
        self._born(5, 5, orphan)
        self.assertEqual(self._run_night().user_id, self.rita)

    @freeze_time("2026-05-05 08:00:00")
    def test_a_task_for_nobody_waits_until_somebody_is_in_charge(self):
        orphan = self._create_customer("Orphan")
        self._create_rule()
        self._born(5, 5, orphan)
        task = self._run_night()
        self.assertFalse(task.activity_id)
        task.user_id = self.anna
        self._run_night()
        self.assertEqual(task.activity_id.user_id, self.anna)

    @freeze_time("2026-05-05 08:00:00")
    def test_archived_persons_and_unmanaged_customers_are_left_out(self):
        self._create_rule()
        self._born(5, 5).active = False
        contact = self.env["res.partner"].create({"name": "Supplier"})
        self._born(5, 5, contact)
        self.assertFalse(self._run_night())

    @freeze_time("2026-05-05 08:00:00")
    def test_doing_the_activity_is_doing_the_care(self):
        self._create_rule()
        self._born(5, 5)
        task = self._run_night()
        task.activity_id.with_user(self.sally).action_feedback("Called")
        self.assertEqual(task.state, "done")
        self.assertTrue(task.done_at)

    @freeze_time("2026-05-05 08:00:00")
    def test_doing_the_care_closes_the_activity(self):
        self._create_rule()
        self._born(5, 5)
        task = self._run_night()
        activity = task.activity_id
        task.with_user(self.sally).action_done()
        self.assertFalse(activity.active)
        self.assertEqual(task.state, "done")

    @freeze_time("2026-05-05 08:00:00")
    def test_a_deleted_activity_does_not_come_back(self):
        self._create_rule()
        self._born(5, 5)
        task = self._run_night()
        task.activity_id.unlink()
        self.assertEqual(task.state, "dropped")
        self._run_night()
        self.assertFalse(task.activity_id)

    @freeze_time("2026-05-05 08:00:00")
    def test_who_leaves_leaves_the_care_to_the_next_owner(self):
        self._create_rule()
        self._born(5, 5)
        task = self._run_night()
        owner, heir = self.sally, self.sam
        for leave in (
            lambda user: user.action_archive(),
            lambda user: user.write({"active": False}),
        ):
            self.assertEqual(task.activity_id.user_id, owner)
            self.customer.user_id = heir
            leave(owner)
            self.assertEqual((task.state, task.user_id), ("planned", heir))
            self._run_night()
            self.assertEqual(task.activity_id.user_id, heir)
            owner.active = True
            owner, heir = heir, owner

    @freeze_time("2026-05-05 08:00:00")
    def test_handing_over_the_task_hands_over_its_activity(self):
        self._create_rule()
        self._born(5, 5)
        task = self._run_night()
        task.user_id = self.sam
        self.assertEqual(task.activity_id.user_id, self.sam)

    @freeze_time("2026-05-05 08:00:00")
    def test_a_deleted_rule_takes_its_open_activities_along(self):
        rule = self._create_rule()
        self._born(5, 5)
        activity = self._run_night().activity_id
        rule.unlink()
        self.assertFalse(activity.exists())

    @freeze_time("2026-05-05 08:00:00")
    def test_preview_says_who_and_why_and_makes_nothing(self):
        rule = self._create_rule(start_date="2026-06-01")
        self._born(5, 5)
        answer = rule.preview()
        self.assertEqual(answer["count"], 1)
        self.assertEqual(answer["rows"][0]["new"], "Sally")
        self.assertIn("has a birthday", answer["rows"][0]["reason"])
        self.assertFalse(self.env["crm.care.task"].search([]))

    @freeze_time("2026-05-05 08:00:00")
    def test_tasks_are_seen_by_who_does_them_owners_and_managers(self):
        self._create_rule()
        self._born(5, 5)
        task = self._run_night()
        for user in (self.sally, self.max, self.rita):
            self.assertTrue(task.with_user(user).reason)
        with self.assertRaises(AccessError):
            task.with_user(self.sam).read(["reason"])

    @freeze_time("2026-05-05 08:00:00")
    def test_one_statement_makes_them_all(self):
        rule = self._create_rule()
        self._born(5, 5)
        rule._create_tasks()
        self._born(5, 5, self._create_customer("One"))
        few = self._count_statements(rule._create_tasks)
        for number in range(30):
            self._born(5, 5, self._create_customer(f"C{number}"))
        self.assertEqual(self._count_statements(rule._create_tasks), few)
        self.assertEqual(len(rule.task_ids), 32)

    @mute_logger("odoo.sql_db")
    def test_bad_rules_are_refused(self):
        with self.assertRefused("Who is to do it"):
            self._create_rule(executor="user")
        for days in (-1, 3661):
            with self.subTest(days), self.assertRaises(ValidationError):
                self._create_rule(offset_number=days)

    @freeze_time("2026-05-05 20:00:00")
    def test_the_day_is_local_to_the_company(self):
        """20:00 UTC on the 5th is the 6th in Shanghai."""
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self._create_rule(offset_number=0, catch_up_days=0)
        self._born(5, 5)
        person = self._born(5, 6)
        self.assertEqual(self._run_night().person_id, person)
