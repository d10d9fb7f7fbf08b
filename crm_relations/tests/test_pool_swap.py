from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common.claim import ClaimCommon


@tagged("post_install", "-at_install")
class TestPoolSwap(ClaimCommon):
    """PO-8: at the cap, one is taken and one given up, in one step."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quota = cls._create_quota(1)
        cls.own = cls._create_customer("Own", user_id=cls.sally.id)

    def assertSwap(self, code, give_up_id, user=None):
        before = self.one.user_id, self.own.user_id
        [answer] = self.one.with_user(user or self.sally).pool_swap(give_up_id)
        self.assertEqual((answer["id"], answer["code"]), (self.one.id, code))
        self.assertTrue(answer["message"])
        if code != "ok":
            self.assertEqual((self.one.user_id, self.own.user_id), before)

    def test_one_comes_and_one_goes(self):
        self.assertClaim(self.one, ["cap_reached"])
        self.assertSwap("ok", self.own.id)
        self.assertEqual(self.one.user_id, self.sally)
        self.assertFalse(self.own.user_id)
        self.assertEqual(self.own.pool_id, self.pool)
        self.assertEqual(self._get_held(self.sally, self.quota), 1)
        lines = (self.one | self.own).ownership_change_ids.filtered("batch_id")
        self.assertEqual(lines.mapped("kind"), ["swap", "swap"])
        self.assertEqual(len(lines.batch_id), 1)
        self.assertTrue(all(lines.mapped("reason")))
        self.assertCounted()

    def test_only_an_own_customer_is_given_up(self):
        theirs = self._create_customer("Theirs", user_id=self.sam.id)
        gone = self._create_customer("Gone")
        gone_id = gone.id
        gone.unlink()
        self.assertSwap("no_right", theirs.id)
        self.assertSwap("no_right", self.two.id)
        self.assertSwap("missing", gone_id)
        self.assertSwap("blocked", self.one.id)
        self.assertSwap("blocked", False)
        self.assertEqual(theirs.user_id, self.sam)

    def test_what_stands_against_a_claim_stands_against_a_swap(self):
        self.pool.freeze_hours = 48
        self.assertSwap("frozen", self.own.id)
        self.pool.freeze_hours = 0
        self._create_quota(claims_per_day=1)
        self.own.user_id = self.sam
        self.quota.max_customers = 2
        self.assertClaim(self.two, ["ok"])
        self.assertSwap("daily_limit", self.two.id)

    def test_a_light_one_makes_no_room_for_a_heavy_one(self):
        self.tier_a.holding_weight = 2
        self.one.tier_id = self.tier_a
        self.assertSwap("cap_reached", self.own.id)

    def test_suggestions_begin_with_the_least_valuable_longest_silent(self):
        self.quota.max_customers = 9
        silent = self._create_customer("Silent", user_id=self.sally.id)
        never = self._create_customer("Never", user_id=self.sally.id)
        self._age_ownership(never, 300)
        self._age_ownership(silent, 100)
        for customer, days in ((self.own, 3), (silent, 90)):
            self._create_followup(customer, days)
        rich = self._create_customer("Rich", user_id=self.sally.id)
        self._create_order(rich, 500)
        suggestions = self.one.with_user(self.sally).get_swap_suggestions()
        self.assertEqual(
            [suggestion["name"] for suggestion in suggestions],
            ["Never", "Silent", "Own", "Rich"],
        )
        self.assertIn("90", suggestions[1]["silent"])

    def test_suggestions_make_room(self):
        """Of another quota, or lighter than the one wanted, none helps."""
        self._create_quota(5, tier_ids=self.tier_b.ids)
        other = self._create_customer("Other", user_id=self.sally.id)
        other.tier_id = self.tier_b
        suggestions = self.one.with_user(self.sally).get_swap_suggestions()
        self.assertEqual([s["id"] for s in suggestions], self.own.ids)

    def test_the_banner_tells_where_one_stands(self):
        self._create_quota(claims_per_day=3, claims_per_week=5)
        self.quota.max_customers = 100
        self.assertClaim(self.two, ["ok"])
        self.own.pool_release_date = fields.Date.today() + timedelta(days=2)
        standing = self.env["res.partner"].with_user(self.sally).get_pool_standing()
        self.assertIn("at most 100 customers", standing.pop("sentence"))
        self.assertEqual(
            standing,
            {
                "held": 2,
                "cap": 100,
                "claims_left_today": 2,
                "claims_left_week": 4,
                "leaving_this_week": 1,
            },
        )

    def test_without_quotas_nothing_is_limited(self):
        self.quota.active = False
        standing = self.env["res.partner"].with_user(self.sally).get_pool_standing()
        self.assertEqual(standing["held"], 1)
        self.assertIs(standing["cap"], False)
        self.assertIs(standing["claims_left_today"], False)
