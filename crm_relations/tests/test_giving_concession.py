"""GI-2: what is granted, what comes in return, and discounts of quotations."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common.care import NOW
from .common.giving import GivingCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGivingConcession(GivingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tier_a.write({"concession_limit": 100, "guards_orders": False})
        cls.acme.tier_id = cls.tier_a
        cls.concessions = cls.env["crm.concession"]
        cls.product.list_price = 100

    def _propose(self, value=80, user=None, **values):
        vals = {"partner_id": self.acme.id, "name": "Freight", "value": value}
        made = self.concessions.with_user(user or self.sally)
        return made.create({**vals, **values})

    def test_within_the_limit_of_the_tier_it_is_granted(self):
        one = self._propose(100)
        self.assertAnswers(one.ask(), "ok")
        self.assertEqual((one.state, one.counter_state), ("approved", "none"))

    def test_two_halves_and_two_askers_count_as_one(self):
        self._propose(60).ask()
        for user in (self.sally, self.sam):
            half = self._propose(60, user=user)
            self.assertIn("within a month", half.why)
            self.assertAnswers(half.ask(), "blocked")
            half.reason = "They insist"
            half.ask()
            self.assertEqual(half.state, "asked")
        self.assertAnswers(half.with_user(self.rita).approve(), "ok")
        # What somebody has approved does not count again.
        self.assertFalse(self._propose(40).why)

    def test_a_month_has_thirty_days(self):
        for days, counts in ((30, False), (29, True)):
            old = self._propose()
            old.ask()
            old.sudo().date = self.today - timedelta(days=days)
            with self.subTest(days):
                self.assertEqual(bool(self._propose().why), counts)

    def test_what_colleagues_are_owed_is_on_their_card(self):
        values = {"counter_value": "An order", "counter_due": self.today}
        one = self._propose(10, user=self.sam, **values)
        one.ask()
        one.sudo().counter_state = "owed"
        self.assertEqual(self._get_cards(self.sam)["concession_owed"], 1)
        self.assertNotIn("concession_owed", self._get_cards(self.sally))
        one.sudo().counter_due = self.today + timedelta(days=1)
        self.assertNotIn("concession_owed", self._get_cards(self.sam))

    def test_without_a_tier_any_concession_is_asked_for(self):
        self.acme.tier_id = False
        one = self._propose(1, reason="First order")
        self.assertIn("has no tier", one.why)
        one.ask()
        self.assertEqual(one.state, "asked")

    def test_nobody_approves_or_waives_what_is_his_own(self):
        owed = {"counter_value": "Pays at once", "counter_due": "2026-06-01"}
        one = self._propose(500, reason="Big", user=self.sam, **owed)
        one.ask()
        for user in (self.sam, self.sally):
            self.assertAnswers(one.with_user(user).approve(), "no_right")
        self.assertAnswers(one.with_user(self.max).approve(), "no_right")
        self.assertAnswers(one.with_user(self.rita).approve(), "ok")
        self.assertEqual(one.counter_state, "owed")
        self.assertAnswers(one.with_user(self.sam).waive("Forget it"), "no_right")
        self.assertAnswers(one.with_user(self.rita).waive(" "), "blocked")
        self.assertAnswers(one.with_user(self.rita).waive("They helped"), "ok")
        self.assertAnswers(one.with_user(self.sam).fulfil(), "blocked")

    def test_what_is_owed_in_return_has_a_day_and_is_fulfilled(self):
        one = self._propose(counter_value="A reference")
        self.assertAnswers(one.ask(), "blocked")
        one.counter_due = "2026-06-01"
        one.ask()
        self.assertEqual(one.counter_state, "owed")
        self.assertAnswers(one.fulfil(), "ok")
        self.assertRecordValues(
            one,
            [
                {
                    "counter_state": "fulfilled",
                    "counter_done_on": self.today,
                    "counter_done_by_id": self.sally.id,
                }
            ],
        )
        with self.assertRaises(ValidationError):
            self._propose(counter_due="2026-06-01")

    def test_what_is_decided_is_typed_by_nobody(self):
        one = self._propose(500)
        decided = {
            **{"state": "approved", "counter_state": "fulfilled", "is_counted": True},
            **{"decided_by_id": self.rita.id, "findings": [], "date": "2020-01-01"},
        }
        for name, value in decided.items():
            with self.subTest(name), self.assertRaises(AccessError):
                one.write({name: value})
        with self.assertRaises(AccessError):
            self._propose(is_counted=True)
        one.reason = "Big"
        one.ask()
        with self.assertRaisesRegex(UserError, "Only a draft"):
            one.value = 9000

    def test_my_day_and_history_tell_of_it(self):
        owed = {"counter_value": "A reference", "counter_due": "2026-05-01"}
        self._propose(**owed).ask()
        waiting = self._propose(500, reason="Big")
        waiting.ask()
        cards = {
            user: {
                card["key"]
                for column in self.env["crm.my.day"]
                .with_user(user)
                .get_day()["columns"]
                for card in column["cards"]
            }
            for user in (self.sally, self.max)
        }
        self.assertIn("concession_owed", cards[self.sally])
        self.assertIn("concession_approve", cards[self.max])
        self.assertNotIn("concession_approve", cards[self.sally])
        [line] = self.acme.with_user(self.sally).get_history(["concession"])["lines"]
        self.assertIn("A reference (Owed)", line["text"])


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGivingDiscount(GivingCommon):
    """A quotation of ten times 100 to a customer of whom 100 may be conceded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tier_a.write({"concession_limit": 100, "guards_orders": True})
        cls.acme.tier_id = cls.tier_a
        cls.product.list_price = 100
        cls.env.flush_all()

    def _quote(self, price=100, discount=0, **values):
        line = {
            **{"product_id": self.product.id, "product_uom_qty": 10},
            **{"price_unit": price, "discount": discount},
        }
        return (
            self.env["sale.order"]
            .with_user(self.sally)
            .create(
                {
                    "partner_id": self.acme.id,
                    "user_id": self.sally.id,
                    "order_line": [Command.create(line)],
                    **values,
                }
            )
        )

    def _approve_discount(self, order, user=None):
        action = order.action_ask_discount()
        one = self.env["crm.concession"].browse(action["res_id"]).with_user(self.sally)
        one.reason = "They insist"
        self.assertAnswers(one.ask(), "ok")
        self.assertAnswers(one.with_user(user or self.max).approve(), "ok")
        return one

    def test_within_the_limit_it_is_confirmed_and_kept(self):
        order = self._quote(discount=10)
        self.assertFalse(order.discount_hint)
        order.action_confirm()
        self.assertRecordValues(
            order.sudo().concession_ids,
            [{"value": 100, "state": "approved", "is_counted": True}],
        )

    def test_two_quotations_confirmed_in_one_call_count_together(self):
        orders = self._quote(discount=6) | self._quote(discount=6)
        refused = self.assertRaisesRegex(UserError, "cannot be confirmed yet")
        with refused, self.env.cr.savepoint():
            orders.action_confirm()
        self.env.invalidate_all()
        self.assertEqual(orders.mapped("state"), ["draft", "draft"])
        orders[0].action_confirm()
        self.assertEqual(orders[0].sudo().concession_ids.state, "approved")

    def test_beyond_it_is_asked_for_and_confirmed_once_approved(self):
        for order in (self._quote(80), self._quote(discount=20)):
            with self.subTest(order.name):
                self.assertIn("tier A", order.discount_hint)
                refused = self.assertRaisesRegex(UserError, "cannot be confirmed yet")
                with refused, self.env.cr.savepoint():
                    order.action_confirm()
                self._approve_discount(order)
                order.invalidate_recordset()
                self.assertFalse(order.discount_hint)
                order.action_confirm()
                self.assertEqual(order.state, "sale")

    def test_the_asker_does_not_approve(self):
        order = self._quote(50)
        self.sally.group_ids += self.env.ref("crm_relations.group_relations_manager")
        one = self.env["crm.concession"].browse(order.action_ask_discount()["res_id"])
        one.with_user(self.sally).reason = "Mine"
        one.with_user(self.sally).ask()
        self.assertAnswers(one.with_user(self.sally).approve(), "no_right")
        with self.assertRaises(UserError):
            order.action_confirm()

    def test_a_higher_discount_than_approved_is_asked_for_anew(self):
        order = self._quote(80)
        self._approve_discount(order)
        order.order_line.price_unit = 70
        with self.assertRaisesRegex(UserError, "cannot be confirmed yet"):
            order.action_confirm()

    def test_a_confirmed_order_gets_no_more_by_the_back_door(self):
        order = self._quote()
        order.action_confirm()
        for vals in ({"price_unit": 50}, {"discount": 50}):
            with self.assertRaises(UserError):
                order.order_line.write(vals)
        free = {"product_id": self.product.id, "product_uom_qty": 5, "price_unit": 0}
        with self.assertRaises(UserError):
            order.write({"order_line": [Command.create(free)]})
        with self.assertRaises(UserError):
            self._quote(50, state="sale")
        with self.assertRaises(UserError):
            self._quote(50).write({"state": "sale"})

    def test_another_price_list_is_a_discount_too(self):
        cheap = self.env["product.pricelist"].create(
            {
                "name": "Cheap",
                "item_ids": [
                    Command.create(
                        {
                            "compute_price": "percentage",
                            "percent_price": 50,
                            "applied_on": "3_global",
                        }
                    )
                ],
            }
        )
        order = self._quote(50, pricelist_id=cheap.id)
        self.assertTrue(order.discount_hint)
        self.acme.property_product_pricelist = cheap
        order.invalidate_recordset()
        self.assertFalse(order.discount_hint)

    def test_two_quotations_count_as_one(self):
        self._quote(discount=6).action_confirm()
        with self.assertRaisesRegex(UserError, "within a month"):
            self._quote(discount=6).action_confirm()

    def test_an_order_counts_with_its_highest_discount_and_cancelled_not_at_all(self):
        first = self._quote(discount=3)
        first.action_confirm()
        concession = self.env["crm.concession"].sudo()
        counted = concession.search([("order_id", "=", first.id)])
        counted.copy({"state": "approved", "is_counted": True})
        second = self._quote(discount=6)
        second.action_confirm()  # 30 and 60, not 30, 30 and 60
        second._action_cancel()
        self._quote(discount=7).action_confirm()

    def test_a_line_above_its_price_pays_for_no_discount(self):
        order = self._quote(50)
        dear = {"product_id": self.product.id, "product_uom_qty": 10, "price_unit": 150}
        order.write({"order_line": [Command.create(dear)]})
        self.assertTrue(order.discount_hint)

    def test_the_customer_signs_nothing_that_is_not_approved(self):
        order = self._quote(50, require_signature=True)
        self.assertFalse(order._has_to_be_signed())
        self._approve_discount(order)
        order.invalidate_recordset()
        self.assertTrue(order._has_to_be_signed())

    def test_a_tier_that_does_not_guard_leaves_orders_alone(self):
        self.tier_a.guards_orders = False
        order = self._quote(1)
        self.assertFalse(order.discount_hint)
        order.action_confirm()
        self.assertFalse(order.sudo().concession_ids)

    def test_the_customer_pays_nothing_that_is_not_approved(self):
        order = self._quote(50, require_payment=True)
        self.assertFalse(order._has_to_be_paid())
        self._approve_discount(order)
        order.invalidate_recordset()
        self.assertTrue(order._has_to_be_paid())

    def test_the_discount_of_an_order_of_nobody_is_asked_for_by_who_does_it(self):
        order = self._quote(50, user_id=False)
        action = order.with_user(self.sally).action_ask_discount()
        one = self.env["crm.concession"].browse(action["res_id"])
        self.assertEqual(one.user_id, self.sally)

    def test_what_is_confirmed_is_no_quotation_to_warn_of(self):
        order = self._quote(discount=10)
        self.assertFalse(order.discount_hint)
        order.action_confirm()
        self.tier_a.concession_limit = 1
        order.invalidate_recordset(["discount_hint"])
        self.assertFalse(order.discount_hint)
        self.assertTrue(self._quote(discount=10).discount_hint)
