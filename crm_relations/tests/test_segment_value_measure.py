from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common.value import ValueCommon


@tagged("post_install", "-at_install")
class TestValueMeasure(ValueCommon):
    """SE-11: by what orders are measured, tiers by value, sums by month."""

    def _create_sold_order(self, partner, price, cost, days_ago, quantity=1):
        product = self.env["product.product"].create(
            {
                **{"name": "P", "type": "service", "invoice_policy": "order"},
                **{"standard_price": cost, "taxes_id": False},
            }
        )
        order = self._create_order(partner, price, days_ago=days_ago, confirm=False)
        order.order_line.write({"product_id": product.id, "product_uom_qty": quantity})
        order.order_line.write({"price_unit": price, "tax_ids": False})
        moment = order.date_order
        order.action_confirm()
        order.date_order = moment
        return order

    def test_a_margin_below_zero_is_a_value_below_zero(self):
        self._set("value_measure", "margin")
        self.value_model.write({"p": 6, "q": 3, "gamma": 10})
        dear = self._create_customer("Dear")
        for days_ago in (90, 60, 30):
            self._create_sold_order(dear, 100, 150, days_ago)
        self._refresh(dear)
        self.env["crm.customer.value"]._refresh(dear.ids)
        row = self._get_value(dear)
        self.assertEqual((row.sales, row.repeat_sales), (-150, -100))
        self.assertLess(row.order_value, 0)
        self.assertLess(row.value_12_months, 0)
        self.assertFalse(row.has_range)
        self.assertTrue(row.reason["sentence"])

    def test_what_was_taken_back_lessens_the_order_of_which_it_was(self):
        back = self._create_customer("Back")
        orders = [self._create_sold_order(back, 100, 40, days) for days in (90, 60, 30)]
        for order, measure, expected in [
            (orders[1], "revenue", (200, 100)),
            (orders[0], "revenue", (100, 100)),
            (orders[2], "margin", (0, 0)),
        ]:
            invoice = order._create_invoices()
            invoice.action_post()
            invoice._reverse_moves(cancel=True)
            self._set("value_measure", measure)
            self._refresh(back)
            self.env["crm.customer.value"]._refresh(back.ids)
            row = self._get_value(back)
            with self.subTest(measure):
                self.assertEqual((row.sales, row.repeat_sales), expected)

    def _create_scheme(self, **values):
        self.env["crm.tier.scheme"].search([]).active = False
        tiers = [self.env.ref(f"crm_relations.crm_tier_{name}") for name in "ab"]
        return self.env["crm.tier.scheme"].create(
            {
                "name": "Value",
                "measure": "value_12_months",
                "method": "threshold",
                "start_date": self.today,
                "cut_ids": [
                    Command.create({"tier_id": tier.id, "at_least": least})
                    for tier, least in zip(tiers, (200, 0), strict=True)
                ],
                **values,
            }
        )

    def test_a_scheme_gives_tiers_by_the_value_to_be_expected(self):
        scheme = self._create_scheme()
        value = self.customer.value_12_months
        self.assertGreater(value, 200)
        new = self._create_customer("New")
        scheme.run()
        self.assertEqual(self.customer.tier_id.name, "A")
        self.assertEqual(new.tier_id.name, "B")
        sentence = self.customer.tier_reason["sentence"]
        self.assertIn("expected value of 12 months", sentence)
        self.assertNotIn(" from ", sentence)
        self.assertIn("expected value of 12 months", scheme.sentence)
        self.assertNotIn("months of the last", scheme.sentence)

    def test_shares_and_scores_count_the_lifetime_value(self):
        tier = self.env.ref("crm_relations.crm_tier_a")
        cut = Command.create({"tier_id": tier.id, "share": 100, "points_from": 10})
        scheme = self._create_scheme(
            measure="lifetime_value", method="share", cut_ids=[cut]
        )
        scheme.run()
        self.assertIn("lifetime value", self.customer.tier_reason["sentence"])
        scheme.active = False
        self._create_customer("New")
        score = self._create_scheme(
            method="score",
            cut_ids=[cut],
            criterion_ids=[Command.create({"kind": "lifetime_value", "weight": 100})],
        )
        self.customer.tier_id = False
        score.run()
        self.assertEqual(self.customer.tier_id, tier)

    def test_a_month_keeps_what_all_were_worth_at_its_end(self):
        totals = self.env["crm.value.total"]
        totals.search([]).unlink()
        with freeze_time("2027-01-20 12:00:00"):
            self._refresh_values()
            totals._refresh()
            totals._refresh()
        before = totals.search([("company_id", "=", self.company.id)])
        rows = self.env["crm.customer.value"].search(
            [("model_id", "=", self.value_model.id), ("customer_active", "=", True)]
        )
        self.assertAlmostEqual(
            sum(before.mapped("value_12_months")), sum(rows.mapped("value_12_months"))
        )
        self.assertEqual(sum(before.mapped("customer_count")), len(rows))
        kept = before.read(["value_12_months", "customer_count"])
        with freeze_time("2027-02-03 12:00:00"):
            self._refresh_values()
            totals._refresh()
        self.assertEqual(before.read(["value_12_months", "customer_count"]), kept)
        months = set(totals.search([]).mapped("month"))
        self.assertEqual({str(month) for month in months}, {"2027-01-01", "2027-02-01"})

    def test_sums_of_a_month_are_typed_by_nobody(self):
        self.env["crm.value.total"]._refresh()
        total = self.env["crm.value.total"].search([], limit=1)
        for user in (self.sally, self.rita, self.adam):
            mine = total.with_user(user)
            for act in (
                lambda mine=mine: mine.write({"customer_count": 1}),
                mine.unlink,
                mine.copy,
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    act()

    def test_the_night_values_before_it_decides_tiers(self):
        steps = self.env["crm.segmentation"]._get_steps()
        self.assertLess(steps.index("activity"), steps.index("values"))
        self.assertLess(steps.index("values"), steps.index("tiers"))
        self.assertLess(steps.index("lifecycle"), steps.index("value_totals"))
        self.customer.action_refresh_segments()
        self.assertTrue(self._get_value(self.customer))

    def test_the_nightly_job_resumes_and_forgets_old_outlooks(self):
        curves = self.env["crm.value.curve"]
        self.assertTrue(curves.search([]))
        self.model.write({"r": 1.0})
        job = self.env.ref("crm_relations.ir_cron_segments")
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.env.invalidate_all()
        terms = set(curves.search([]).mapped("terms"))
        self.assertEqual(len(terms), 1)

    def test_the_first_page_shows_the_value_with_its_bounds(self):
        overview = self.customer.with_user(self.sally).get_overview()
        [line] = [one for one in overview["conclusions"] if one["code"] == "value"]
        self.assertIn(" to ", line["value"])
        self.assertEqual(line["field"], "value_reason")
