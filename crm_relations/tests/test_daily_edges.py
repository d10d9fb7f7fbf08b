"""Edges of what is done each day: whose day it is, who is there, what goes on."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common.callback import CallbackCommon
from .common.care import NOW
from .common.giving import GivingCommon
from .common.referral import ReferralCommon
from .common.relations import RelationsCommon
from .common.work_report import WorkReportCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestArchivedOnMyDay(GivingCommon):
    def _count(self, user=None):
        self.env.flush_all()
        return self._get_cards(user or self.sally)

    def test_nothing_is_to_be_given_to_who_is_archived(self):
        self._plan()
        self._plan(self.vase, reason="Opening").ask()
        kind = self.env["crm.favour.kind"].search([], limit=1)
        self.env["crm.favour"].with_user(self.sally).create(
            {
                "partner_id": self.acme.id,
                "name": "Help",
                "direction": "received",
                "kind_id": kind.id,
                "date": fields.Date.add(self.today, days=-1000),
            }
        )
        self.assertIn("gift_give", self._count())
        self.assertIn("favour_return", self._count())
        self.assertIn("gift_approve", self._count(self.max))
        self.acme.active = False
        self.assertNotIn("gift_give", self._count())
        self.assertNotIn("favour_return", self._count())
        self.assertNotIn("gift_approve", self._count(self.max))

    def test_care_of_who_is_archived_is_not_to_be_done(self):
        rule = self._create_rule()
        self._create_task(rule, state="open")
        self._create_task(rule, state="planned")
        before = self._count()
        self.assertTrue(before["care"])
        self.customer.active = False
        after = self._count()
        self.assertFalse(after["care"])
        self.assertFalse(after["care_week"])

    def test_nobody_decides_on_the_archive_of_who_is_archived(self):
        self.env["crm.archive.proposal"].with_user(self.sam).create(
            {"partner_id": self.acme.id, "field_name": "phone", "new_value": "1"}
        )
        self.assertIn("proposals", self._count())
        self.acme.active = False
        self.assertNotIn("proposals", self._count())


@tagged("post_install", "-at_install")
class TestClocks(GivingCommon):
    def test_what_care_falls_due_today_goes_by_the_clock_of_who_looks(self):
        self.company.resource_calendar_id.tz = "Pacific/Honolulu"
        self.sally.tz = "Asia/Shanghai"
        rule = self._create_rule()
        with freeze_time("2026-05-05 01:00:00"):  # nine o'clock on the 5th for Sally
            self._create_task(
                rule,
                due_at="2026-05-06 03:00:00",
                occasion_date="2026-05-10",
                deadline_at="2026-05-06 03:00:00",
                state="open",
            )
            self.assertFalse(self._get_cards(self.sally)["care"])

    @freeze_time("2026-12-31 20:00:00")  # New Year's Day in Shanghai
    def test_sales_of_the_year_are_those_that_they_open(self):
        default = self.env["res.company"]._get_relations_default()
        default.resource_calendar_id.tz = "UTC"
        other = self.env["res.company"].create({"name": "Shanghai"})
        other.resource_calendar_id.tz = "Asia/Shanghai"
        self._create_order(self.acme, 100, days_ago=2)
        self.env.flush_all()
        there = self.acme.with_company(other)
        self.assertEqual(there.sales_this_year, self.acme.sales_this_year)
        self.assertEqual(there.sales_this_year, 100)

    @freeze_time("2026-05-05 20:00:00")  # the 6th in Shanghai
    def test_a_tier_by_hand_holds_on_the_last_day_of_its_customer(self):
        self.max.tz = "Asia/Shanghai"
        self.acme.with_user(self.max).set_tier(self.tier_a.id, "2026-05-05", "Today")
        self.assertEqual(self.acme.tier_id, self.tier_a)

    @freeze_time("2026-05-05 20:00:00")
    def test_a_tier_by_hand_does_not_end_before_it_begins(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self.max.tz = "UTC"
        with self.assertRaises(ValidationError):
            self.acme.with_user(self.max).set_tier(
                self.tier_a.id, "2026-05-05", "It is the 6th where Acme is"
            )


@tagged("post_install", "-at_install")
class TestReferralNight(ReferralCommon):
    def test_referrals_that_a_night_has_no_time_for_are_settled_at_once(self):
        self._refer(self.new)
        left = []

        def commit(_jobs, _processed=0, remaining=None):
            left.append(remaining)
            return 0

        with patch.object(type(self.env["ir.cron"]), "_commit_progress", commit):
            self.env["crm.referral"]._cron_settle()
        self.assertEqual(left, [1])


@tagged("post_install", "-at_install")
class TestArchivedCalls(CallbackCommon):
    def test_nobody_calls_who_is_archived(self):
        now = fields.Datetime.now()
        self._create_person(self.customer, "Ann").phone = "139 0013 9000"
        self._create_call(
            due_at=now - timedelta(hours=2), deadline_at=now - timedelta(hours=1)
        )
        self._create_call(agent_id=self.ben.id)
        day = self.env["crm.my.day"].with_user(self.ben)

        def count():
            self.env.flush_all()
            columns = day.get_day()["columns"]
            cards = [card for column in columns for card in column["cards"]]
            return {
                card["key"]: card["count"]
                for card in cards
                if card["key"].startswith("callback") and card["count"]
            }

        self.assertTrue(count())
        self.customer.active = False
        self.assertFalse(count())


@tagged("post_install", "-at_install")
class TestWorkInABranch(WorkReportCommon):
    def test_a_branch_counts_what_it_does_for_customers_of_its_company(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        self.sally.write({"company_ids": [(4, branch.id)]})
        self.tier_a.contact_interval_days = 7
        customer = self._create_customer(
            "Of the Company",
            company_id=self.company.id,
            user_id=self.sally.id,
            tier_id=self.tier_a.id,
        )
        self._age_ownership(customer, 60)
        self._create_followup(customer, 60, user_id=self.sally.id)
        self._create_order(customer, 100, days_ago=0, user_id=self.sally.id)
        today = self.company._get_relations_today()
        days = (today - timedelta(days=90), today)
        self.env.flush_all()
        room = self.reports.with_user(self.sally)
        here, there = (
            room.with_company(company).get_figures(self.sally.id, *days)
            for company in (self.company, branch)
        )
        self.assertTrue(here["open"]["contact_due"])
        self.assertEqual(there["open"], here["open"])
        self.assertTrue(here["kinds"])
        self.assertEqual(there["kinds"], here["kinds"])
        self.assertTrue(here["work"]["order_count"])
        self.assertFalse(there["work"]["order_count"])


@tagged("post_install", "-at_install")
class TestFollowupEdges(RelationsCommon):
    @freeze_time("2026-05-05 01:00:00")  # nine o'clock on the 5th for Sally
    def test_who_came_this_morning_is_here_by_the_clock_of_who_looks(self):
        self.company.resource_calendar_id.tz = "Pacific/Honolulu"
        self.sally.tz = "Asia/Shanghai"
        customer = self._create_customer("Visitor", user_id=self.sally.id)
        receptions = self.env["crm.reception"].with_user(self.sally)
        first = receptions.create({"partner_id": customer.id})
        again = receptions.new({"partner_id": customer.id})
        self.assertEqual(again.present_id, first)

    @freeze_time("2026-05-08 10:00:00")  # a Friday
    def test_a_line_opens_nothing_after_the_end_of_its_target(self):
        target = self.env["crm.followup.target"].create(
            {
                "name": "Calls",
                "goal": 5,
                "period": "week",
                "measure": "followups",
                "user_id": self.sally.id,
                "start_date": "2026-05-04",
                "end_date": "2026-05-06",
            }
        )
        customer = self._create_customer("Visitor", user_id=self.sally.id)
        for days in (1, 2, 3):
            self._create_followup(customer, days, user_id=self.sally.id)
        self.env.flush_all()
        lines = self.env["crm.target.result"].search([("target_id", "=", target.id)])
        action = lines[:1].action_open_followups()
        found = self.env["crm.followup"].search(action["domain"])
        self.assertEqual(len(found), lines[:1].achieved)
        self.assertEqual(len(found), 2)
