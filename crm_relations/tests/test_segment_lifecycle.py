from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestLifecycle(RelationsCommon):
    """SE-6: layers by rules over orders and silence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["crm.lifecycle.rule"].search([])
        cls.rules.start_date = fields.Date.today()
        cls.today = cls.company._get_relations_today()

    def _create_buyer(self, *days_ago):
        customer = self._create_customer("Buyer")
        for days in days_ago:
            self._create_order(customer, 10, days_ago=days)
        return customer

    def _run(self):
        self.env["res.partner"]._refresh_sales_figures()
        return self.env["crm.lifecycle.rule"].run()

    def test_shipped_layers(self):
        potential = self._create_customer("Potential")
        new = self._create_buyer(20, 5)
        mature = self._create_buyer(*range(400, 440, 5), 40, 20)
        loyal = self._create_buyer(*range(5, 105, 10))
        dormant = self._create_buyer(160, 150, 140)
        lost = self._create_buyer(420, 410, 400)
        self._run()
        customers = potential | new | mature | loyal | dormant | lost
        self.assertEqual(
            customers.mapped("lifecycle"),
            ["potential", "new", "mature", "loyal", "dormant", "lost"],
        )

    def test_the_own_rhythm_is_the_median_between_days_with_orders(self):
        steady = self._create_buyer(100, 90, 89, 60)
        self._create_order(steady, 10, days_ago=60)
        few = self._create_buyer(30, 10)
        self.env["res.partner"]._refresh_sales_figures()
        self.assertEqual(steady.order_interval_days, 10)
        self.assertEqual(few.order_interval_days, 0)

    def test_silence_is_measured_by_the_own_rhythm_at_least(self):
        """Orders every 40 days: dormant from day 120 on, not on day 119."""
        for days, layer in ((119, "new"), (120, "dormant")):
            customer = self._create_buyer(days, days + 40, days + 80)
            self._run()
            with self.subTest(days):
                self.assertEqual(customer.lifecycle, layer)

    def test_at_least_ten_orders(self):
        nine, ten = (
            self._create_buyer(*range(400, 400 + 10 * n, 10), 20) for n in (8, 9)
        )
        self._run()
        self.assertEqual((nine | ten).mapped("lifecycle"), ["new", "mature"])

    def test_why_since_and_what_silence_will_make_of_it(self):
        customer = self._create_buyer(10, 50, 90)
        self._run()
        why = customer.lifecycle_reason
        self.assertIn("3 orders", why["sentence"])
        self.assertIn("every 40 days", why["sentence"])
        self.assertTrue(why["since"])
        layer, day = customer._get_next_layer(customer.lifecycle_change_ids)
        self.assertEqual((layer, day), ("dormant", self.today + timedelta(days=110)))
        self.assertIn("Dormant on", why["next"])

    def test_the_predicted_day_is_the_day_on_which_the_rule_fits(self):
        customer = self._create_buyer(10, 50, 90)
        self._run()
        _layer, day = customer._get_next_layer(customer.lifecycle_change_ids)
        wait = (day - self.today).days
        self.env.flush_all()
        for shift, layer in ((wait - 1, "new"), (1, "dormant")):
            self.env.cr.execute(
                "UPDATE sale_order SET date_order = date_order - %s * interval '1 day' "
                "WHERE partner_id = %s",
                [shift, customer.id],
            )
            self.env.invalidate_all()
            self._run()
            self.assertEqual(customer.lifecycle, layer)

    def test_changes_are_ledger_lines_and_a_second_run_makes_none(self):
        customer = self._create_buyer(5)
        self._run()
        self.assertEqual(self._run(), 0)
        self._create_order(customer, 1, days_ago=0)
        self.assertRecordValues(
            customer.lifecycle_change_ids, [{"old_layer": False, "new_layer": "new"}]
        )

    def test_preview_shows_who_would_enter_by_this_rule(self):
        customer = self._create_buyer(5)
        rule = self.rules.filtered(lambda r: r.layer == "new")
        rows = [row for row in rule.preview()["rows"] if row["id"] == customer.id]
        self.assertEqual([(row["old"], row["new"]) for row in rows], [("", "New")])
        self.assertFalse(customer.lifecycle)
        action = rule.action_preview()
        line = self.env["crm.decision.preview"].search(
            [*action["domain"], ("partner_id", "=", customer.id)]
        )
        self.assertEqual(line.new_name, "New")

    def test_rules_that_can_never_fit_are_refused_or_warned_of(self):
        with self.assertRefused("can never fit"):
            self.rules[0].write({"orders_from": 5, "orders_below": 5})
        with self.assertRefused("negative"):
            self.rules[0].silent_days = -1
        for values in ({"silent_days": 10**9}, {"silent_factor": 10**9}):
            with self.subTest(values), self.assertRefused("Silence is measured up to"):
                self.rules[1].write(values)
        everyone = self.env["crm.lifecycle.rule"].create(
            {"name": "Everyone", "sequence": 1}
        )
        self.assertIn("Everyone", self.rules[-1].warning)
        self.assertFalse(everyone.warning)

    def test_loyal_by_evidence_instead_of_orders_in_the_year(self):
        """Eleven orders long ago, few lately: loyal because of whom it brought."""
        customer = self._create_buyer(*range(800, 900, 10), 40, 20)
        self.env["res.partner"]._refresh_relationship(customer.ids)
        self._run()
        self.assertEqual(customer.lifecycle, "mature")
        self._create_customer("Friend", referred_by_id=customer.id)
        self.env["res.partner"]._refresh_relationship(customer.ids)
        self._run()
        self.assertEqual(customer.relationship_level, "4")
        self.assertEqual(customer.lifecycle, "loyal")
        self.assertIn(["Relationship", "Loyal"], customer.lifecycle_reason["figures"])

    def test_referrals_and_relationship_are_asked_for_at_least(self):
        customer = self._create_buyer(5)
        self._create_customer("Friend", referred_by_id=customer.id)
        self.env["res.partner"]._refresh_relationship(customer.ids)
        self.assertEqual(customer.relationship_level, "3")
        rule = self.env["crm.lifecycle.rule"].create(
            {
                "name": "Brought others",
                "layer": "loyal",
                "sequence": 1,
                "start_date": fields.Date.today(),
            }
        )
        for values, layer in (
            ({"referrals_from": 1}, "loyal"),
            ({"referrals_from": 2}, "new"),
            ({"referrals_from": 0, "level_from": "3"}, "loyal"),
            ({"level_from": "4"}, "new"),
        ):
            rule.write(values)
            self._run()
            with self.subTest(values):
                self.assertEqual(customer.lifecycle, layer)

    def test_rules_are_run_for_one_customer_alone(self):
        one, other = self._create_buyer(5), self._create_buyer(5)
        rules = self.rules._get_in_force()._get_started()
        self.assertEqual(rules._run_queue(partner_ids=one.ids), 1)
        self.assertEqual((one | other).mapped("lifecycle"), ["new", False])

    def test_a_rule_behind_one_that_takes_all_of_its_customers_is_warned_of(self):
        rule = self.env["crm.lifecycle.rule"].create(
            {"name": "Last", "sequence": 100, "orders_from": 12}
        )
        self.assertIn("“Ten orders” comes before it", rule.warning)
        rule.write({"orders_from": 3, "orders_below": 5})
        self.assertIn("“First orders” comes before it", rule.warning)
        rule.write({"orders_from": 0, "orders_below": 0})
        self.assertIn("any number of orders", rule.warning)
        rule.sequence = 55
        self.assertFalse(rule.warning)

    def test_silence_and_orders_of_the_year_tell_how_many_orders_there_are(self):
        rule = self.env["crm.lifecycle.rule"].create(
            {"name": "Last", "sequence": 100, "silent_days": 10}
        )
        self.assertIn("“First orders” comes before it", rule.warning)
        for values in ({"silent_days": 10}, {"orders_in_year_from": 1}):
            with self.subTest(values), self.assertRefused("can never fit"):
                rule.write({"orders_below": 1, **values})

    def test_rules_on_another_audience_take_nobody_away(self):
        rule = self.env["crm.lifecycle.rule"].create(
            {
                "name": "Team",
                "sequence": 1,
                "team_ids": self.north.ids,
                "orders_from": 1,
            }
        )
        self.assertIn("no customer today", rule.warning)
        self._create_buyer(5).user_id = self.sally
        rule.invalidate_recordset()
        self.assertFalse(rule.warning)
        self.assertFalse(self.rules.filtered("warning"))

    def test_archives_may_ask_more_of_a_layer(self):
        """AR-7: by lifecycle."""
        self.env["crm.archive.requirement"].search([]).active = False
        self.env.flush_all()
        field = self.env["ir.model.fields"]._get("res.partner", "city")
        self.env["crm.archive.requirement"].create(
            {"field_id": field.id, "lifecycle": "new"}
        )
        buyer, potential = self._create_buyer(5), self._create_customer()
        self._run()
        self.assertEqual((buyer | potential).mapped("archive_rate"), [0, 100])

    def test_audience_by_layer(self):
        buyer, potential = self._create_buyer(5), self._create_customer()
        self._run()
        rule = self._create_pool_rule(
            domain=self._only(buyer | potential), lifecycle="new"
        )
        self.assertEqual(self.env["res.partner"].search(rule._get_audience()), buyer)

    def test_only_configurators_run_the_rules(self):
        with self.assertRaises(AccessError):
            self.env["crm.lifecycle.rule"].with_user(self.rita).run()

    def test_words_of_a_layer_have_no_days_below_zero_and_no_decimals_of_none(self):
        """An order may be dated after the day of the decision."""
        facts = {"layer": "new", "orders": 2, "year": 2, "silent": -3, "rhythm": 130.0}
        told = self.env["crm.reason"]._sentence_lifecycle(facts)
        self.assertIn(", 0 days before", told)
        self.assertIn("every 130 days", told)
