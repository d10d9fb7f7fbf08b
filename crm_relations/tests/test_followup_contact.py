from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestContactDue(RelationsCommon):
    """FU-6: by when a customer is to be contacted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.tier_a.contact_interval_days = 7
        cls.tier_b.contact_interval_days = 30
        cls.tier_c.contact_interval_days = 0
        cls.customer = cls._create_customer(user_id=cls.sally.id, tier_id=cls.tier_a.id)
        cls._age_ownership(cls.customer, 60)

    def _get_due(self, customer=None):
        return fields.Date.to_string((customer or self.customer).contact_due_date)

    def test_last_follow_up_plus_the_interval_of_the_tier(self):
        self._create_followup(self.customer, days_ago=3)
        self.assertEqual(self._get_due(), "2026-03-08")
        self.customer.tier_id = self.tier_b
        self.assertEqual(self._get_due(), "2026-03-31")

    def test_the_night_empties_the_dates_of_who_has_no_tier(self):
        self.assertTrue(self._get_due())
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET tier_id = NULL, visit_due_date = contact_due_date"
            " WHERE id = %s",
            [self.customer.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self.customer._refresh_contact_dates(self.customer.ids), 1)
        self.assertFalse(self.customer.contact_due_date)
        self.assertFalse(self.customer.visit_due_date)

    def test_the_day_is_local_to_the_company_of_the_customer(self):
        self._create_followup(self.customer, date="2026-03-02 17:00:00")
        self.assertEqual(self._get_due(), "2026-03-10")  # the 3rd in Shanghai
        west = self.env["res.company"].create({"name": "West"})
        west.resource_calendar_id.tz = "America/New_York"
        self.customer.company_id = west
        self.assertEqual(self._get_due(), "2026-03-09")

    def test_the_day_of_a_visit_is_local_to_the_company_of_the_customer(self):
        self.tier_a.visit_interval_days = 10
        self._create_followup(
            self.customer,
            date="2026-03-02 17:00:00",
            kind_id=self.env.ref("crm_relations.crm_followup_kind_visit").id,
        )
        self.assertEqual(
            self.customer.visit_due_date, fields.Date.to_date("2026-03-13")
        )

    def test_whom_nobody_has_contacted_is_silent_since_it_came(self):
        self._age_ownership(self.customer, 5)
        self.assertEqual(self._get_due(), "2026-03-06")

    def test_the_clock_starts_with_the_owner(self):
        """Claimed today after long silence: nothing is overdue, told or done."""
        self._create_followup(self.customer, days_ago=50)
        self.assertEqual(self._get_due(), "2026-01-20")
        rule = self.env["crm.care.rule"].create(
            {
                "name": "Silent",
                "trigger": "silence",
                "start_date": "2020-01-01",
                "catch_up_days": 60,
                "domain": self._only(self.customer),
            }
        )
        self.customer.with_user(self.sally).pool_release("Too far away")
        [answer] = self.customer.with_user(self.sam).pool_claim()
        self.assertTrue(answer["ok"], answer)
        self.env.invalidate_all()
        self.assertEqual(self._get_due(), "2026-03-11")
        cards = (
            self.env["crm.my.day"]
            .with_user(self.sam)
            ._get_my_day_cards(self.sam, fields.Date.today())
        )
        [due] = [card for card in cards if card["key"] == "contact_due"]
        self.assertFalse(self.env["res.partner"].search(due["domain"]))
        self.env["crm.contact.escalation"]._escalate(1)
        self.assertFalse(
            self.env["crm.contact.escalation"].search(
                [("partner_id", "=", self.customer.id)]
            )
        )
        rule._create_tasks()
        planned = rule.task_ids.filtered(lambda task: task.state == "planned")
        self.assertEqual(str(planned.occasion_date), "2026-03-11")

    def test_each_way_of_taking_over_starts_the_clock(self):
        self._create_followup(self.customer, days_ago=50)
        for take in (
            lambda: self.customer.write({"user_id": self.sam.id}),
            lambda: self.customer.pool_transfer(self.sally.id, "Moved"),
            lambda: self._put_back() + self.customer.pool_assign(self.sam.id),
        ):
            self._age_ownership(self.customer, 60)
            self.assertEqual(self._get_due(), "2026-01-20")
            take()
            self.env.invalidate_all()
            self.assertEqual(self._get_due(), "2026-03-11")

    def _put_back(self):
        return self.customer.with_user(self.sally).pool_release("Too far away")

    def test_without_tier_or_interval_nobody_has_to_be_contacted(self):
        self.customer.tier_id = self.tier_c
        self.assertFalse(self.customer.contact_due_date)
        self.customer.tier_id = False
        self.assertFalse(self.customer.contact_due_date)

    def test_deleting_the_follow_up_brings_the_day_back(self):
        self._create_followup(self.customer, days_ago=10)
        followup = self._create_followup(self.customer)
        followup.unlink()
        self.assertEqual(self._get_due(), "2026-03-01")

    def test_a_tier_decided_by_a_scheme_counts_at_once(self):
        self._create_followup(self.customer)
        self._create_order(self.customer, 100)
        self._create_scheme(
            cuts=[(self.tier_b, 100)], domain=self._only(self.customer)
        ).run()
        self.assertEqual(self._get_due(), "2026-04-03")

    def test_a_changed_interval_counts_for_all_soon(self):
        self._create_followup(self.customer)
        jobs = self.env.ref("crm_relations.ir_cron_contact_dates")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", jobs.id)])
        self.tier_a.contact_interval_days = 14
        new = self.env["ir.cron.trigger"].search([("cron_id", "=", jobs.id)]) - triggers
        self.assertTrue(new)
        self.env.flush_all()
        with self.enter_registry_test_mode():
            jobs.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self._get_due(), "2026-03-18")

    def test_a_second_run_changes_nothing(self):
        self._create_followup(self.customer)
        partners = self.env["res.partner"]
        self.assertFalse(partners._refresh_contact_dates(self.customer.ids))

    def test_as_many_statements_for_many_customers_as_for_one(self):
        def measure(count):
            customers = self.env["res.partner"].create(
                [
                    {"name": f"C{number}", "is_managed_customer": True}
                    for number in range(count)
                ]
            )
            self.env.flush_all()
            return self._count_statements(
                lambda: customers._refresh_contact_dates(customers.ids)
            )

        measure(1)
        self.assertEqual(measure(1), measure(40))

    def test_nobody_types_the_day(self):
        customer = self.customer.with_user(self.sally)
        due = fields.Date.today() + timedelta(days=9)
        with self.assertRaises(AccessError):
            customer.contact_due_date = due

    def test_merging_keeps_the_later_contact(self):
        twin = self._create_customer("Twin", email="twin@example.com")
        self._create_followup(self.customer, days_ago=9)
        self._create_followup(twin, days_ago=2)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | twin).ids, self.customer, extra_checks=False)
        self.assertEqual(self._get_due(), "2026-03-09")
