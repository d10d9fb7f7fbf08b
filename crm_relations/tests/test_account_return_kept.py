"""KA-4: which returns are kept, by which company, and at whose cost of an hour."""

from odoo.tests import freeze_time, tagged

from .common.account_return import AccountReturnCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-05 10:00:00")
class TestAccountReturnKept(AccountReturnCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other"})
        cls.averages = cls.env["crm.account.return.average"]

    def _count_at_night(self):
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            self.returns.with_env(self.env(cr=cr))._cron_count()
        self.env.invalidate_all()

    def _count_nobody(self):
        self.patch(
            type(self.returns),
            "_get_customers_to_count",
            lambda returns: returns.env["res.partner"],
        )

    def _put_in_tier(self, *customers):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET tier_id = %s WHERE id = ANY(%s)",
            [self.tier_a.id, [customer.id for customer in customers]],
        )
        self.env.invalidate_all()

    def test_where_nobody_is_counted_the_night_reads_no_documents(self):
        self._put_in_tier(self.big)
        self.averages._refresh()
        self.assertTrue(self.averages.search([]))
        self._count_nobody()
        self.patch(
            type(self.returns),
            "_get_sources",
            lambda _returns: self.fail("Documents are read"),
        )
        self._count_at_night()
        self.assertFalse(self.averages.search([]))

    def test_averages_read_documents_since_last_year(self):
        for day in ("2023-12-31", "2024-12-28", "2025-01-01"):
            self._create_followup(self.big, date=f"{day} 09:00:00", duration_minutes=9)
        for days in (900, 3):
            self._give(self.big, 50, days_ago=days)
            self._credit(self._order_at_cost(self.big, 100, 60, days_ago=days))
        self.env.flush_all()
        for code in ("call", "gift", "orders", "returned", "margin"):
            for_averages = self._get_days(code, None)
            self.assertTrue(for_averages, code)
            self.assertTrue(all(day.year >= 2025 for day in for_averages), code)
            self.assertLess(for_averages, self._get_days(code, self.big.ids), code)

    def _get_days(self, code, ids):
        """Return the days of the big customer's documents that are read."""
        query = self.returns._get_sources()[code].query
        rows = self.env.execute_query(query(ids))
        return {row[2] for row in rows if row[0] == self.big.id}

    def _credit(self, order):
        invoice = order._create_invoices()
        invoice.invoice_date = order.date_order
        invoice.action_post()
        credit = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
        credit.action_post()

    def test_the_last_months_of_who_is_counted_no_more_go(self):
        self._create_followup(self.small, 2, duration_minutes=9)
        self._get_return(self.small)
        self._get_return(self.big)
        self._count_at_night()
        kept = self.returns.search([("partner_id", "=", self.small.id)])
        self.assertEqual(set(kept.mapped("kind")), {"year"})
        self.assertIn(
            self.big, self.returns.search([("kind", "=", "months")]).partner_id
        )
        self._count_nobody()
        self._count_at_night()
        self.assertFalse(self.returns.search([("kind", "=", "months")]))

    def test_periods_of_a_customer_overlap_and_are_not_summed(self):
        action = self.big.with_user(self.sally).action_view_account_return()
        self.assertEqual(
            [kind for _view, kind in action["views"]], ["list", "kanban", "form"]
        )
        views = {}
        for user in (self.sally, self.rita):
            returns = self.returns.with_user(user)
            views = returns.get_views(action["views"])["views"]
            self.assertIn('name="before_time"', views["list"]["arch"])
            self.assertNotIn("sum=", views["list"]["arch"])

    def test_a_plan_of_another_customer_takes_its_return_along(self):
        plan = self._write_plan()
        plan.with_user(self.sally).action_view_account_return()
        plan.partner_id = self.mid
        self.assertFalse(self.returns.search([("plan_id", "=", plan.id)]))
        action = plan.action_view_account_return()
        one = self.returns.search([("plan_id", "=", plan.id)])
        self.assertEqual((one.id, one.partner_id), (action["res_id"], self.mid))

    def test_a_return_that_a_plan_has_left_behind_goes_with_the_next_count(self):
        plan = self._write_plan()
        plan.action_view_account_return()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_account_plan SET partner_id = %s WHERE id = %s",
            [self.mid.id, plan.id],
        )
        self.env.invalidate_all()
        action = plan.action_view_account_return()
        one = self.returns.search([("plan_id", "=", plan.id)])
        self.assertEqual((one.id, one.partner_id), (action["res_id"], self.mid))

    def _serve(self, user):
        """Let the other company judge Big, and return what an hour of a colleague
        costs there."""
        self.big.write({"company_id": False, "relation_company_id": self.other.id})
        self._create_followup(self.big, 1, duration_minutes=60, user_id=user.id)
        one = self._get_return(self.big)
        return one.time_cost, one.unpriced_count

    def test_the_company_that_judges_a_customer_keeps_its_return(self):
        self._set_rate(999, company_id=self.other.id)
        self.assertEqual(self._serve(self.sally), (999, 0))
        one = self._get_return(self.big)
        self.assertEqual(one.company_id, self.other)
        here = self.returns.with_user(self.rita)
        self.assertFalse(here.search([("partner_id", "=", self.big.id)]))
        lines = self.env["crm.account.return.line"].with_user(self.rita)
        self.assertFalse(lines.search([("return_id", "=", one.id)]))

    def test_nobody_elses_rates_price_the_time_with_its_customer(self):
        for user in (self.sally, self.max):
            self.env["crm.followup"].search([]).unlink()
            self.assertEqual(self._serve(user), (0, 1), user.name)

    def test_the_rate_of_a_colleague_holds_after_a_change_of_company(self):
        contact = self._create_followup(
            self.big, 1, duration_minutes=60, user_id=self.max.id
        )
        self.max.write({"company_ids": self.other.ids, "company_id": self.other.id})
        self._set_rate(7, user_id=self.max.id, company_id=self.other.id)
        one = self._get_return(self.big)
        self.assertEqual((one.time_cost, one.unpriced_count), (100, 0))
        contact.unlink()
        self.assertEqual(self._serve(self.max), (7, 0))
