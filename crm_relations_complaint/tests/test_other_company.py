from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.clock import ClockCommon


@tagged("post_install", "-at_install")
class TestOtherCompany(ClockCommon):
    def test_what_belongs_to_another_company_is_refused_at_its_field(self):
        other = self.env["res.company"].create({"name": "Other"})
        mine, theirs = self.company, other
        elsewhere = self._create_policy(
            (self.contact, 20, "minute"), company_id=theirs.id
        )
        hours = self._create_calendar("Their hours", theirs)
        own = self._create_policy((self.contact, 20, "minute"), company_id=mine.id)
        for values, words in (
            ({"calendar_id": hours.id}, "calendar “Their hours” belongs"),
            ({"ladder_policy_id": elsewhere.id}, "escalation of another company"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                own.write(values)
                self.env.flush_all()
        product = self.env["product.product"].create(
            {"name": "Theirs", "company_id": theirs.id}
        )
        customer = self._create_customer("Their Customer", company_id=theirs.id)
        complaint = self._register()
        for values, label in (
            ({"product_id": product.id}, "Product"),
            ({"partner_id": customer.id, "person_id": False}, "Customer"),
        ):
            with self.subTest(label), self.assertRaisesRegex(UserError, label):
                complaint.write(values)
        with self.assertRaisesRegex(UserError, "Product"):
            self._register(product_id=product.id)
        crisis = self.env["crm.complaint.crisis"].create(
            {"name": "Theirs", "company_id": theirs.id}
        )
        with self.assertRaisesRegex(UserError, "crisis of the company"):
            complaint.write({"crisis_id": crisis.id})
        plan = self.env["crm.complaint.crisis.plan"].create(
            {"name": "Theirs", "company_id": theirs.id}
        )
        with self.assertRaisesRegex(UserError, "plan of the same"):
            self.env["crm.complaint.crisis"].create(
                {"name": "Mine", "company_id": mine.id, "plan_id": plan.id}
            )
        far = self.env["crm.complaint"].create(
            {"subject": "Far", "caller_name": "Zoe", "company_id": theirs.id}
        )
        action = self.env["crm.complaint.action"].create(
            {
                "complaint_id": complaint.id,
                "kind": "preventive",
                "name": "Train",
                "user_id": self.olga.id,
            }
        )
        with self.assertRaisesRegex(UserError, "Complaints of one company"):
            action.other_complaint_ids = far
