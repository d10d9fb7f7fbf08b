"""Edges of clubs: whose day it is, what a merge keeps, what a night leaves."""

from contextlib import contextmanager
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.tests import freeze_time, tagged

from .common.club import ClubCommon


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

    def test_points_of_a_closed_company_end_no_night_late(self):
        self.far.pending_days = 1
        with freeze_time("2026-05-05 20:00:00"):
            card = self._join(self.customer, self.far).card_id
            card._earn(10, "order", "Test")
        self.hawaii.active = False
        with freeze_time("2026-05-06 05:00:00"):  # the 5th still where it was
            self._run("points_due")
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
