from odoo.tests import tagged

from ..hooks import post_init_hook, uninstall_hook
from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestHooks(RelationsCommon):
    """PL-1: installing into a company's own database, and leaving it."""

    def _forget(self, partners):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET is_managed_customer = NULL, archive_rate = NULL, "
            "sales_total = NULL WHERE id IN %s",
            [tuple(partners.ids)],
        )
        self.env.invalidate_all()

    def test_customers_that_are_there_are_taken_into_care(self):
        buyer = self._create_customer("Buyer", phone="1")
        self._create_order(self._create_person(buyer), 40)
        asking = self._create_customer("Asking")
        self.env["crm.lead"].create(
            {"name": "Deal", "type": "opportunity", "partner_id": asking.id}
        )
        invoiced = self._create_customer("Invoiced", customer_rank=1)
        supplier = self.env["res.partner"].create({"name": "Supplier"})
        partners = buyer | asking | invoiced | supplier
        self._forget(partners)
        post_init_hook(self.env)
        self.assertEqual(
            partners.filtered("is_managed_customer"), buyer | asking | invoiced
        )
        self.assertEqual(buyer.sales_total, 40)
        self.assertGreater(buyer.archive_rate, 0)

    def test_who_is_managed_already_keeps_its_history(self):
        known = self._create_customer("Known", user_id=self.sally.id, customer_rank=1)
        self._age_ownership(known, 80)
        since = known.owner_since
        post_init_hook(self.env)
        self.assertEqual(known.owner_since, since)

    def test_our_companies_and_colleagues_stay_out(self):
        ours = self.company.partner_id | self.sally.partner_id
        ours.customer_rank = 1
        self._forget(ours)
        post_init_hook(self.env)
        self.assertFalse(ours.filtered("is_managed_customer"))

    def test_uninstalling_removes_parameters_and_our_activities_only(self):
        self.env["ir.config_parameter"].set_param("crm_relations.test", "1")
        customer = self._create_customer(user_id=self.sally.id)
        own = customer.activity_schedule("mail.mail_activity_data_todo")
        rule = self.env["crm.care.rule"].create({"name": "Care", "catch_up_days": 366})
        task = self.env["crm.care.task"].create(
            {
                "rule_id": rule.id,
                "partner_id": customer.id,
                "user_id": self.sally.id,
                "occasion": "x",
                "occasion_date": "2026-05-05",
                "due_at": "2026-05-05 09:00:00",
            }
        )
        self.env["crm.care.dispatch"]._dispatch_batch()
        task.supervisor_id = self.rita
        task._warn_supervisors()
        ours = task.activity_id | task.warning_id
        self.assertEqual(len(ours), 2)
        uninstall_hook(self.env)
        self.assertFalse(ours.exists())
        self.assertTrue(own.exists())
        self.assertFalse(
            self.env["ir.config_parameter"].get_param("crm_relations.test")
        )
