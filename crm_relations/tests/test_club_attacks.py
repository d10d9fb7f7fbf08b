"""CL-2: ways round the ledger that an order, a card and a program offer."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common.relations import RelationsCommon


@tagged("post_install", "-at_install")
class TestClubAttacks(RelationsCommon):
    """A member with 300 points; the reward costs 200, and points of orders wait."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.club = cls.env["crm.club"].create({"name": "Club", "pending_days": 14})
        cls.program = cls.club.program_id
        cls.reward = cls.program.reward_ids[:1]
        cls.member, cls.other = (
            cls._create_customer(name, user_id=cls.sally.id) for name in ("Ada", "Ben")
        )
        cls.membership, _other = cls.club._take_in(
            cls.member | cls.other, "active", cls.env.uid
        )
        cls.card, cls.other_card = (cls.membership | _other).card_id
        cls.card._earn(300, "hand", "Welcome")
        cls.product = cls.env["product.product"].create(
            {"name": "Thing", "list_price": 500, "taxes_id": False}
        )

    def _quote(self, redeem=True, member=None):
        order = self.env["sale.order"].create(
            {
                "partner_id": (member or self.member).id,
                "user_id": self.sally.id,
                "order_line": [Command.create({"product_id": self.product.id})],
            }
        )
        order._update_programs_and_rewards()
        if redeem:
            self.assertFalse(order._apply_program_reward(self.reward, self.card))
        return order.with_user(self.sally)

    def assertBalance(self, points, card=None):
        self.env.flush_all()
        card = card or self.card
        card.invalidate_recordset()
        self.assertEqual(card.points, points)
        self.assertEqual(self.env["loyalty.card"]._get_off_balance(), [])

    def _get_reward_lines(self, order):
        return order.order_line.filtered("is_reward_line")

    def test_points_pay_for_nobody_else(self):
        moved = self._quote()
        moved.partner_id = self.other
        planted = self._quote(redeem=False, member=self.other)
        planted.applied_coupon_ids = self.card
        planted._apply_program_reward(self.reward, self.card)
        for order in (moved, planted):
            with self.assertRaisesRegex(ValidationError, "Ada"):
                order.action_confirm()
            order._update_programs_and_rewards()
            self.assertFalse(self._get_reward_lines(order))
            order.action_confirm()
        self.assertBalance(300)

    def test_who_is_suspended_meanwhile_spends_nothing(self):
        order = self._quote()
        self.membership.action_suspend()
        with self.assertRaisesRegex(ValidationError, "Ada"):
            order.action_confirm()
        order._update_programs_and_rewards()
        self.assertFalse(self._get_reward_lines(order))
        order.action_confirm()
        self.assertBalance(300)

    def test_a_reward_is_not_had_for_less_than_it_costs(self):
        order = self._quote()
        self._get_reward_lines(order).points_cost = 0
        order.action_confirm()
        self.assertBalance(100)
        line = self._get_reward_lines(order)
        for vals in (
            {"points_cost": 0},
            {"coupon_id": self.other_card.id},
            {"coupon_id": False, "points_cost": 0},
            {"reward_id": False},
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                line.write(vals)
        free = {
            "product_id": line.product_id.id,
            "reward_id": self.reward.id,
            "coupon_id": self.card.id,
            **{"price_unit": -50, "name": "Reward"},
        }
        for vals in (free, free | {"points_cost": 1}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                order.write({"order_line": [Command.create(vals)]})
        self.assertBalance(100)

    def test_rewards_of_a_confirmed_order_follow_it(self):
        order = self._quote()
        order.action_confirm()
        order.order_line.filtered(
            lambda line: not line.is_reward_line
        ).product_uom_qty = 2
        order._update_programs_and_rewards()
        self.assertBalance(100)
        self.assertTrue(self._get_reward_lines(order))

    def test_the_card_alone_may_be_said_once_more(self):
        order = self._quote()
        order.action_confirm()
        line = self._get_reward_lines(order)
        line.sudo().write({"coupon_id": self.card.id})
        self.assertBalance(100)

    def test_the_night_lets_points_of_all_cards_lapse(self):
        self.club.write({"expiry": "months", "expiry_months": 12})
        self.card._earn(100, "hand", "Welcome")
        lot = self.card.history_ids.filtered("expires_on")
        with freeze_time(lot.expires_on + timedelta(days=1)):
            self.assertIn(self.card, self.env["loyalty.card"]._take_due())
        with freeze_time(lot.expires_on):
            self.assertNotIn(self.card, self.env["loyalty.card"]._take_due())

    def test_a_copy_of_an_order_brings_no_reward(self):
        order = self._quote()
        order.action_confirm()
        self.assertFalse(self._get_reward_lines(order.copy()))
        self.assertBalance(100)

    def test_a_wallet_is_made_by_joining(self):
        stranger = self._create_customer("Cy", user_id=self.sally.id)
        vals = {"program_id": self.program.id, "partner_id": stranger.id}
        for user in (self.sally, self.rita):
            user.group_ids += self.env.ref("sales_team.group_sale_manager")
            with self.assertRaisesRegex(UserError, "as members join"):
                self.env["loyalty.card"].with_user(user).create(vals)

    def test_a_wallet_stays_with_its_member(self):
        self.rita.group_ids += self.env.ref("sales_team.group_sale_manager")
        with self.assertRaisesRegex(UserError, "stays with its member"):
            self.card.with_user(self.rita).partner_id = self.other
        with self.assertRaisesRegex(UserError, "not deleted"):
            self.other_card.unlink()

    def test_a_wallet_of_a_club_is_one_for_all_orders(self):
        with self.assertRaises(UserError):
            self.program.applies_on = "current"
        with self.assertRaises(UserError):
            self.program.program_type = "promotion"
        self.rita.group_ids += self.env.ref("sales_team.group_sale_manager")
        with self.assertRaises(UserError):
            self.program.with_user(self.rita).company_id = self.env.company

    def test_a_club_begun_anew_takes_over_what_waits_and_what_is_owed(self):
        for order in (self._quote(redeem=False), self._quote()):
            order.action_confirm()
        self.card._spend(50, "Coffee")
        self.assertBalance(50)
        self.env["crm.club.membership"].search(
            [("club_id", "=", self.club.id)]
        ).unlink()
        waits = 1000  # of two orders of 500
        self.club.unlink()
        self.card.invalidate_recordset()
        self.assertEqual(self.card.points, 50 + waits)
        self.card.points += 25
        self.card._bring_up_to_date()
        self.env["crm.club"].create({"name": "Anew", "program_id": self.program.id})
        self.assertBalance(75 + waits)

    def test_no_points_are_no_number(self):
        for points in (float("nan"), float("inf")):
            for step in (
                lambda points: self.card.write({"points": points}),
                lambda points: self.card._earn(points, "hand", "Wrong"),
                lambda points: self.card._spend(points, "Wrong"),
            ):
                with self.assertRaises(ValidationError), self.env.cr.savepoint():
                    step(points)
        self.assertBalance(300)

    def test_an_expired_membership_uses_no_benefit(self):
        level = self.env["crm.club.level"].create(
            {"club_id": self.club.id, "name": "All", "threshold": 0}
        )
        benefit = self.env["crm.club.benefit"].create(
            {"level_id": level.id, "name": "Wash"}
        )
        member = self.membership.sudo()
        member.level_id = level
        member.use_benefit(benefit.id)
        member.valid_until = "2020-01-01"
        with self.assertRaises(UserError):
            member.use_benefit(benefit.id)
