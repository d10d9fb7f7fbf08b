from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common.club import ClubCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestClubLevels(ClubCommon):
    """CL-3: what was earned in the period decides the level."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2024-06-15 10:00:00"):
            cls.member = cls._join(cls.customer)

    def _run(self, day="2026-03-02"):
        with freeze_time(f"{day} 10:00:00"):
            return self.club._run_queue()

    def assertLevel(self, level, until=None):
        self.env.invalidate_all()
        self.assertEqual(self.member.level_id, level)
        self.assertEqual(str(self.member.level_until or ""), until or "")

    def _be(self, level):
        self.member.level_id = level
        self.env.flush_all()

    def test_a_member_goes_up_at_once_as_far_as_it_earned(self):
        self._qualify(self.member, 500)
        self.assertEqual(self._run(), 1)
        self.assertLevel(self.gold)
        self.assertEqual(self.member.qualifying, 500)
        self.assertEqual(str(self.member.level_since), "2026-03-02")
        change = self.member.change_ids[:1]
        self.assertEqual(change.kind, "up")
        self.assertEqual(change.old_level_id, self.basic)
        self.assertEqual(change.new_level_id, self.gold)
        self.assertIn("500 club points", change.reason)
        self.assertEqual(self._run(), 0)

    def test_a_level_begins_at_its_value_exactly(self):
        self._qualify(self.member, 99.99)
        self._run()
        self.assertLevel(self.basic)
        self._qualify(self.member, 0.01)
        self._run()
        self.assertLevel(self.silver)

    def test_a_level_without_a_value_is_the_one_of_every_member(self):
        club = self.env["crm.club"].create({"name": "Club"})
        levels = self.env["crm.club.level"].create(
            [
                {"club_id": club.id, "name": "All"},
                {"club_id": club.id, "name": "Best", "threshold": 500},
            ]
        )
        member = self._join(self.person, club)
        self.assertEqual(member.level_id, levels[0])
        self._qualify(member, 500)
        club._run_queue()
        self.assertEqual(member.level_id, levels[1])

    def test_the_last_12_months_count(self):
        self._qualify(self.member, 100, "2025-03-02")  # a year ago: just over
        self._qualify(self.member, 60, "2025-03-03")
        self._run()
        self.assertEqual(self.member.qualifying, 60)
        self.assertLevel(self.basic)

    def test_of_calendar_years_the_better_of_two_counts(self):
        self.club.qualify_period = "calendar"
        self._qualify(self.member, 120, "2025-12-31")
        self._qualify(self.member, 30, "2026-01-01")
        self._qualify(self.member, 900, "2024-12-31")
        self._run()
        self.assertEqual(self.member.qualifying, 120)
        self.assertLevel(self.silver)
        self.assertIn("Dec 31, 2025", self.member.change_ids[:1].reason)

    def test_of_years_of_membership_the_better_of_two_counts(self):
        self.club.qualify_period = "membership"  # begins on June 15
        self._qualify(self.member, 40, "2025-06-15")
        self._qualify(self.member, 110, "2025-06-14")
        self._run()
        self.assertEqual(self.member.qualifying, 110)

    def test_grace_keeps_a_level_until_its_day_or_for_good(self):
        self.club.write({"grace_days": 30, "step_down": "all"})
        self._be(self.gold)
        self._run()
        self.assertLevel(self.gold, "2026-04-01")
        self._run("2026-03-31")
        self.assertLevel(self.gold, "2026-04-01")
        self._run("2026-04-01")
        self.assertLevel(self.basic)
        self._be(self.gold)
        self._run()
        self._qualify(self.member, 500)
        self._run("2026-03-20")
        self.assertLevel(self.gold)

    def test_one_step_down_is_kept_for_a_year(self):
        self._be(self.gold)
        self._run()
        self.assertLevel(self.silver, "2027-03-02")
        self.assertIn("one level at a time", self.member.change_ids[:1].reason)
        self._run("2027-03-01")
        self.assertLevel(self.silver, "2027-03-02")
        self._run("2027-03-02")
        self.assertLevel(self.basic)

    def test_a_level_kept_for_good_is_a_floor_once_reached(self):
        self.silver.is_kept = True
        self._qualify(self.member, 100, "2025-03-03")
        self._run()
        self.assertEqual(self.member.kept_level_id, self.silver)
        self._run("2029-01-01")
        self.assertLevel(self.silver)
        self._run("2029-06-01")
        self.assertLevel(self.silver)

    def test_a_level_by_hand_is_a_floor_until_its_end(self):
        member = self.member.with_user(self.max)
        member.set_level(self.gold.id, "2026-06-30", "Founding member")
        self.assertLevel(self.gold)
        self.assertIn("Founding member", str(self.member.change_ids.mapped("reason")))
        self._run("2026-06-30")
        self.assertLevel(self.gold)
        self.club.grace_days = 30
        self._run("2026-07-01")
        self.assertLevel(self.basic)
        self.assertEqual(self.member.change_ids[:1].kind, "hand_end")
        self.assertFalse(self.member.manual_level_id or self.member.manual_reason)

    def test_only_leaders_set_a_level_with_reason_and_end(self):
        for user in (self.sally, self.anna, self.carl):
            with self.assertRaises(AccessError):
                self.member.with_user(user).set_level(self.gold.id, "2026-06-30", "x")
        self.customer.user_id = self.sam
        with self.assertRaises(AccessError):  # the team of nobody he leads
            self.member.with_user(self.max).set_level(self.gold.id, "2026-06-30", "x")
        rita = self.member.with_user(self.rita)
        other = self._create_club("Other").level_ids[-1:]
        for wrong in (
            (self.gold.id, "2026-03-01", "x"),
            (self.gold.id, "2026-06-30", " "),
            (other.id, "2026-06-30", "x"),
            (None, None, ""),
        ):
            with self.assertRaises(ValidationError):
                rita.set_level(*wrong)

    def test_net_sales_of_the_customer_count_where_the_club_says_so(self):
        self.club.qualify_by = "spend"
        self._create_order(self.customer, 300, days_ago=10)
        self._create_order(self.person, 250, days_ago=20)
        self._create_order(self._create_customer("Other"), 900)
        self._run()
        self.assertEqual(self.member.qualifying, 550)
        self.assertLevel(self.gold)

    def test_the_preview_shows_what_the_run_does_and_writes_nothing(self):
        self._qualify(self.member, 100)
        preview = self.club.with_user(self.rita).preview()
        self.assertEqual((preview["count"], preview["judged"]), (1, 1))
        [row] = preview["rows"]
        self.assertEqual(row["id"], self.customer.id)
        self.assertEqual((row["old"], row["new"]), ("Basic", "Silver"))
        self.assertLevel(self.basic)
        self.club.with_user(self.rita).action_preview()
        self.assertEqual(self._run(), preview["count"])
        with self.assertRaises(AccessError):
            self.club.with_user(self.sally).preview()

    def test_suspended_and_invited_ones_are_left_alone(self):
        self._qualify(self.member, 500)
        self.member.action_suspend()
        self.assertEqual(self._run(), 0)
        self.assertLevel(self.basic)

    def test_only_active_members_are_judged(self):
        other = self._join(self._create_customer("Other"))
        self.assertEqual(self.club._count_judged(), 2)
        other.action_suspend()
        self.assertEqual(self.club._count_judged(), 1)

    def test_a_membership_ends_the_night_after_its_last_day(self):
        self.member.valid_until = "2026-03-01"
        other = self._join(self.person)
        other.valid_until = "2026-03-02"
        self.assertEqual(self.club._end_overdue(), 1)
        self.assertEqual((self.member.state, other.state), ("ended", "active"))
        self.assertFalse(self.member.card_id.active)
        self.assertIn("has not been renewed", self.member.change_ids[:1].reason)
        self.assertEqual(self.club._end_overdue(), 0)

    def test_a_suspended_member_comes_to_its_end_as_well(self):
        self.member.with_user(self.sally).action_suspend()
        self.member.valid_until = "2026-03-01"
        self.assertEqual(self.club._end_overdue(), 1)
        self.assertEqual(self.member.state, "ended")

    def test_what_was_earned_today_counts(self):
        self._qualify(self.member, 500, day="2026-03-02")
        self._run()
        self.assertLevel(self.gold)

    def test_the_night_needs_the_same_statements_for_many_as_for_few(self):
        members = self._join(self._create_customers(60))
        for member in members[:20]:
            self._qualify(member, 600)
        self._run()  # what is read once is known
        counts = []
        for some in (members[20:23], members[23:]):
            for member in some:
                self._qualify(member, 600)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(self._run(), len(some))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_only_administrators_run_it_by_hand(self):
        self._qualify(self.member, 100)
        with self.assertRaises(AccessError):
            self.club.with_user(self.rita).action_decide_levels()
        self.club.with_user(self.adam).action_decide_levels()
        self.assertLevel(self.silver)

    def test_the_dialog_sets_the_level_of_several(self):
        members = self.member | self._join(self.person)
        wizard = self.env["crm.club.level.wizard"].with_user(self.max)
        wizard = wizard.create(
            {
                "membership_ids": members.ids,
                "level_id": self.silver.id,
                "reason": "Campaign",
            }
        )
        wizard.action_apply()
        self.assertEqual(members.level_id, self.silver)
        members[:1].with_user(self.max).action_end()
        with self.assertRaises(UserError):
            members.with_user(self.max).set_level(self.gold.id, wizard.until, "x")

    def test_what_waits_can_be_spent_from_its_day_on(self):
        line = self.member.card_id._earn(7, "hand", "Later")
        line.write({"is_pending": True, "pending_until": "2026-03-02"})
        self.member.card_id._put_ledger_points()
        for day, waits in (("2026-03-01", True), ("2026-03-02", False)):
            with freeze_time(f"{day} 10:00:00"):
                self.member.card_id._ripen()
            with self.subTest(day):
                self.assertIs(line.is_pending, waits)

    def test_the_pricelist_of_a_level_is_offered_to_who_may_give_it(self):
        self.basic.pricelist_id = self.env["product.pricelist"].create({"name": "P"})
        self._be(self.basic)
        for user, offered in (
            *((self.rita, True), (self.carl, False)),
            (self.anna, False),  # who may not write the customer either
        ):
            member = self.member.with_user(user)
            with self.subTest(user.name):
                self.assertIs(member.offers_pricelist, offered)
