"""GI-1, GI-2: ways round a limit, and round who approves."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common.care import NOW
from .common.giving import GivingCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGivingAttacks(GivingCommon):
    """Tier A concedes 100 and guards quotations, of ten times 100; tier B 1000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tier_a.write({"concession_limit": 100, "guards_orders": True})
        cls.tier_b.write({"concession_limit": 1000, "guards_orders": True})
        cls.acme.tier_id = cls.tier_a
        cls.rich = cls._create_customer("Rich", user_id=cls.sally.id)
        cls.rich.tier_id = cls.tier_b
        cls.product.write({"list_price": 100, "type": "consu"})
        cls.concessions = cls.env["crm.concession"]
        cls.env.flush_all()

    def _quote(self, partner=None, **values):
        line = {"product_id": self.product.id, "product_uom_qty": 10}
        orders = self.env["sale.order"].with_user(self.sally)
        return orders.create(
            {
                "partner_id": (partner or self.acme).id,
                "user_id": self.sally.id,
                "order_line": [Command.create(line | {"price_unit": 100} | values)],
            }
        )

    def assertRefused(self, call):
        with self.assertRaises(UserError), self.env.cr.savepoint():
            call()

    def test_a_discount_that_was_given_is_not_taken_back(self):
        order = self._quote(discount=10)
        order.action_confirm()
        one = order.sudo().concession_ids.with_user(self.sally)
        self.assertAnswers(one.take_back(), "blocked")
        self.assertRefused(self._quote(discount=10).action_confirm)
        order.with_context(disable_cancel_warning=True).action_cancel()
        self.assertAnswers(one.take_back(), "ok")
        self._quote(discount=10).action_confirm()

    def test_what_one_customer_is_granted_covers_no_other(self):
        order = self._quote(self.rich, discount=50)
        action = order.action_ask_discount()
        one = self.concessions.browse(action["res_id"]).with_user(self.sally)
        self.assertAnswers(one.ask(), "ok")
        self.assertEqual(one.state, "approved")
        order.partner_id = self.acme
        self.assertRefused(order.action_confirm)

    def test_a_confirmed_order_moves_to_no_customer_with_a_lower_limit(self):
        order = self._quote(self.rich, discount=50)
        order.action_confirm()
        self.assertRefused(lambda: order.write({"partner_id": self.acme.id}))

    def test_a_cheaper_unit_or_currency_is_a_discount(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._quote()
        line = order.order_line
        line.price_unit = 99
        order.action_confirm()
        self.assertRefused(lambda: line.write({"product_uom_id": dozen.id}))
        weak = self.env["res.currency"].create({"name": "WEK", "symbol": "w"})
        self.env["res.currency.rate"].create({"currency_id": weak.id, "rate": 10})
        pricelist = self.env["product.pricelist"].create(
            {"name": "Weak", "currency_id": weak.id}
        )
        self.assertRefused(lambda: order.write({"pricelist_id": pricelist.id}))

    def test_a_line_below_zero_is_a_discount_whatever_it_is_called(self):
        service = self.env["product.product"].create(
            {"name": "Work", "type": "service", "list_price": 100, "taxes_id": False}
        )
        reward = self._create_reward()
        for vals in (
            {"product_id": service.id, "product_uom_qty": -5, "price_unit": 100},
            {"product_id": self.product.id, "price_unit": -500},
            {"product_id": service.id, "price_unit": -500, "is_downpayment": True},
            {"product_id": service.id, "price_unit": -500}
            | {"reward_id": reward.id, "name": "Reward"},
        ):
            with self.subTest(vals):
                order = self._quote()
                order.write({"order_line": [Command.create(vals)]})
                self.assertRefused(order.action_confirm)
                done = self._quote()
                done.action_confirm()
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    done.write({"order_line": [Command.create(vals)]})

    def test_goods_that_come_back_are_no_discount(self):
        order = self._quote()
        back = {"product_id": self.product.id, "product_uom_qty": -5, "price_unit": 100}
        order.write({"order_line": [Command.create(back)]})
        order.action_confirm()
        self.assertFalse(order.sudo().concession_ids)

    def test_what_a_reward_takes_off_follows_from_its_program(self):
        reward = self._create_reward()
        order = self._quote()
        order._update_programs_and_rewards()
        [coupon] = order.coupon_point_ids.coupon_id or self.env["loyalty.card"].create(
            {"program_id": reward.program_id.id, "points": 1}
        )
        self.assertFalse(order._apply_program_reward(reward, coupon))
        order.action_confirm()
        line = order.order_line.filtered("is_reward_line")
        self.assertEqual(line.price_unit, -50)
        self.assertFalse(order.sudo().concession_ids)
        self.assertRefused(lambda: line.write({"price_unit": -500}))
        self.assertRefused(lambda: line.write({"product_uom_qty": 10}))
        self.assertRefused(lambda: line.copy({"order_id": order.id}))
        order.order_line.filtered(
            lambda one: not one.is_reward_line
        ).product_uom_qty = 20
        order._update_programs_and_rewards()
        self.assertEqual(line.price_unit, -100)

    def test_who_has_two_accounts_is_one_person(self):
        twin = self.max.copy({"login": "max-2", "partner_id": self.sally.partner_id.id})
        twin.group_ids += self.env.ref("crm_relations.group_relations_manager")
        self.assertEqual(twin.partner_id, self.sally.partner_id)
        gift = self._give(self.vase, reason="A jubilee")
        self.assertEqual(gift.state, "asked")
        self.assertAnswers(gift.with_user(twin).approve(), "no_right")
        self.assertAnswers(gift.with_user(self.rita).approve(), "ok")

    def test_whoever_asks_as_administrator_is_not_who_approves(self):
        admin = self.env.ref("base.user_admin")
        gift = self._give(self.vase, user=admin, reason="A jubilee")
        self.assertEqual(gift.state, "asked")
        self.assertAnswers(gift.with_user(admin).approve(), "no_right")

    def test_an_official_is_given_no_more_by_two_or_on_two_days(self):
        first = self._give(self._create_item("Card", 30), self.olive)
        self.assertEqual(first.state, "given")
        later = self._create_item("Book", 30)
        for user, days in ((self.sam, 0), (self.sally, 1), (self.sam, 6)):
            self.office.with_user(self.sally).share_with(self.sam.id)
            gift = self._give(later, self.olive, user, days, reason="Again")
            self.assertEqual(gift.state, "asked", (user.name, days))
            gift.take_back()
        self.env["crm.gift.limit"].create(
            {"audience": "officials", "per": "customer", "amount": 50}
        )
        person = self._create_person(self.office, "Otto")
        gift = self._give(later, person, reason="To another one")
        self.assertEqual(gift.state, "asked")

    def _create_reward(self):
        """Of an ordinary promotion: 5 % of every order."""
        program = self.env["loyalty.program"].create(
            {
                **{"name": "Spring", "program_type": "promotion"},
                **{"trigger": "auto", "applies_on": "current"},
                "rule_ids": [Command.clear(), Command.create({"minimum_amount": 1})],
                "reward_ids": [
                    Command.clear(),
                    Command.create(
                        {
                            **{"reward_type": "discount", "discount": 5},
                            "discount_mode": "percent",
                        }
                    ),
                ],
            }
        )
        return program.reward_ids
