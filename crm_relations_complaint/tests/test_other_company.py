from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.clock import ClockCommon


@tagged("post_install", "-at_install")
class TestOtherCompany(ClockCommon):
    """What belongs to another company is refused at its field."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.theirs = cls.env["res.company"].create({"name": "Other"})

    def assertRefused(self, record, values, words):
        with self.subTest(words), self.assertRaisesRegex(UserError, words):
            record.write(values)
            self.env.flush_all()

    def _create_theirs(self, model, **values):
        return self.env[model].create({"company_id": self.theirs.id, **values})

    def test_a_policy_takes_neither_hours_nor_escalation(self):
        lines = (self.contact, 20, "minute")
        elsewhere = self._create_policy(lines, company_id=self.theirs.id)
        hours = self._create_calendar("Their hours", self.theirs)
        own = self._create_policy(lines, company_id=self.company.id)
        words = "calendar “Their hours” belongs"
        self.assertRefused(own, {"calendar_id": hours.id}, words)
        words = "escalation of another company"
        self.assertRefused(own, {"ladder_policy_id": elsewhere.id}, words)

    def test_a_complaint_takes_neither_product_nor_customer_nor_crisis(self):
        product = self._create_theirs("product.product", name="Theirs")
        customer = self._create_customer("Theirs", company_id=self.theirs.id)
        crisis = self._create_theirs("crm.complaint.crisis", name="Theirs")
        complaint = self._register()
        self.assertRefused(complaint, {"product_id": product.id}, "Product")
        values = {"partner_id": customer.id, "person_id": False}
        self.assertRefused(complaint, values, "Customer")
        values = {"crisis_id": crisis.id}
        self.assertRefused(complaint, values, "crisis of the company")
        with self.assertRaisesRegex(UserError, "Product"):
            self._register(product_id=product.id)

    def test_a_crisis_takes_no_plan(self):
        plan = self._create_theirs("crm.complaint.crisis.plan", name="Theirs")
        values = {"company_id": self.company.id, "plan_id": plan.id}
        with self.assertRaisesRegex(UserError, "plan of the same"):
            self.env["crm.complaint.crisis"].create({"name": "Mine", **values})

    def test_an_action_is_for_complaints_of_one_company(self):
        far = self._create_theirs("crm.complaint", subject="Far", caller_name="Zoe")
        action = self.env["crm.complaint.action"].create(
            {
                **{"complaint_id": self._register().id, "kind": "preventive"},
                **{"name": "Train", "user_id": self.olga.id},
            }
        )
        words = "Complaints of one company"
        self.assertRefused(action, {"other_complaint_ids": far.ids}, words)


@tagged("post_install", "-at_install")
class TestBranch(ClockCommon):
    """People of a branch, who may not enter its company, work on complaints of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create(
            {"name": "Branch", "parent_id": cls.company.id}
        )
        cls.customer.company_id = cls.company
        cls.complaint = cls._register()
        here = {"company_id": cls.branch.id, "company_ids": cls.branch.ids}
        for user in (cls.desk, cls.olga, cls.oscar, cls.mona):
            user.sudo().write(here)
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _as(self, user):
        context = {"allowed_company_ids": self.branch.ids}
        return self.complaint.with_user(user).with_context(**context)

    def test_a_complaint_of_the_company_is_read_and_handed_over(self):
        mine = self._as(self.olga)
        self.assertTrue(mine.read())
        self.assertAnswers(mine.hand_over(self.oscar.id), "ok")
        self.assertAnswers(self._as(self.oscar).accept(), "ok")
        self.assertEqual(self.complaint.user_id, self.oscar.sudo())
        self.assertEqual(self.complaint.company_id, self.company)

    def test_the_branch_registers_one_of_its_own_about_a_customer_of_the_company(self):
        desk = self.desk.with_context(allowed_company_ids=self.branch.ids)
        complaint = self.env["crm.complaint"].browse(
            desk.env["crm.complaint"].register(
                {
                    "subject": "Leaks",
                    "partner_id": self.customer.id,
                    "category_id": self.category.id,
                }
            )
        )
        self.assertEqual(complaint.company_id, self.branch)
        self.assertEqual(complaint.partner_id, self.customer)
