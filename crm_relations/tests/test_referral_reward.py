from odoo.tests import tagged

from .common.referral import ReferralCommon


@tagged("post_install", "-at_install")
class TestReferralReward(ReferralCommon):
    """CL-6: the reward follows the first paid order."""

    def assertReward(self, referral, state, points):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((referral.state, referral.points), (state, points))
        self.assertEqual(self.member.card_id.points, points)

    def test_points_come_with_the_payment_and_go_with_the_goods(self):
        referral = self._refer(self.new)
        order = self._buy(self.new, pay=False)
        self.assertReward(referral, "confirmed", 0)
        invoice = order._create_invoices()
        invoice.action_post()
        self._follow()
        self.assertReward(referral, "confirmed", 0)
        self._pay(invoice)
        self.assertReward(referral, "paid", 200)
        self.assertEqual((referral.order_id, referral.amount), (order, 1000))
        self.assertEqual(referral.rule_id, self.rule)
        line = self.member.card_id.history_ids
        self.assertEqual((line.kind, line.qualifying), ("referral", 200))
        self.assertIn("New One", line.with_user(self.sally).reason)
        self._return(order)
        self.assertReward(referral, "reversed", 0)
        self.assertEqual(sum(self.member.card_id.history_ids.mapped("qualifying")), 0)
        self._buy(self.new, 500)
        self.assertReward(referral, "paid", 200)
        self.assertEqual(self.rule.given_count, 1)

    def test_the_first_one_ever_is_rewarded_too(self):
        """As long as there was none, no order asked."""
        referrals = self.env["crm.referral"]
        referrals.search([]).unlink()
        self.env.registry.clear_cache()
        self._buy(self._create_customer("Before", user_id=self.sam.id))
        self.assertFalse(referrals._has_any())
        referral = self._refer(self.new)
        self.assertTrue(referrals._has_any())
        self._buy(self.new)
        self.assertReward(referral, "paid", 200)

    def test_a_reward_needs_as_much_as_its_rule_says(self):
        self.rule.order_amount = 800
        referral = self._refer(self.new)
        order = self._buy(self.new, 100, quantity=10)
        self.assertReward(referral, "paid", 200)
        self._return(order, quantity=1)
        self.assertReward(referral, "paid", 200)
        self._return(order, quantity=2)
        self.assertReward(referral, "paid", 0)
        self.assertEqual(referral.amount, 700)

    def test_a_cancelled_order_takes_the_reward_along(self):
        referral = self._refer(self.new)
        order = self._buy(self.new)
        self.assertReward(referral, "paid", 200)
        order._action_cancel()
        self._follow()
        self.assertReward(referral, "reversed", 0)

    def test_only_what_is_confirmed_is_rewarded_also_afterwards(self):
        referral = self._refer(self.new, confirm=False)
        self._buy(self.new)
        self.assertReward(referral, "asked", 0)
        referral.with_user(self.rita).confirm()
        self.assertReward(referral, "paid", 200)

    def test_a_merged_referrer_keeps_what_it_has_earned_once(self):
        referral = self._refer(self.new)
        self._buy(self.new)
        kept = self._create_customer("Kept")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | kept).ids, kept, extra_checks=False)
        self.env.invalidate_all()
        self.assertEqual((referral.partner_id, referral.referrer_id), (kept, kept))
        referral._settle()
        self.assertReward(referral, "paid", 200)
        self._return(referral.order_id)
        self.assertReward(referral, "reversed", 0)

    def test_a_gift_is_proposed_and_goes_as_long_as_it_is_a_draft(self):
        item = self.env["crm.gift.item"].create(
            {"name": "Tea", "value": 100, "cost": 60}
        )
        self.rule.write({"gift_item_id": item.id, "honour": "Ambassador"})
        referral = self._refer(self.new, self.person)
        order = self._buy(self.new)
        gift = referral.gift_id
        self.assertEqual(
            (gift.state, gift.recipient_id, gift.user_id),
            ("draft", self.person, self.sally),
        )
        self.assertEqual(referral.honour, "Ambassador")
        self._return(order)
        self.assertFalse(gift.exists() or referral.honour)

    def test_the_night_finds_what_told_nobody_and_needs_as_many_statements(self):
        counts = []
        for number in (1, 2, 12):
            news = self._create_customers(number, user_id=self.sam.id)
            referrals = self.env["crm.referral"].union(*map(self._refer, news))
            for new in news:
                self._buy(new)
            brought = self.customer.browse(self.customer.ids * number)
            brought._take_back_in_clubs("referral", referrals)
            referrals.write(
                {"state": "confirmed", "order_id": False, "rule_id": False}
                | {"amount": 0, "points": 0}
            )
            self.env.flush_all()
            self.env.invalidate_all()
            counts.append(self._count_statements(referrals._settle))
            self.assertEqual(set(referrals.mapped("state")), {"paid"})
        self.assertEqual(*counts[1:])
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_referrals").method_direct_trigger()

    def test_the_tree_tells_what_each_referrer_is_worth(self):
        child, grandchild = self._create_customers(2, user_id=self.sam.id)
        self._refer(child)
        self._refer(grandchild, child)
        self._buy(child, 300)
        self._buy(grandchild, 1000, pay=False)
        report = self.env["crm.referral.report"].with_user(self.rita)
        lines = report.search([("partner_id", "=", self.customer.id)])
        self.assertEqual(lines.mapped("generation"), [1, 2])
        self.assertEqual(lines.mapped("sales"), [300, 1000])
        self.assertEqual(lines.mapped("direct_sales"), [300, 0])
        self.assertEqual(lines[1].through_id, child)
        self.assertEqual(sum(lines.mapped("paid_count")), 1)
        # What only the archive says counts as well.
        known = self._create_customer("Known", referred_by_id=grandchild.id)
        self.env.flush_all()
        line = report.search([("referred_id", "=", known.id), ("generation", "=", 3)])
        self.assertEqual(line.partner_id, self.customer)
        # A circle that a merge has left ends.
        self.env["crm.referral"].create(
            {
                "partner_id": grandchild.id,
                "referrer_id": grandchild.id,
                "referred_id": self.customer.id,
                "registered_on": "2026-01-01",
            }
        )
        self.env.flush_all()
        trees = [("partner_id", "in", (self.customer | child | grandchild).ids)]
        self.assertEqual(len(report.search(trees)), 9)
        ancestors = self.env["crm.referral"]._get_ancestors(child)
        self.assertEqual(ancestors, self.customer | grandchild | child)

    def test_what_is_below_the_order_amount_earns_nothing(self):
        self.rule.order_amount = 500
        referral = self._refer(self.new)
        for amount, fits in ((499.99, False), (500, True)):
            referral.amount = amount
            self.assertEqual(bool(self.rule._fits(self.member, referral)), fits)
