"""KA-4: each line opens the documents that it is the sum of."""

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common.account_return import AccountReturnCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-05 10:00:00")
class TestAccountReturnDocuments(AccountReturnCommon):
    def _fill(self):
        """Something of each source, and the same outside of the period."""
        for days in (3, 900):
            order = self._order_at_cost(self.big, 100, 60, days_ago=days, discount=10)
            self._credit(order, 30, days)
            self._give(self.big, 50, days_ago=days)
            self._grant(self.big, 20, "rush", days_ago=days)
            for kind in (self.call, self.visit, self.note):
                self._create_followup(
                    self.big, days, kind_id=kind.id, duration_minutes=12
                )
        return self._get_return(self.big)

    def _credit(self, order, amount, days_ago):
        """Return goods of an order for ``amount``."""
        invoice = order._create_invoices()
        invoice.invoice_date = fields.Date.subtract(fields.Date.today(), days=days_ago)
        invoice.action_post()
        wizard = self.env["account.move.reversal"].create(
            {"move_ids": invoice.ids, "journal_id": invoice.journal_id.id}
        )
        credit = self.env["account.move"].browse(wizard.refund_moves()["res_id"])
        credit.invoice_line_ids.write({"price_unit": amount, "discount": 0})
        credit.invoice_date = invoice.invoice_date
        credit.action_post()

    def _get_plain_sums(self, records):
        """Return what these documents come to, by their own fields."""
        return {
            "sale.order": lambda: sum(records.mapped("amount_untaxed")),
            "account.move": lambda: -sum(records.mapped("amount_untaxed")),
            "crm.gift": lambda: sum(records.mapped("cost")),
            "crm.concession": lambda: sum(records.mapped("value")),
            "crm.followup": lambda: sum(records.mapped("duration_minutes")),
        }[records._name]()

    def test_the_documents_of_a_line_sum_to_it(self):
        one = self._fill()
        seen = set()
        for line in one.line_ids:
            if not line.document_count:
                continue
            seen.add(line.source)
            action = line.action_open_documents()
            records = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual(len(records), line.document_count, line.source)
            if line.source in ("margin", "discount"):
                continue
            figure = line.minutes if line.effect == "time" else line.amount
            self.assertAlmostEqual(
                self._get_plain_sums(records), figure, 2, line.source
            )
        kinds = ("orders", "returned", "margin", "discount", "gift", "concession")
        self.assertEqual(seen, {*kinds, "visit", "call", "contact"})
        self.assertEqual(one.revenue, 800 + 90 - 30)
        # A third of the line came back, and with it a third of its margin.
        self.assertAlmostEqual(one.margin, 30 * (1 - 30 / 90), 2)

    def test_opening_counts_what_has_come_since(self):
        line = self._get_line(self._fill(), "call").with_user(self.sally)
        self._create_followup(self.big, 1, duration_minutes=8)
        action = line.action_open_documents()
        records = self.env["crm.followup"].search(action["domain"])
        self.assertEqual((len(records), line.document_count), (2, 2))
        self.assertEqual(line.minutes, 20)

    def test_documents_that_the_reader_may_not_open_count_and_are_told(self):
        one = self._fill()
        self.env["ir.rule"].create(
            {
                "name": "No gifts of these",
                "model_id": self.env["ir.model"]._get_id("crm.gift"),
                "domain_force": "[('cost', '!=', 50)]",
            }
        )
        self._give(self.big, 7)
        line = self._get_line(one, "gift").with_user(self.sally)
        told = line.action_open_documents()
        self.assertEqual(told["tag"], "display_notification")
        self.assertEqual(
            told["params"]["message"],
            "Counted documents: 2. You may open 1 of them.",
        )
        action = told["params"]["next"]
        mine = self.env["crm.gift"].with_user(self.sally).search(action["domain"])
        self.assertEqual((len(mine), line.amount), (1, 57))
        self.env["ir.rule"].search(
            [("name", "=", "No gifts of these")]
        ).domain_force = "[(0, '=', 1)]"
        told = line.action_open_documents()["params"]
        self.assertIn("You may open 0 of them.", told["message"])
        self.assertNotIn("next", told)

    def test_the_same_statements_for_one_customer_and_for_many(self):
        customers = self._create_customers(40, user_id=self.sally.id)
        for customer in customers:
            self._create_followup(customer, 2, duration_minutes=5)
        self.env.flush_all()

        def count(partners):
            return self._count_statements(lambda: self.returns._count_for(partners))

        count(customers)
        self.assertEqual(count(customers[:1]), count(customers))
        self.assertEqual(len(self.returns.search([("minutes", ">", 0)])), 80)

    def test_a_second_night_changes_nothing(self):
        self._fill()
        self.returns._count_for(self.big)
        lines = self.env["crm.account.return.line"]
        names = [*lines._fields.keys() - {"note"}]
        before = lines.search([("return_id.partner_id", "=", self.big.id)]).read(names)
        self.returns._count_for(self.big)
        after = lines.search([("return_id.partner_id", "=", self.big.id)]).read(names)
        self.assertEqual(before, after)

    def test_the_survivor_of_a_merge_brings_what_both_brought(self):
        self._fill()
        self._write_plan(customer=self.mid)
        self._create_followup(self.mid, 1, duration_minutes=30)
        self._get_return(self.mid)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.big | self.mid).ids, self.big, extra_checks=False)
        one = self._get_return(self.big)
        self.assertEqual((one.minutes, one.revenue), (36 + 30, 800 + 150 + 90 - 30))
        self.assertFalse(self.returns.search([("partner_id", "=", self.mid.id)]))

    def test_amounts_are_converted_at_the_rate_of_their_day(self):
        foreign = self.env["res.currency"].create({"name": "ZZZ", "symbol": "Z"})
        for day, rate in (("2026-01-01", 2), ("2026-05-03", 4)):
            self.env["res.currency.rate"].create(
                {"name": day, "rate": rate, "currency_id": foreign.id}
            )
        self._set_rate(80, user_id=self.sally.id, currency_id=foreign.id)
        for days in (1, 30):
            self._create_followup(self.big, days, duration_minutes=60)
        self.assertEqual(self._get_return(self.big).time_cost, 20 + 40)

    def test_a_customer_is_compared_with_its_tier(self):
        three = self.big | self.mid | self.small
        self.env.cr.execute(
            "UPDATE res_partner SET tier_id = %s WHERE id = ANY(%s)",
            [self.tier_a.id, three.ids],
        )
        self.env.invalidate_all()
        self._create_followup(self.mid, 1, duration_minutes=60)
        self._order_at_cost(self.mid, 100, 40)
        self._give(self.small, 30)
        self.env["crm.account.return.average"]._refresh()
        one = self._get_return(self.big)
        self.assertEqual((one.tier_count, one.tier_revenue), (3, 366.67))
        self.assertEqual(
            (one.tier_margin, one.tier_given, one.tier_minutes), (20, 10, 20)
        )
        self.assertAlmostEqual(one.tier_result, 10 - 40 / 3, 2)
        self.assertEqual(one.tier_before_time_share, "2.7 %")
        # An average of two would tell what the other one brings.
        self.small.active = False
        self.env["crm.account.return.average"]._refresh()
        one.invalidate_recordset()
        self.assertEqual(
            (one.tier_count, one.tier_revenue, one.tier_before_time_share),
            (0, 0, False),
        )

    def test_the_night_counts_key_accounts_and_the_planned(self):
        self._write_plan(customer=self.mid).sudo().state = "asked"
        self.returns.search([]).unlink()
        counted = self.returns._get_customers_to_count()
        self.assertIn(self.big, counted)
        self.assertIn(self.mid, counted)
        self.assertNotIn(self.small, counted)
        with self.assertRaisesRegex(UserError, "no key account and has no plan"):
            self.small.with_user(self.sally).action_view_account_return()

    def test_a_source_that_is_no_more_takes_its_line_along(self):
        one = self._fill()
        sources = type(one)._get_sources

        def fewer(returns):
            return {
                code: source
                for code, source in sources(returns).items()
                if code != "gift"
            }

        self.patch(type(one), "_get_sources", fewer)
        one.action_count_again()
        self.assertNotIn("gift", one.line_ids.mapped("source"))
        self.assertEqual(one.given, 20)

    def test_orders_of_contacts_count_for_the_customer(self):
        person = self._create_person(self.big)
        self._create_order(person, 100)
        self.assertEqual(self._get_return(self.big).revenue, 900)
        found = person.with_user(self.sally).action_view_account_return()
        self.assertEqual(found["domain"], [("partner_id", "=", self.big.id)])
