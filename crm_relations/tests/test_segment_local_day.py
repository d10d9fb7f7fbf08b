from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon

# Two in the night of March 5 in Shanghai, and still March 4 in UTC.
NIGHT = fields.Datetime.to_datetime("2026-03-04 18:00:00")
TODAY, YESTERDAY = (fields.Date.to_date(f"2026-03-0{day}") for day in (5, 4))


@tagged("post_install", "-at_install")
@freeze_time(NIGHT)
class TestSegmentLocalDay(RelationsCommon):
    """What is counted in days is counted in those of the customer's company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.west = cls.env["res.company"].create({"name": "West"})
        cls.west.resource_calendar_id = cls.west.resource_calendar_id.copy()
        cls.west.resource_calendar_id.tz = "UTC"
        cls.here = cls._create_customer("Here", user_id=cls.sally.id)
        cls.there = cls._create_customer("There", company_id=cls.west.id)
        cls.both = cls.here | cls.there

    def _create_layer(self, **values):
        rules = self.env["crm.lifecycle.rule"]
        rules.search([]).active = False
        return rules.create(
            {
                "name": "Dormant",
                "layer": "dormant",
                "start_date": "2026-01-01",
                "domain": self._only(self.both),
            }
            | values
        )

    def _set_created(self, customer, moment):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = %s WHERE id = %s",
            [moment, customer.id],
        )
        self.env.invalidate_all()

    def test_layers_count_silence_in_days_of_the_customers_company(self):
        self.both.last_order_on = TODAY - timedelta(days=30)
        self._create_layer(silent_days=30).run()
        self.assertEqual(self.both.mapped("lifecycle"), ["dormant", False])
        self._create_layer(silent_days=29).run()
        self.assertEqual(self.there.lifecycle, "dormant")

    def test_a_referral_counts_from_the_local_day_on_which_it_came(self):
        self.both.write({"referred_by_id": self._create_customer("Referrer").id})
        for customer in self.both:
            self._set_created(customer, NIGHT)
        ids = self.both.referred_by_id.ids
        rows = self.env.execute_query(
            self.env["res.partner"]._get_referral_evidence(ids)
        )
        days = {row[4]: row[2] for row in rows}
        self.assertEqual(days, {self.here.id: TODAY, self.there.id: YESTERDAY})
        self.here.relation_since = "2020-01-01"
        rows = self.env.execute_query(
            self.env["res.partner"]._get_referral_evidence(ids)
        )
        self.assertIn(fields.Date.to_date("2020-01-01"), {row[2] for row in rows})

    def test_the_migration_report_counts_by_local_months(self):
        for moment, month in (
            ("2026-02-28 15:59:59", "2026-02-01"),
            ("2026-02-28 16:00:00", "2026-03-01"),
        ):
            change = self.env["crm.tier.change"].create(
                {
                    "partner_id": self.here.id,
                    "decided_at": moment,
                    "new_tier_id": self.tier_a.id,
                }
            )
            self.env.flush_all()
            line = self.env["crm.tier.migration"].search(
                [("partner_id", "=", self.here.id)]
            )
            with self.subTest(moment):
                self.assertEqual(fields.Date.to_string(line.month), month)
            change.unlink()

    def test_a_newcomer_came_on_a_local_day(self):
        self._set_created(self.here, NIGHT - timedelta(days=1))  # the 4th there
        for days, judged in ((1, True), (2, False)):
            scheme = self._create_scheme(
                domain=self._only(self.here), newcomer_days=days
            )
            found = self.env.execute_query(scheme._get_population_sql())
            with self.subTest(days):
                self.assertEqual(bool(found), judged)
            scheme.active = False

    def test_a_tier_set_by_hand_holds_through_its_last_local_day(self):
        scheme = self._create_scheme(domain=self._only(self.here))
        self.here.with_user(self.max).set_tier(self.tier_b.id, TODAY, "Tender")
        scheme.run()
        self.assertEqual(self.here.tier_id, self.tier_b)
        with freeze_time(NIGHT + timedelta(days=1)):
            scheme.run()
        self.assertEqual(self.here.tier_id, self.tier_c)

    def test_without_a_scheme_it_ends_with_the_local_day_too(self):
        partners = self.env["res.partner"]
        self.both.write(
            {
                "tier_id": self.tier_b.id,
                "tier_override_id": self.tier_b.id,
                "tier_override_until": YESTERDAY,
            }
        )
        self.assertEqual(partners._end_expired_tiers(self.both.ids), 1)
        self.assertEqual(self.there.tier_id, self.tier_b)
        self.assertFalse(self.here.tier_id)

    def test_current_is_who_ordered_within_twelve_months(self):
        first = fields.Date.subtract(TODAY, months=12) + timedelta(days=1)
        self.here.write({"last_order_on": first, "first_order_on": first})
        earlier = first - timedelta(days=1)
        self.there.write({"last_order_on": earlier, "first_order_on": earlier})
        self.env["res.partner"]._refresh_classes(self.both.ids)
        self.assertEqual(self.both.mapped("transaction_class"), ["current", "past"])

    def test_sales_of_a_year_begin_on_the_day_after_the_same_one(self):
        for day, amount in ((1, 10), (0, 100)):
            order = self._create_order(self.here, amount)
            start = fields.Date.subtract(TODAY, months=12) + timedelta(days=day)
            order.date_order = self.company._get_relations_day_start(start)
        self.env["res.partner"]._refresh_sales_figures(self.here.ids)
        self.assertEqual(self.here.sales_12_months, 10)
        self.assertEqual(self.here.sales_total, 110)

    def test_a_customer_may_be_lost_on_the_day_of_its_last_order(self):
        self.here.last_order_on = YESTERDAY
        reason = self.env["crm.churn.reason"].search(
            [("asks_competitor", "=", False)], limit=1
        )
        for day, code in (("2026-03-03", "ordered_later"), (YESTERDAY, "registered")):
            [answer] = self.here.register_lost(reason.id, lost_on=day)
            self.assertEqual(answer["code"], code)

    def test_lost_is_who_is_lost_today_where_the_company_is(self):
        reason = self.env["crm.churn.reason"].search(
            [("asks_competitor", "=", False)], limit=1
        )
        self.here.register_lost(reason.id)
        self.assertEqual(self.here.lost_customer_ids.lost_on, TODAY)
        with self.assertRefused("today or was lost before"):
            self.there.register_lost(reason.id, lost_on=TODAY)

    def test_the_dialog_proposes_a_day_that_is_there_already(self):
        reason = self.env["crm.churn.reason"].search([], limit=1)
        wizard = self.env["crm.lost.customer.wizard"].with_context(tz="Asia/Shanghai")
        for customers, day in ((self.here, TODAY), (self.both, YESTERDAY)):
            proposed = wizard.create(
                {"partner_ids": customers.ids, "reason_id": reason.id}
            )
            self.assertEqual(proposed.lost_on, day)

    def test_an_order_of_the_very_moment_wins_nobody_back(self):
        reason = self.env["crm.churn.reason"].search(
            [("asks_competitor", "=", False)], limit=1
        )
        self.here.register_lost(reason.id)
        order = self._create_order(self.here, 10)
        lost = self.env["crm.lost.customer"]
        order.date_order = NIGHT
        self.assertEqual(lost._find_won_back(self.here.ids), 0)
        order.date_order = NIGHT + timedelta(seconds=1)
        self.assertEqual(lost._find_won_back(self.here.ids), 1)
        self.assertEqual(self.here.lost_customer_ids.won_back_on, TODAY)
