from odoo import fields
from odoo.tests import freeze_time, tagged

from .common.birthday import BirthdayCommon


@tagged("post_install", "-at_install")
class TestCareCorrected(BirthdayCommon):
    """CA-1: a yearly day that is corrected after the greeting."""

    def test_a_day_corrected_after_the_greeting_brings_no_second_one(self):
        """Whatever is corrected; the next year is greeted on the right day."""
        cases = {
            "another calendar": {"birth_calendar": "lunar"},
            "another day": {"birth_day": 20},
            "another month": {"birth_month": 7},
            "all of it": {
                **{"birth_calendar": "lunar", "birth_month": 6},
                **{"birth_day": 9, "birth_year": 1981},
            },
        }
        rule = self._create_rule(offset_number=0)
        for name, values in cases.items():
            with self.subTest(name):
                person = self._born(5, 5)
                profile = self._get_profile(person)
                self.assertGreeted(rule, person, profile, values)

    def test_a_family_day_corrected_after_the_greeting_brings_no_second_one(self):
        rule = self._create_rule(offset_number=0, trigger="family")
        person = self._born(1, 1)
        member = self.env["crm.person.family.member"].create(
            {
                "profile_id": self._get_profile(person).id,
                "name": "Child",
                "birth_month": 5,
                "birth_day": 5,
            }
        )
        self.assertGreeted(rule, person, member, {"birth_calendar": "lunar"})
        twin = member.copy({"name": "Twin", "birth_calendar": "solar"})
        with freeze_time("2027-05-05 10:00:00"):
            self._run_night()
        occasions = rule.task_ids.mapped("occasion")
        self.assertIn(f"family-{twin.id}-solar-2027", occasions)

    def test_an_anniversary_corrected_after_the_greeting_brings_no_second_one(self):
        rule = self._create_rule(offset_number=0, trigger="founded")
        for day in ("2010-08-01", "2011-01-02", "2010-12-31"):
            with self.subTest(day):
                customer = self._create_customer(day, user_id=self.sally.id)
                customer.founded_on = "2010-05-05"
                self.assertGreeted(rule, customer, customer, {"founded_on": day})

    def test_a_day_corrected_over_the_turn_of_the_year_is_not_greeted_again_soon(self):
        rule = self._create_rule(offset_number=0)
        person = self._born(12, 30)
        with freeze_time("2026-12-30 10:00:00"):
            self._run_night()
        profile = self._get_profile(person)
        profile.write({"birth_month": 1, "birth_day": 3})
        for moment in ("2027-01-03 10:00:00", "2028-01-03 10:00:00"):
            with freeze_time(moment):
                self._run_night()
        found = rule.task_ids.sorted("occasion_date").mapped("occasion")
        self.assertEqual(found, ["solar-2026", "solar-2028"])

    def test_who_goes_to_another_customer_after_the_greeting_gets_no_second_one(self):
        other = self._create_customer("Other", user_id=self.sam.id)
        freed = {"parent_id": False, "is_managed_customer": True}
        moves = {
            "another customer": ({"parent_id": other.id}, {}),
            "a customer of its own": (freed, {}),
            "and another day": ({"parent_id": other.id}, {"birth_day": 20}),
            "and calendar": ({"parent_id": other.id}, {"birth_calendar": "lunar"}),
        }
        rule = self._create_rule(offset_number=0)
        persons = {name: self._born(5, 5) for name in moves}
        with freeze_time("2026-05-05 10:00:00"):
            self._run_night()
            for name, (where, when) in moves.items():
                persons[name].write(where)
                self._get_profile(persons[name]).write(when)
            self.env.flush_all()
        for day in ("2026-05-06", "2026-05-12", "2026-06-19", "2027-05-05"):
            with freeze_time(f"{day} 10:00:00"):
                rule._create_tasks()
        for name, person in persons.items():
            with self.subTest(name):
                tasks = rule.task_ids.filtered(
                    lambda task, person=person: task.person_id == person
                )
                years = [task.occasion_date.year for task in tasks]
                self.assertEqual(years.count(2026), 1)

    def assertGreeted(self, rule, who, record, values):
        """Greeted on May 5, 2026, and then corrected: once in each of three years."""
        with freeze_time("2026-05-05 10:00:00"):
            self._run_night()
        record.write(values)
        self.env.flush_all()
        day = fields.Datetime.to_datetime("2026-05-07 10:00:00")
        while day < fields.Datetime.to_datetime("2029-02-15"):
            with freeze_time(day):
                rule._create_tasks()
            day = fields.Datetime.add(day, days=28)
        field = "partner_id" if who.is_managed_customer else "person_id"
        tasks = rule.task_ids.filtered(lambda task: task[field] == who)
        years = sorted(task.occasion_date.year for task in tasks if not task.is_gone)
        self.assertEqual([year for year in years if year < 2029], [2026, 2027, 2028])

    def _get_profile(self, person):
        return self.env["crm.person.profile"].search([("partner_id", "=", person.id)])

    def test_a_day_corrected_before_the_greeting_is_greeted_on_the_right_day(self):
        """What was planned for the wrong day, by the other calendar, counts not."""
        rule = self._create_rule(offset_number=0, plan_ahead_days=60)
        person = self._born(5, 1, birth_calendar="lunar")
        with freeze_time("2026-05-05 10:00:00"):
            self._run_night()
            self.assertEqual(rule.task_ids.mapped("occasion"), ["lunar-2026"])
            self._get_profile(person).write(
                {"birth_calendar": "solar", "birth_month": 5, "birth_day": 20}
            )
            self._run_night()
        planned = rule.task_ids.filtered(lambda task: task.state == "planned")
        self.assertEqual(planned.mapped("occasion"), ["solar-2026"])
