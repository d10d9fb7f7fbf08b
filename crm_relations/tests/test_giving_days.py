"""GI-1, GI-2: amounts at the rate of their day, today as a border, and who has left."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common.care import NOW
from .common.giving import GivingCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGivingDays(GivingCommon):
    """One of ours is 2 Rare until yesterday, 4 today and 2 again in twenty days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rare = cls.env["res.currency"].create(
            {
                "name": "RAR",
                "symbol": "R",
                "rate_ids": [
                    Command.create(
                        {"name": fields.Date.add(cls.today, days=days), "rate": rate}
                    )
                    for days, rate in ((-90, 2), (0, 4), (20, 2))
                ],
            }
        )
        cls.tier_a.write({"concession_limit": 100, "guards_orders": True})
        cls.acme.tier_id = cls.tier_a
        cls.product.list_price = 100
        cls.rare_list = cls.env["product.pricelist"].create(
            {"name": "Rare", "currency_id": cls.rare.id}
        )

    def _propose(self, user=None, **values):
        vals = {"partner_id": self.acme.id, "name": "Freight", "value": 80}
        concessions = self.env["crm.concession"].with_user(user or self.sally)
        return concessions.create({**vals, **values})

    def _quote(self, customer=None, **values):
        line = {"product_id": self.product.id, "product_uom_qty": 10}
        line |= {"price_unit": 100, **values.pop("line", {})}
        vals = {"user_id": self.sally.id, "order_line": [Command.create(line)]}
        orders = self.env["sale.order"].with_user(self.sally)
        return orders.create(
            {"partner_id": (customer or self.acme).id, **vals, **values}
        )

    def test_a_gift_is_worth_what_it_is_today_whenever_it_is_given(self):
        far = self._create_item("Far", 800, currency_id=self.rare.id)
        for days in (-5, 0, 25):
            gift = self._plan(far, days=days)
            self.assertEqual((gift.value, gift.cost), (200, 100))

    def test_a_budget_is_that_of_the_day_of_the_gift(self):
        self.tier_a.write({"currency_id": self.rare.id, "gift_budget": 400})
        for days, budget in ((-5, 200), (0, 100), (25, 200)):
            item = self._create_item(f"Item {days}", 2 * budget)
            more = self._create_item(f"More {days}", 2 * budget + 2)
            with self.subTest(days):
                self.assertNotIn("budget", self._plan(item, days=days).why or "")
                self.assertIn("budget", self._plan(more, days=days).why)

    def test_the_budget_of_a_year_is_shown_at_the_rate_of_today(self):
        self.tier_a.write({"currency_id": self.rare.id, "gift_budget": 800})
        self._give()
        year = self.env["crm.gift.year"].search([("partner_id", "=", self.acme.id)])
        self.assertEqual((year.budget, year.left), (200, 100))

    def test_what_was_given_counts_at_the_rate_of_its_day(self):
        for item, days in ((self.tea, -10), (self.pen, -20)):
            self._give(item, days=days)
        # The customer was judged by a company with another currency then.
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_gift SET currency_id = %s", [self.rare.id])
        self.env.invalidate_all()
        # 200 and 290 of Rare, two for one.
        for value, is_above in ((255, False), (256, True)):
            gift = self._plan(self._create_item("Box", value))
            with self.subTest(value):
                self.assertEqual("comes to" in (gift.why or ""), is_above)

    def _get_year(self):
        return self.env["crm.gift.year"].search([("partner_id", "=", self.acme.id)])

    def test_a_year_in_two_currencies_is_told_in_that_of_its_last_gift(self):
        first = self._give(self.tea, days=-10)
        self._give(self.pen, recipient=self.ben, days=-5)
        # The customer was judged by a company with another currency at first.
        self.env.flush_all()
        values = {"currency_id": self.rare.id, "value": 400, "cost": 200}
        self.env.cr.execute(
            "UPDATE crm_gift SET currency_id = %(currency_id)s, value = %(value)s, "
            "cost = %(cost)s WHERE id = %(id)s",
            {**values, "id": first.id},
        )
        self.env.invalidate_all()
        self.env["crm.gift.year"]._refresh(self.acme.ids)
        year = {"value": 490, "cost": 245, "currency_id": self.company.currency_id.id}
        self.assertRecordValues(self._get_year(), [{**year, "count": 2}])

    def test_what_was_given_stays_what_it_was_worth(self):
        branch = self._create_customer("Branch", user_id=self.sally.id)
        branch.tier_id = self.tier_a
        given = self._give(self.pen, recipient=branch)
        granted = self._propose(partner_id=branch.id)
        granted.ask()
        self.assertEqual(granted.state, "approved")
        self.pen.write({"value": 1000, "cost": 500})
        self.acme.company_id = self.env["res.company"].create(
            {"name": "Rare", "currency_id": self.rare.id}
        )
        branch.write({"is_company": False, "parent_id": self.acme.id})
        self.env.flush_all()
        self.assertEqual(given.partner_id | granted.partner_id, self.acme)
        amounts = {"currency_id": self.company.currency_id.id}
        self.assertRecordValues(given, [{**amounts, "value": 290, "cost": 145}])
        self.assertRecordValues(granted, [{**amounts, "value": 80}])
        self.assertEqual(self._get_year().value, 290)

    def test_what_care_proposes_fits_at_the_rate_of_today(self):
        for value, worth in ((1200, 300), (1204, 301)):
            item = self._create_item("Far", value, currency_id=self.rare.id)
            self.assertEqual(item._get_value_in(self.company), worth)

    def test_the_limit_of_a_tier_is_that_of_today(self):
        self.tier_a.write({"currency_id": self.rare.id, "concession_limit": 400})
        self.assertFalse(self._propose(value=100).why)
        self.assertTrue(self._propose(value=101).why)

    def test_what_was_granted_counts_at_the_rate_of_its_day(self):
        old = self._propose(value=100)
        old.ask()
        old.sudo().write(
            {"currency_id": self.rare.id, "date": self.today - timedelta(days=3)}
        )
        self.assertFalse(self._propose(value=50).why)
        self.assertTrue(self._propose(value=51).why)

    def test_what_was_approved_covers_a_quotation_at_the_rate_of_its_day(self):
        order = self._quote(pricelist_id=self.rare_list.id, line={"price_unit": 200})
        self.assertEqual(order.currency_id, self.rare)
        # Ten at 200 of Rare five days ago are sold at 150.
        order.date_order = fields.Date.add(self.today, days=-5)
        order.order_line.price_unit = 150
        one = self.env["crm.concession"].browse(order.action_ask_discount()["res_id"])
        self.assertEqual(one.value, 125)
        one.with_user(self.sally).reason = "They insist"
        self.assertAnswers(one.with_user(self.sally).ask(), "ok")
        self.assertAnswers(one.with_user(self.max).approve(), "ok")
        with freeze_time(fields.Date.add(self.today, days=20)):
            order.invalidate_recordset()
            self.assertFalse(order._get_uncovered_discount())

    def test_a_gift_approved_for_today_is_not_judged_anew(self):
        tea = self._plan()
        self.assertAnswers(tea.ask(), "ok")
        pen = self._plan(self.pen, reason="Thanks")
        pen.ask()
        self.assertAnswers(pen.with_user(self.max).approve(), "ok")
        self.assertAnswers(pen.give(), "ok")
        self.assertAnswers(tea.give(), "ok")
        self.assertEqual(tea.state, "given")

    def test_who_writes_no_quotation_asks_for_no_discount_of_it(self):
        rich = self._create_customer("Rich", user_id=self.sally.id)
        rich.tier_id = self.tier_a
        order = self._quote(rich)
        values = {"partner_id": rich.id, "order_id": order.id}
        for user in (self.sam, self.anna, self.carl):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._propose(user, **values)
        one = self._propose(**values)
        rich.with_user(self.sally).share_with(self.sam.id)
        self.assertAnswers(one.with_user(self.sam).ask(), "ok")

    def test_who_reads_a_quotation_only_asks_for_no_discount_of_it(self):
        rich = self._create_customer("Rich", user_id=self.sally.id)
        order = self._quote(rich)
        self.env["ir.rule"].create(
            {
                "name": "Quotations of others are read",
                "model_id": self.env.ref("sale.model_sale_order").id,
                "groups": [Command.link(self.env.ref("base.group_user").id)],
                "perm_write": False,
                "perm_create": False,
                "perm_unlink": False,
                "domain_force": "[(1, '=', 1)]",
            }
        )
        self.assertTrue(order.with_user(self.sam).has_access("read"))
        self.assertFalse(order.with_user(self.sam).has_access("write"))
        with self.assertRaises(AccessError):
            self._propose(self.sam, partner_id=rich.id, order_id=order.id)

    def test_who_leads_no_more_approves_nothing(self):
        gift = self._plan(self.vase, reason="Opening")
        one = self._propose(value=500, reason="Big")
        self.assertAnswers(gift.ask() + one.ask(), "ok", "ok")
        for record in (gift, one):
            self.assertTrue(record.with_user(self.max).may_decide)
        self.north.user_id = self.sam
        self.env.invalidate_all()
        for record in (gift, one):
            with self.subTest(record._name):
                self.assertAnswers(record.with_user(self.max).approve(), "no_right")

    def test_who_manages_relations_no_more_approves_nothing(self):
        gift = self._plan(self.vase, reason="Opening")
        gift.ask()
        self.rita.group_ids -= self.env.ref("crm_relations.group_relations_manager")
        self.rita.group_ids |= self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.assertAnswers(gift.with_user(self.rita).approve(), "no_right")
        self.assertEqual(gift.state, "asked")
        self.assertAnswers(gift.with_user(self.max).approve(), "ok")

    def test_what_who_has_left_gave_still_counts(self):
        self._give(user=self.sam)
        one = self._propose(self.sam)
        one.ask()
        self.sam.active = False
        self.env.invalidate_all()
        self.assertIn("within a week", self._plan(self.pen).why)
        self.assertIn("within a month", self._propose(value=21).why)
