from psycopg2 import IntegrityError

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestTierMethods(RelationsCommon):
    """SE-2: RFM, weighted scores, and what is measured."""

    def _create_points_scheme(self, customers, cuts, **values):
        return self.env["crm.tier.scheme"].create(
            {
                "name": "Points",
                "start_date": self.company._get_relations_today(),
                "domain": self._only(customers),
                "cut_ids": [
                    Command.create({"tier_id": tier.id, "points_from": points})
                    for tier, points in cuts
                ],
            }
            | values
        )

    def _create_rfm(self, customers, cuts=None, **values):
        cuts = cuts or [(self.tier_a, 13), (self.tier_b, 8), (self.tier_c, 3)]
        return self._create_points_scheme(customers, cuts, method="rfm", **values)

    def _create_score(self, customers, weights, cuts=None, **values):
        cuts = cuts or [(self.tier_a, 80), (self.tier_b, 40), (self.tier_c, 0)]
        values["criterion_ids"] = [
            Command.create({"kind": kind, "weight": weight})
            for kind, weight in weights.items()
        ]
        return self._create_points_scheme(customers, cuts, method="score", **values)

    def _get_facts(self, customer):
        return customer.tier_change_ids[:1].facts

    def test_rfm_gives_a_point_for_each_fifth_behind(self):
        customers = self._create_customers(5)
        for number, customer in enumerate(customers):
            self._create_orders([(customer, 100, 50 - 10 * number)] * (number + 1))
        self._create_rfm(customers).run()
        points = [
            [self._get_facts(c)[name] for name in ("recency", "frequency", "money")]
            for c in customers
        ]
        self.assertEqual(points, [[n] * 3 for n in range(1, 6)])
        self.assertEqual([c.tier_id.name for c in customers], ["C", "C", "B", "B", "A"])

    def test_rfm_keeps_equal_customers_together(self):
        customers = self._create_customers(10)
        self._create_orders([(customer, 100, 5) for customer in customers[:6]])
        self._create_orders([(customer, 300, 5) for customer in customers[6:9]])
        self._create_rfm(customers).run()
        money = [self._get_facts(customer)["money"] for customer in customers]
        # One has nobody behind, six have one, three have seven of ten.
        self.assertEqual(money, [1] * 6 + [4] * 3 + [1])

    def test_rfm_of_equal_customers_is_the_middle(self):
        customers = self._create_customers(4)
        self._create_orders([(customer, 100, 5) for customer in customers])
        self._create_rfm(customers).run()
        self.assertEqual(
            {self._get_facts(customer)["points"] for customer in customers}, {9}
        )

    def test_what_reaches_no_threshold_and_what_never_ordered_is_told(self):
        start = {"revenue": 5}
        for facts, words in (
            ({"code": "tier_threshold", **start}, "reaches no threshold."),
            (
                {"code": "tier_rfm", "tier": self.tier_c.id, "points": 3},
                "recency 0 of 5 (last order -)",
            ),
        ):
            with self.subTest(facts["code"]):
                self.assertIn(words, self.env["crm.reason"]._get_sentence(facts))

    def test_rfm_needs_money(self):
        with self.assertRefused("counts orders already"):
            self._create_rfm(self._create_customers(1), measure="orders")

    def test_rfm_of_few_customers_falls_back_on_thresholds(self):
        customers = self._create_customers(2)
        self._create_order(customers[0], 500)
        cuts = [(self.tier_a, 9), (self.tier_b, 4), (self.tier_c, 3)]
        scheme = self._create_rfm(customers, cuts)
        for cut, value in zip(scheme._sort_cuts(), (1000, 500, 0), strict=True):
            cut.at_least = value
        scheme.minimum_population = 3
        scheme.run()
        self.assertEqual(customers[0].tier_id, self.tier_b)
        self.assertEqual(self._get_facts(customers[0])["code"], "tier_threshold")
        scheme.minimum_population = 2
        scheme.run()
        self.assertEqual(customers[0].tier_id, self.tier_a)
        self.assertEqual(self._get_facts(customers[0])["code"], "tier_rfm")

    def test_rfm_says_why(self):
        customers = self._create_customers(1)
        self._create_order(customers, 100, days_ago=5)
        self._create_rfm(customers).run()
        self.assertRegex(
            customers.tier_reason["sentence"],
            r"Tier B: 9 points, at least 8 are needed.*recency 3 of 5.*1 order\).*100",
        )

    def test_score_weighs_ranks_and_ratings(self):
        customers = self._create_customers(3)
        self._create_order(customers[0], 900)
        self._create_order(customers[1], 100)
        customers[1].write({"growth_potential": "5", "credit_standing": "good"})
        self._create_score(
            customers,
            {"revenue": 50, "growth_potential": 30, "payment_behaviour": 20},
        ).run()
        points = [self._get_facts(customer)["points"] for customer in customers]
        self.assertEqual(points, [50, 25 + 30 + 15, 0])
        self.assertEqual([c.tier_id.name for c in customers], ["B", "B", "C"])

    def test_score_lists_its_criteria_and_what_is_not_rated(self):
        customers = self._create_customers(2)
        self._create_order(customers[0], 900)
        self._create_score(customers, {"revenue": 60, "strategic_importance": 40}).run()
        figures = dict(customers[0].tier_reason["figures"])
        self.assertEqual(figures["Order revenue"], "100 × 60 %")
        self.assertEqual(figures["Strategic importance (rated)"], "not rated")
        self.assertIn("score of 60 points", customers[0].tier_reason["sentence"])

    def test_score_without_any_difference_is_the_middle(self):
        """Zero variance, one customer: nothing to compare, 50 points."""
        for count in (1, 3):
            customers = self._create_customers(count)
            self._create_orders([(customer, 10, 1) for customer in customers])
            scheme = self._create_score(customers, {"revenue": 100})
            scheme.run()
            self.assertEqual(
                {self._get_facts(customer)["points"] for customer in customers}, {50}
            )

    def test_weights_that_do_not_add_up_are_refused(self):
        customers = self._create_customers(1)
        with self.assertRefused("add up to 90 %, not to 100 %"):
            self._create_score(customers, {"revenue": 50, "orders": 40})
        with self.assertRefused("has no criteria"):
            self._create_score(customers, {})
        self._create_score(
            customers, {"revenue": 33.33, "orders": 33.33, "paid": 33.34}
        )

    def test_weights_changed_later_on_their_own_do_not_decide(self):
        customers = self._create_customers(1)
        scheme = self._create_score(customers, {"revenue": 60, "orders": 40})
        scheme.criterion_ids[0].weight = 50
        with self.assertRefused("not to 100 %"):
            scheme.run()

    def test_a_weight_is_positive(self):
        customers = self._create_customers(1)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self._create_score(customers, {"revenue": 110, "orders": -10})

    def test_points_that_nobody_reaches_are_refused(self):
        customers = self._create_customers(1)
        with self.assertRefused("at most 15"):
            self._create_rfm(customers, [(self.tier_a, 16)])
        with self.assertRefused("at most 100"):
            self._create_score(customers, {"revenue": 100}, [(self.tier_a, 100.5)])

    def test_margin_is_revenue_less_known_cost(self):
        cheap, dear = self._create_customers(2)
        self.product.standard_price = 60
        self._create_order(cheap, 100)
        self._create_order(dear, 200)
        free = self.env["product.product"].create(
            {"name": "No cost", "type": "service", "taxes_id": False}
        )
        order = self._create_order(cheap, 100, confirm=False)
        order.order_line.product_id = free
        order.order_line.price_unit = 5000
        order.action_confirm()
        self.env["res.partner"]._follow_purchases()
        self._create_scheme(domain=self._only(cheap | dear), measure="margin").run()
        self.assertEqual(self._get_facts(dear)["revenue"], 140)
        self.assertEqual(self._get_facts(cheap)["revenue"], 40)

    def test_margin_counts_units_of_measure(self):
        customer = self._create_customers(1)
        self.product.standard_price = 60
        dozen = self.env.ref("uom.product_uom_dozen")
        self.product.uom_ids = dozen
        order = self._create_order(customer, 1000, confirm=False)
        order.order_line.product_uom_id = dozen
        order.order_line.price_unit = 1000
        order.action_confirm()
        self.env["res.partner"]._follow_purchases()
        self._create_scheme(domain=self._only(customer), measure="margin").run()
        self.assertEqual(self._get_facts(customer)["revenue"], 1000 - 12 * 60)

    def test_a_credit_note_takes_its_part_of_the_margin_back(self):
        customer = self._create_customers(1)
        self.product.standard_price = 60
        self.product.invoice_policy = "order"
        order = self._create_order(customer, 100)
        invoice = order._create_invoices()
        invoice.action_post()
        refund = invoice._reverse_moves()
        refund.invoice_line_ids.price_unit = 25
        refund.invoice_date = self.company._get_relations_today()
        refund.action_post()
        self._create_scheme(domain=self._only(customer), measure="margin").run()
        self.assertEqual(self._get_facts(customer)["revenue"], 30)

    def _pay(self, customer, amount, kind="inbound"):
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        payment = self.env["account.payment"].create(
            {
                "partner_id": customer.id,
                "amount": amount,
                "payment_type": kind,
                "partner_type": "customer",
                "journal_id": journal.id,
            }
        )
        payment.action_post()
        return payment

    def test_paid_amount_is_what_came_in_less_what_went_back(self):
        payer, other = self._create_customers(2)
        self._create_order(other, 5000)
        self._pay(payer, 300)
        self._pay(payer, 100, kind="outbound")
        self._pay(payer, 900).action_cancel()
        self._create_scheme(domain=self._only(payer | other), measure="paid").run()
        self.assertEqual(self._get_facts(payer)["revenue"], 200)
        self.assertEqual(payer.tier_id, self.tier_a)
        self.assertEqual(other.tier_id, self.tier_c)
        self.assertIn("nothing paid", other.tier_reason["sentence"])

    def test_a_payment_with_an_entry_counts_once(self):
        customer = self._create_customers(1)
        payment = self._pay(customer, 300)
        account = self.env["account.account"].create(
            {
                "name": "Outstanding",
                "code": "OUTSTAND",
                "account_type": "asset_current",
                "reconcile": True,
            }
        )
        payment.journal_id.inbound_payment_method_line_ids.payment_account_id = account
        booked = self._pay(customer, 50)
        self.assertTrue(booked.move_id)
        self._create_scheme(domain=self._only(customer), measure="paid").run()
        self.assertEqual(self._get_facts(customer)["revenue"], 350)

    def test_negative_revenue_counts_as_none(self):
        customer, other = self._create_customers(2)
        self._create_order(other, 10)
        self._create_order(customer, -500)
        self._create_scheme(domain=self._only(customer | other)).run()
        self.assertEqual(self._get_facts(customer)["revenue"], 0)
        self.assertEqual(self._get_facts(other)["before"], 0)

    def test_a_currency_without_rate_is_warned_of(self):
        scheme = self._create_scheme()
        self.assertNotIn("exchange rate", scheme.warning or "")
        currency = self.env["res.currency"].create(
            {"name": "XQA", "symbol": "Q", "active": True}
        )
        self.env["res.company"].create({"name": "Q", "currency_id": currency.id})
        scheme.invalidate_recordset(["warning"])
        self.assertIn("XQA", scheme.warning)
        currency.rate_ids = [
            Command.create({"name": "2020-01-01", "rate": 2, "company_id": False})
        ]
        scheme.invalidate_recordset(["warning"])
        self.assertNotIn("exchange rate", scheme.warning or "")

    def test_money_of_another_company_is_converted(self):
        """Two of its units are one of ours; its product has a cost of its own."""
        currency = self.env["res.currency"].create({"name": "XQB", "symbol": "Q"})
        currency.rate_ids = [
            Command.create({"name": "2020-01-01", "rate": 2, "company_id": False})
        ]
        other = self.env["res.company"].create(
            {"name": "Two for one", "currency_id": currency.id}
        )
        ours, theirs = self._create_customers(2)
        self.product.standard_price = 60
        self.product.with_company(other).standard_price = 40
        self._create_order(ours, 100)
        order = self._create_order(theirs, 100, confirm=False, company_id=other.id)
        order.with_company(other).action_confirm()
        self.env["res.partner"]._follow_purchases()
        self.assertEqual(order.currency_id, currency)
        for measure, values in (("revenue", [100, 50]), ("margin", [40, 30])):
            scheme = self._create_scheme(
                domain=self._only(ours | theirs), measure=measure, sequence=1
            )
            measured = self.env.execute_query(
                SQL(
                    "SELECT value FROM (%s) AS measured ORDER BY id",
                    scheme._get_measured_sql("share"),
                )
            )
            self.assertEqual([float(value) for (value,) in measured], values)
            scheme.active = False

    def test_a_scheme_that_hits_nobody_is_warned_of(self):
        scheme = self._create_scheme(domain="[('name', '=', 'Nobody of that name')]")
        self.assertIn("No customer fits", scheme.warning)

    def test_a_scheme_says_what_it_does(self):
        scheme = self._create_scheme(downgrade_after_months=2, start_date=False)
        self.assertEqual(
            scheme.sentence,
            "Customers by order revenue of the last 12 months: A up to 80 %, B up to "
            "95 %, and C up to 100 %. A customer goes down after 2 months below the "
            "border.",
        )
        score = self._create_score(
            self._create_customers(1), {"revenue": 60, "growth_potential": 40}
        )
        self.assertIn(
            "order revenue 60 % and growth potential (rated) 40 %", score.sentence
        )
        self.assertIn("A from 80 points", score.sentence)
