from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestSegmentArchived(RelationsCommon):
    """Who is archived is no customer: nothing is counted by it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._get_relations_today()
        cls.other = cls.env["res.company"].create({"name": "Other"})
        cls.customer = cls._create_customer(user_id=cls.sally.id)

    def _create_rule(self, **values):
        rules = self.env["crm.lifecycle.rule"]
        rules.search([]).active = False
        return rules.create(
            {
                "name": "Rule",
                "layer": "loyal",
                "start_date": self.today,
                "domain": self._only(self.customer),
            }
            | values
        )

    def test_an_archived_referral_makes_nobody_loyal(self):
        friend = self._create_customer("Friend", referred_by_id=self.customer.id)
        rule = self._create_rule(referrals_from=1)
        self.assertEqual(rule.preview()["count"], 1)
        friend.active = False
        self.assertEqual(rule.preview()["count"], 0)
        friend.write({"active": True, "is_managed_customer": False})
        self.assertEqual(rule.preview()["count"], 0)

    def test_an_archived_referral_is_no_evidence(self):
        friend = self._create_customer("Friend", referred_by_id=self.customer.id)
        friend.first_order_on = self.today

        def get_kinds():
            partners = self.env["res.partner"]
            ids = self.customer.ids
            rows = self.env.execute_query(partners._get_referral_evidence(ids))
            return sorted(row[1] for row in rows)

        self.assertEqual(get_kinds(), ["referral", "referral_order"])
        self.assertEqual(self.customer.referral_count, 1)
        friend.active = False
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(get_kinds(), [])
        self.assertEqual(self.customer.referral_count, 0)

    def test_the_usual_rhythm_is_that_of_customers_in_use(self):
        self.env["res.partner"].search([("order_interval_days", ">", 0)]).write(
            {"order_interval_days": 0}
        )
        steady, gone = (
            self._create_customer(name, company_id=self.other.id)
            for name in ("Steady", "Gone")
        )
        steady.order_interval_days = 10
        gone.write({"order_interval_days": 90, "active": False})
        self.customer.write(
            {"last_order_on": self.today - timedelta(days=20), "company_id": False}
        )
        rule = self._create_rule(layer="dormant", silent_factor=2)
        self.assertEqual(rule.preview()["count"], 1)
        models = self.env["crm.activity.model"]
        self.env["res.partner"]._refresh_usual_intervals()
        model = models.search([("company_id", "=", self.other.id)])
        self.assertEqual(model.usual_interval_days, 10)

    def test_an_archived_customer_moves_nobody_out_of_the_main_ones(self):
        big, small = (
            self._create_customer(name, company_id=self.other.id)
            for name in ("Big", "Small")
        )
        for customer, sales in ((big, 1000), (small, 100)):
            customer.write(
                {
                    "sales_12_months": sales,
                    "orders_12_months": 5,
                    "first_order_on": self.today,
                    "last_order_on": self.today,
                }
            )
        partners = self.env["res.partner"]
        partners._refresh_classes((big | small).ids)
        self.assertEqual(small.market_class, "ordinary")
        big.active = False
        partners._refresh_classes((big | small).ids)
        self.assertEqual(small.market_class, "main")

    def test_the_cut_reads_customers_only(self):
        shop, no_customer = (
            self._create_customer(name, company_id=self.other.id)
            for name in ("Shop", "None")
        )
        shop.sales_12_months = 100
        no_customer.write({"sales_12_months": 1000, "is_managed_customer": False})
        cut = self.env["res.partner"]._get_main_sales()
        self.assertEqual(cut[self.other.id], 100)

    def test_archived_customers_are_in_no_line_of_the_migration_report(self):
        moved, stays = (
            self._create_customer(name, company_id=self.other.id)
            for name in ("Moved", "Stays")
        )
        earlier = fields.Date.subtract(self.today.replace(day=1), months=2)
        for customer, day in ((stays, earlier), (moved, self.today)):
            self.env["crm.tier.change"].create(
                {
                    "partner_id": customer.id,
                    "company_id": self.other.id,
                    "decided_at": day,
                    "new_tier_id": self.tier_a.id,
                }
            )
            customer.tier_id = self.tier_a
        self.assertEqual(self._count_lines(), 3)
        moved.active = False
        self.assertEqual(self._count_lines(), 2)
        stays.active = False
        self.assertEqual(self._count_lines(), 0)

    def _count_lines(self):
        self.env.flush_all()
        [(count,)] = self.env["crm.tier.migration"]._read_group(
            [("company_id", "=", self.other.id)], [], ["customer_count:sum"]
        )
        return count

    def test_a_scheme_ranks_customers_in_use_only(self):
        gone = self._create_customer("Gone")
        for customer, amount in ((self.customer, 10), (gone, 90)):
            self._create_order(customer, amount)
        scheme = self._create_scheme(domain=self._only(self.customer | gone))
        gone.active = False
        scheme.run()
        self.assertEqual(self.customer.tier_id, self.tier_a)
        self.assertFalse(gone.tier_id)

    def test_nobody_who_has_left_wins_a_customer_back(self):
        reason = self.env["crm.churn.reason"].search(
            [("asks_competitor", "=", False)], limit=1
        )
        self.customer.register_lost(reason.id)
        lost = self.customer.lost_customer_ids
        self.assertEqual(lost._get_task_user(), self.sally)
        for user, stand_in in ((self.sally, self.max), (self.max, self.env.user)):
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE res_users SET active = FALSE WHERE id = %s", [user.id]
            )
            self.env.invalidate_all()
            self.assertEqual(lost._get_task_user(), stand_in)
