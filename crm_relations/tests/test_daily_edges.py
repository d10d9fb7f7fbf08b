"""Edges of what is done each day: whose day it is, who is there, what goes on."""

from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common.callback import CallbackCommon
from .common.care import NOW
from .common.club import ClubCommon
from .common.giving import GivingCommon
from .common.referral import ReferralCommon
from .common.relations import RelationsCommon


@tagged("post_install", "-at_install")
class TestClubEdges(ClubCommon):
    """The first company lives in Shanghai, a club in Hawaii, 18 hours behind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        default = cls.env["res.company"]._get_relations_default()
        default.resource_calendar_id.tz = "Asia/Shanghai"
        cls.hawaii = cls.env["res.company"].create({"name": "Hawaii"})
        cls.hawaii.resource_calendar_id.tz = "Pacific/Honolulu"
        cls.far = cls._create_club(
            "Surfers", company_id=cls.hawaii.id, expiry="months", expiry_months=12
        )

    def _merge(self, partners, kept):
        self.env["base.partner.merge.automatic.wizard"]._merge(
            partners.ids, kept, extra_checks=False
        )
        self.env.invalidate_all()

    def test_points_last_until_their_last_day_is_over_where_the_club_is(self):
        with freeze_time("2026-05-05 20:00:00"):
            card = self._join(self.customer, self.far).card_id
            card._earn(10, "hand", "Test")
        [lot] = self.env["loyalty.history"].search([("card_id", "=", card.id)])
        last = lot.expires_on
        with freeze_time(f"{last} 20:00:00"):  # the next day in Shanghai
            self.assertEqual(self.far._get_today(), last)
            card._bring_up_to_date()
            self._run("points_due")
            self.assertEqual(card.points, 10)
        with freeze_time(f"{last} 20:00:00") as clock:
            clock.tick(86400)
            self._run("points_due")
            self.assertEqual(card.points, 0)

    def _run(self, job):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(f"crm_relations.ir_cron_{job}").method_direct_trigger()
        self.env.invalidate_all()

    def _interrupt_once(self, model, method):
        """Let somebody else be in the way of the first call; return the calls."""
        cls, calls = type(self.env[model]), []
        original = getattr(cls, method)

        def call(records, *args):
            calls.append(records.ids)
            if len(calls) == 1:
                raise SerializationFailure
            return original(records, *args)

        self.startPatcher(patch.object(cls, method, call))
        return calls

    def test_points_that_met_another_change_lapse_the_same_night(self):
        self.club.write({"expiry": "months", "expiry_months": 12})
        with freeze_time("2026-05-05 10:00:00"):
            card = self._join(self.customer).card_id
            card._earn(10, "hand", "Test")
        calls = self._interrupt_once("loyalty.card", "_let_due")
        with freeze_time("2028-05-05 10:00:00"):
            self._run("points_due")
        self.assertGreater(len(calls), 1)
        self.assertEqual(card.points, 0)

    def test_points_that_met_another_change_are_compared_the_same_night(self):
        calls = self._interrupt_once("crm.club.point.difference", "_check_cards")
        self._run("club_check")
        self.assertEqual(len(calls), 2)

    def test_what_a_night_has_no_time_for_goes_on_at_once(self):
        self.club.write({"expiry": "months", "expiry_months": 12})
        with freeze_time("2026-05-05 10:00:00"):
            self._join(self.customer).card_id._earn(10, "hand", "Test")
        with freeze_time("2028-05-05 10:00:00"), self._without_time() as left:
            self.env["loyalty.card"]._cron_points_due()
        self.assertEqual(left, [1])

    @contextmanager
    def _without_time(self):
        """The time of a job is over as soon as it asks; give what it says is left."""
        left = []

        def commit(_jobs, _processed=0, remaining=None):
            left.append(remaining)
            return 0

        with patch.object(type(self.env["ir.cron"]), "_commit_progress", commit):
            yield left

    def test_what_ends_by_its_day_goes_on_at_once(self):
        grants = self.env["crm.not.now"]
        with (
            patch.object(type(grants), "_end_due", lambda *_args: 1),
            self._without_time() as left,
        ):
            grants._end_all_due()
        self.assertEqual(left, [1])

    def test_earning_by_the_calendar_goes_on_at_once(self):
        rules = self.env["crm.earning.rule"]
        rules.search([]).unlink()
        rules.create({"name": "Birthday", "club_id": self.club.id, "kind": "birthday"})
        with (
            patch.object(type(rules), "_get_due", lambda _rule: [(1, "key")]),
            patch.object(type(rules), "_give_due", lambda *_args: None),
            self._without_time() as left,
        ):
            rules._cron_earn()
        self.assertEqual(left, [1])

    def test_points_ripen_on_the_day_of_their_club(self):
        self.far.pending_days = 1
        with freeze_time("2026-05-05 20:00:00"):
            card = self._join(self.customer, self.far).card_id
            card._earn(10, "order", "Test")
            lot = self.env["loyalty.history"].search([("card_id", "=", card.id)])
            self.assertEqual(str(lot.pending_until), "2026-05-06")
            card._bring_up_to_date()
            self.assertEqual(card.points, 0)
        with freeze_time("2026-05-06 20:00:00"):
            card._bring_up_to_date()
            self.assertEqual(card.points, 10)

    def test_a_level_by_hand_holds_on_the_last_day_of_its_club(self):
        with freeze_time("2026-05-05 20:00:00"):
            member = self._join(self.customer, self.far)
            level = self.far.level_ids[-1:]
            user = self.env.user
            user.tz = "Asia/Shanghai"
            member.set_level(level.id, "2026-05-05", "Today still")
            self.assertEqual(member.level_id, level)

    def test_merged_members_keep_what_was_given_to_either(self):
        other = self._create_customer("Ada again", user_id=self.sally.id)
        with freeze_time("2026-01-05"):
            older = self._join(other)
        with freeze_time("2026-02-05"):
            self.club.valid_months = 24
            older.valid_until = "2026-12-31"
            younger = self._join(self.customer)
        younger.kept_level_id = self.silver
        younger.set_level(self.gold.id, "2099-01-01", "Promised")
        self._merge(self.customer | other, self.customer)
        self.assertEqual((older.state, younger.state), ("active", "ended"))
        self.assertEqual(older.kept_level_id, self.silver)
        self.assertEqual(older.manual_level_id, self.gold)
        self.assertEqual(str(older.manual_until), "2099-01-01")
        self.assertEqual(older.manual_reason, "Promised")
        self.assertEqual(str(older.valid_until), "2028-02-04")
        self.club.action_decide_levels()
        self.assertEqual(older.level_id, self.gold)

    def test_merged_members_one_without_an_end_do_not_end(self):
        other = self._create_customer("Ada again", user_id=self.sally.id)
        older = self._join(other)
        older.valid_until = "2027-01-01"
        self._join(self.customer)
        self._merge(self.customer | other, self.customer)
        self.assertFalse(older.valid_until)


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
        self._create_call(deadline_at=now - timedelta(hours=1))
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
