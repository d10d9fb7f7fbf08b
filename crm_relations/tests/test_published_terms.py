"""Terms of months and days of a calendar, as laws and bug reports of others tell them.

Sources: sections 187 and 188 of the German Civil Code (what begins on a day ends the
day before that day of the month; where there is none, on its last day); securo 67,
NPSP 2686, poka-ce 27 and huddlz 274 (what begins on the 31st drifts); the calendars of
the Hong Kong Observatory (Laba of the lunar years 2025 to 2028). Facts only.
"""

from datetime import date

from odoo.fields import Command
from odoo.tests import BaseCase, freeze_time, tagged

from ..tools.terms import get_end_of_term, get_length
from .common.account_plan import AccountPlanCommon
from .common.care_rule import CareRuleCommon
from .common.club import ClubCommon

# First day, months, last day.
TERMS = (
    ("2026-01-31", 1, "2026-02-28"),
    ("2028-01-31", 1, "2028-02-29"),
    ("2026-01-29", 1, "2026-02-28"),
    ("2026-01-28", 1, "2026-02-27"),
    ("2026-02-28", 1, "2026-03-27"),
    ("2026-03-01", 12, "2027-02-28"),
    ("2027-03-01", 12, "2028-02-29"),
    ("2028-02-29", 12, "2029-02-28"),
    ("2028-02-29", 48, "2032-02-28"),
    ("2025-11-30", 3, "2026-02-28"),
    ("2026-08-31", 6, "2027-02-28"),
    ("2026-10-31", 1, "2026-11-30"),
    ("2026-01-01", 12, "2026-12-31"),
)


@tagged("post_install", "-at_install")
class TestPublishedTerms(BaseCase):
    def test_terms(self):
        for first, months, last in TERMS:
            with self.subTest(first=first, months=months):
                days = map(date.fromisoformat, (first, last))
                self.assertEqual(get_end_of_term(next(days), months), next(days))

    def test_terms_that_follow_each_other_leave_no_day_out(self):
        day = start = date(2026, 1, 31)
        for _month in range(48):
            day = get_end_of_term(day, 1)
            day = date.fromordinal(day.toordinal() + 1)
        self.assertEqual(day, date(start.year + 4, 2, 1))

    def test_a_term_is_as_long_as_its_months(self):
        for first, months, last in TERMS:
            with self.subTest(first=first, months=months):
                length = get_length(*map(date.fromisoformat, (first, last)))
                self.assertEqual(12 * length.years + length.months, months)
                self.assertEqual(length.days, 0)


@tagged("post_install", "-at_install")
class TestPublishedTermsOfMembers(ClubCommon):
    def test_who_joins_at_the_end_of_a_month_is_a_member_as_long_as_others(self):
        for day, months, last, renewed in (
            ("2028-02-29", 12, "2029-02-28", "2030-02-28"),
            ("2026-01-31", 1, "2026-02-28", "2026-03-31"),
            ("2026-08-31", 6, "2027-02-28", "2027-08-31"),
        ):
            with self.subTest(day=day):
                self.club.valid_months = months
                with freeze_time(f"{day} 10:00:00"):
                    member = self._join(self._create_customer(f"Of {day}"))
                self.assertEqual(str(member.valid_until), last)
                member.action_renew()
                self.assertEqual(str(member.valid_until), renewed)

    @freeze_time("2028-02-29 10:00:00")
    def test_a_preview_of_the_coming_year_has_all_its_days(self):
        rule = self.env["crm.earning.rule"].create(
            {"name": "Birthday", "club_id": self.club.id, "kind": "birthday"}
        )
        days = date(2028, 2, 29), date(2029, 2, 28)
        self.assertEqual(rule._get_preview_days(), days)


@tagged("post_install", "-at_install")
class TestPublishedTermsOfPlans(AccountPlanCommon):
    def test_the_plan_after_a_year_from_a_leap_day_is_one_of_a_year(self):
        plan = self._write_plan(
            date_start="2028-02-29",
            date_end="2029-02-28",
            milestone_ids=[Command.create({"name": "First", "due": "2028-02-29"})],
            action_ids=[Command.create({"name": "Last", "due": "2029-02-28"})],
        )
        copy = plan.copy()
        period = copy.date_start, copy.date_end
        self.assertEqual(period, (date(2029, 3, 1), date(2030, 2, 28)))
        self.assertEqual(copy.milestone_ids.due, date(2029, 3, 1))
        self.assertEqual(copy.action_ids.due, date(2030, 2, 28))

    def test_quarters_from_the_end_of_a_month_end_with_a_month(self):
        days = self.env["crm.account.plan.review"]._get_days(
            date(2025, 11, 30), date(2026, 11, 29)
        )
        quarters = [f"2026-{day}" for day in ("02-28", "05-29", "08-29", "11-29")]
        self.assertEqual(list(map(str, days)), quarters)


@tagged("post_install", "-at_install")
class TestPublishedLunarDays(CareRuleCommon):
    def test_a_lunar_day_of_one_year_is_of_the_lunar_year(self):
        """Laba of 2026 is on 15 January 2027, that of 2025 on 26 January 2026."""
        laba = {"name": "Laba", "calendar": "lunar", "month": 12, "day": 8}
        rule = self._create_care_rule(
            "own_date",
            date_ids=[Command.create({**laba, "year": 2026})],
            plan_ahead_days=0,
        )
        for day, count in (("2026-01-26", 0), ("2027-01-15", 1), ("2028-01-04", 1)):
            with freeze_time(f"{day} 10:00:00"):
                rule._create_tasks()
            tasks = rule.task_ids.filtered(lambda one: one.partner_id == self.customer)
            self.assertEqual(len(tasks), count, day)
