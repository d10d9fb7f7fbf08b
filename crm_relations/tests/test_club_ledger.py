from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common.relations import RelationsCommon


@tagged("post_install", "-at_install")
class TestClubLedger(RelationsCommon):
    """Points of a club: each unit of money earns one, a discount costs 200."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.club = cls.env["crm.club"].create(
            {"name": "Club", "expiry": "months", "expiry_months": 12}
        )
        cls.program = cls.club.program_id
        cls.member = cls._create_customer("Member")
        cls.card = cls.env["loyalty.card"].create(
            {"program_id": cls.program.id, "partner_id": cls.member.id}
        )
        cls.product = cls.env["product.product"].create(
            {"name": "Thing", "list_price": 100, "taxes_id": False}
        )

    def _order(self, quantity=1, confirm=True):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.member.id,
                "order_line": [
                    fields.Command.create(
                        {"product_id": self.product.id, "product_uom_qty": quantity}
                    )
                ],
            }
        )
        order._update_programs_and_rewards()
        if confirm:
            order.action_confirm()
        return order

    def _redeem(self, order):
        reward = self.program.reward_ids[:1]
        status = order._apply_program_reward(reward, self.card)
        self.assertFalse(status)

    def _lines(self):
        return self.env["loyalty.history"].search(
            [("card_id", "=", self.card.id)], order="id"
        )

    def assertBalance(self, points):
        self.env.flush_all()
        self.card.invalidate_recordset()
        self.assertEqual(self.card.points, points)
        self.assertEqual(self.env["loyalty.card"]._get_off_balance(), [])

    def test_an_order_earns_a_lot(self):
        self._order(3)
        self.assertBalance(300)
        line = self._lines()
        today = self.env.company._get_relations_today()
        self.assertEqual(line.remaining, 300)
        self.assertEqual(line.qualifying, 300)
        self.assertEqual(line.expires_on, fields.Date.add(today, months=12))

    def test_cancelling_reverses_and_deletes_nothing(self):
        order = self._order(3)
        order._action_cancel()
        self.assertBalance(0)
        self.assertEqual(self._lines().mapped("kind"), ["order", "reversal"])
        self.assertEqual(sum(self._lines().mapped("qualifying")), 0)

    def test_confirmed_again_it_earns_again(self):
        order = self._order(3)
        order._action_cancel()
        order.action_draft()
        order._update_programs_and_rewards()
        order.action_confirm()
        self.assertBalance(300)
        order._action_cancel()
        self.assertBalance(0)

    def test_cancelling_fills_the_same_lots(self):
        self.card._earn(150, "hand", "First")
        self.card._earn(150, "hand", "Second")
        first, second = self._lines()
        second.sudo().expires_on = fields.Date.add(first.expires_on, months=-6)
        order = self._order(5, confirm=False)
        self._redeem(order)
        order.action_confirm()
        self.env.invalidate_all()
        cost = sum(order.order_line.mapped("points_cost"))
        self.assertGreaterEqual(cost, 200)
        self.assertEqual(second.remaining, 0)
        order._action_cancel()
        self.assertBalance(300)
        self.assertEqual((first.remaining, second.remaining), (150, 150))

    def test_points_spent_before_their_order_is_cancelled_are_owed(self):
        order = self._order(3)
        self.card._spend(250, "A gift")
        order._action_cancel()
        self.assertBalance(-250)
        self._order(4)
        self.assertBalance(150)

    def test_points_wait_until_goods_cannot_be_returned(self):
        self.club.pending_days = 14
        order = self._order(3)
        self.assertBalance(0)
        self.assertTrue(self._lines().is_pending)
        with freeze_time(fields.Datetime.now() + timedelta(days=15)):
            self.card._bring_up_to_date()
            self.assertBalance(300)
        order._action_cancel()
        self.assertBalance(0)

    def test_cancelled_while_they_wait_nothing_is_left(self):
        self.club.pending_days = 14
        order = self._order(3)
        order._action_cancel()
        self.assertBalance(0)
        self.assertEqual(sum(self._lines().mapped("remaining")), 0)

    def test_points_that_wait_pay_for_nothing(self):
        self.club.pending_days = 14
        order = self._order(5, confirm=False)
        status = order._apply_program_reward(self.program.reward_ids[:1], self.card)
        self.assertIn("error", status)

    def test_points_lapse_after_their_last_day(self):
        self.card._earn(100, "hand", "Welcome")
        last_day = self._lines().expires_on
        with freeze_time(last_day):
            self.card._bring_up_to_date()
            self.assertBalance(100)
        with freeze_time(last_day + timedelta(days=1)):
            self.card._bring_up_to_date()
            self.assertBalance(0)
            self.card._bring_up_to_date()
        self.assertEqual(self._lines().mapped("kind"), ["hand", "expiry"])

    def test_what_has_lapsed_on_an_open_quotation_is_not_spent(self):
        self.card._earn(300, "hand", "Welcome")
        order = self._order(1, confirm=False)
        self._redeem(order)
        with (
            freeze_time(self._lines().expires_on + timedelta(days=1)),
            self.assertRaises(ValidationError),
        ):
            order.action_confirm()

    def test_activity_lets_all_points_last(self):
        self.club.expiry = "activity"
        with freeze_time(fields.Datetime.now() - timedelta(days=100)):
            self.card._earn(100, "hand", "Early")
        self.card._earn(10, "hand", "Late")
        early, late = self._lines()
        self.env.invalidate_all()
        self.assertEqual(early.expires_on, late.expires_on)

    def test_more_than_there_is_cannot_be_spent(self):
        self.card._earn(100, "hand", "Welcome")
        with self.assertRaisesRegex(UserError, "no more than 100"):
            self.card._spend(101, "A gift")
        with self.assertRaises(ValidationError):
            self.card._earn(-1, "hand", "Wrong")

    def test_the_same_is_earned_once(self):
        self.card._earn(10, "survey", "Answered", key="survey-1")
        self.card._earn(10, "survey", "Answered", key="survey-1")
        self.assertBalance(10)

    def test_returned_goods_take_their_points_along(self):
        order = self._order(4)
        order.order_line.qty_delivered = 4
        invoice = order._create_invoices()
        invoice.action_post()
        refund = invoice._reverse_moves([{"invoice_date": invoice.date}])
        refund.invoice_line_ids.filtered("product_id").quantity = 1
        refund.action_post()
        self.env.cr.precommit.run()
        self.assertBalance(300)
        order._action_cancel()
        self.assertBalance(0)

    def test_a_salesperson_writes_no_points(self):
        card = self.card.with_user(self.sally)
        with self.assertRaises(AccessError):
            card.points = 1000
        with self.assertRaises(AccessError):
            self.env["loyalty.history"].with_user(self.sally).create(
                {"card_id": self.card.id, "description": "Mine", "issued": 10}
            )

    def test_a_salesperson_confirms_redeems_and_cancels(self):
        self.card._earn(300, "hand", "Welcome")
        self.member.user_id = self.sally
        order = self._order(5, confirm=False).with_user(self.sally)
        order.sudo().user_id = self.sally
        self._redeem(order)
        order.action_confirm()
        self.assertEqual(self.env["loyalty.card"]._get_off_balance(), [])
        order.order_line.filtered("is_reward_line")._reset_loyalty(True)
        self.assertBalance(800)
        order._action_cancel()
        self.assertBalance(300)

    def test_what_a_manager_changes_by_hand_says_so(self):
        wizard = self.env["loyalty.card.update.balance"].create(
            {"card_id": self.card.id, "new_balance": 50, "description": "Sorry"}
        )
        wizard.action_update_card_point()
        self.assertBalance(50)
        self.assertEqual(self._lines().mapped("description"), ["Sorry"])

    def test_wallets_of_merged_customers_keep_their_lots(self):
        other = self._create_customer("Twin")
        twin = self.env["loyalty.card"].create(
            {"program_id": self.program.id, "partner_id": other.id}
        )
        self.card._earn(100, "hand", "Here")
        twin._earn(40, "hand", "There")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.member + other).ids, self.member)
        self.assertBalance(140)
        self.assertEqual(self._lines().mapped("remaining"), [100, 40])

    def test_a_club_takes_in_the_points_of_its_program(self):
        program = self.env["loyalty.program"].with_context(
            default_program_type="loyalty"
        )
        program = program.create(
            {
                "name": "Old",
                "company_id": False,
                "currency_id": self.env.company.currency_id.id,
            }
        )
        card = self.env["loyalty.card"].create({"program_id": program.id, "points": 70})
        self.env["loyalty.history"].create(
            [
                {"card_id": card.id, "description": "First", "issued": 50},
                {"card_id": card.id, "description": "Second", "issued": 30},
            ]
        )
        self.env["crm.club"].create({"name": "New", "program_id": program.id})
        self.card = card
        self.assertBalance(70)
        self.assertEqual(self._lines().mapped("remaining"), [40, 30])

    def test_nobody_gets_points_by_a_line_of_his_own(self):
        history = self.env["loyalty.history"].with_user(self.sally)
        line = {"description": "Mine", "issued": 10, "remaining": 10}
        with self.assertRaises(AccessError):
            history.with_context(default_card_id=self.card.id).create(line)
        program = self.env["loyalty.program"].create({"name": "Coupons"})
        coupon = self.env["loyalty.card"].create({"program_id": program.id})
        planted = history.create({**line, "card_id": coupon.id, "is_settled": True})
        self.assertFalse(planted.is_settled or planted.remaining)
        with self.assertRaises(AccessError):
            planted.card_id = self.card
        with self.assertRaises(UserError):
            coupon.with_user(self.sally).program_id = self.program
        with self.assertRaises(AccessError):
            self.card.with_user(self.sally).partner_id = self.sally.partner_id

    def test_what_was_never_spent_is_not_given_back(self):
        self.member.user_id = self.sally
        order = self._order(1, confirm=False)
        order.order_line.write({"coupon_id": self.card.id, "points_cost": 5000})
        order.state = "sale"
        with self.assertRaises(AccessError):
            order.with_user(self.sally).order_line[:1].points_cost = 0

    def test_two_orders_at_once_spend_points_once(self):
        self.card._earn(200, "hand", "Welcome")
        self.club.pending_days = 14
        orders = self._order(5, confirm=False) | self._order(5, confirm=False)
        for order in orders:
            self._redeem(order)
        with self.assertRaisesRegex(ValidationError, "more points than"):
            orders.action_confirm()

    def test_an_order_that_was_changed_gives_back_what_it_earned(self):
        order = self._order(4)
        order.order_line.product_uom_qty = 2
        order._update_programs_and_rewards()
        order.user_id = self.sally
        order.with_user(self.sally)._action_cancel()
        self.assertBalance(0)
        self.assertNotIn("hand", self._lines().mapped("kind"))

    def test_goods_returned_in_an_earlier_life_of_the_order_are_not_counted_twice(self):
        order = self._order(4)
        order.order_line.qty_delivered = 4
        invoice = order._create_invoices()
        invoice.action_post()
        refund = invoice._reverse_moves([{"invoice_date": invoice.date}])
        refund.invoice_line_ids.filtered("product_id").quantity = 1
        refund.action_post()
        self.env.cr.precommit.run()
        order._action_cancel()
        order.action_draft()
        order._update_programs_and_rewards()
        order.action_confirm()
        order._action_cancel()
        self.assertBalance(0)
        self.assertNotIn("hand", self._lines().mapped("kind"))

    def test_an_order_of_a_merged_member_is_cancelled(self):
        other = self._create_customer("Twin")
        twin = self.env["loyalty.card"].create(
            {"program_id": self.program.id, "partner_id": other.id}
        )
        here, self.member = self.member, other
        order = self._order(3)
        self.assertEqual(twin.points, 300)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((here + other).ids, here)
        self.assertBalance(300)
        order._action_cancel()
        self.assertBalance(0)

    def test_who_is_no_member_gets_no_card_by_an_order(self):
        self.member = self._create_customer("Passer-by")
        self._order(3)
        cards = self.env["loyalty.card"].search([("program_id", "=", self.program.id)])
        self.assertEqual(cards, self.card)
        self.card.active = False
        self.member = self.card.partner_id
        self._order(3)
        self.assertEqual(self.card.points, 0)
        cards = cards.with_context(active_test=False)
        self.assertEqual(cards.search_count([("program_id", "=", self.program.id)]), 1)
