from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon

# What leaves the system, or calls somebody, or is put before somebody.
SENT = {
    "mail.mail": [],
    "sms.sms": [],
    "mail.notification": [],
    "mail.activity": [],
    "mail.followers": [],
    "discuss.channel": [],
    "calendar.event": [],
    "bus.bus": [],
    "mail.message": [("message_type", "not in", ("notification", "auto_comment"))],
}


@tagged("post_install", "-at_install")
class TestNothingUnasked(RelationsCommon):
    """PL-1: nothing leaves the system before somebody has chosen it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.relations_digest_way = "none"
        cls.env["res.users"].search([]).relations_digest_way = False

    @freeze_time("2026-03-04 10:00:00")
    def test_first_days_of_the_suite_send_nothing(self):
        """A company with something due of each kind; each job of ours, three days."""
        self._create_world()
        before = self._count_sent()
        for days in range(3):
            with freeze_time(fields.Datetime.now() + timedelta(days=days)):
                self._run_all_jobs()
        self.assertEqual(self._count_sent(), before)

    def _create_world(self):
        self.tier_a.contact_interval_days = 7
        customer = self._create_customer(
            "Great Wall", user_id=self.sally.id, tier_id=self.tier_a.id, phone="1"
        )
        self._create_followup(customer, days_ago=40)
        self._create_order(customer, 100)
        person = self._create_person(customer)
        self.env["crm.person.profile"].create(
            {"partner_id": person.id, "birth_month": 3, "birth_day": 7}
        )

    def _run_all_jobs(self):
        jobs = self.env["ir.model.data"].search(
            [("model", "=", "ir.cron"), ("module", "=like", "crm_relations%")]
        )
        self.env.flush_all()
        for job in self.env["ir.cron"].browse(jobs.mapped("res_id")):
            with self.enter_registry_test_mode():
                job.method_direct_trigger()
        self.env.invalidate_all()

    def _count_sent(self):
        return {
            name: self.env[name].sudo().search_count(domain)
            for name, domain in SENT.items()
        }

    def test_no_rule_of_the_installation_writes_to_customers(self):
        """Those that do are chosen by a preset or by hand."""
        names = self.env["ir.model.data"].search(
            [("model", "=", "crm.care.rule"), ("module", "=", "crm_relations")]
        )
        rules = self.env["crm.care.rule"].browse(names.mapped("res_id")).exists()
        self.assertLessEqual(set(rules.mapped("channel")), {"activity"})
        self.assertEqual(self.env["res.company"].new({}).relations_sms_provider, "none")

    def test_new_companies_and_new_people_get_nothing(self):
        company = self.env["res.company"].create({"name": "New"})
        self.assertEqual(company.relations_digest_way, "none")
        self.assertFalse(self.sally.relations_digest_way)
