from odoo.tests import tagged

from ..hooks import uninstall_hook
from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestHooks(RelationsCommon):
    """PL-1: installing into a company's own database, and leaving it."""

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
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            uninstall_hook(self.env(cr=cr))
        self.env.invalidate_all()
        self.assertFalse(ours.exists())
        self.assertTrue(own.exists())
        self.assertFalse(
            self.env["ir.config_parameter"].get_param("crm_relations.test")
        )
