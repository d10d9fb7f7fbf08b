"""PL-2: which role may create, read, write and delete what.

A model of the suite without a row here fails: its rights have not been decided.
"""

from access_table import RIGHTS
from addon_tables import ROLES

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged

ADDONS = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")
OPERATIONS = {"c": "create", "r": "read", "w": "write", "d": "unlink"}


@tagged("post_install", "-at_install")
class TestAccess(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(cls.env, f"access_{role}", groups=group)
            for role, group in ROLES.items()
        }
        cls.outsider = new_test_user(cls.env, "access_outsider")
        cls.models = sorted(
            name
            for name, model in cls.env.registry.items()
            if model._original_module in ADDONS and not model._abstract
        )

    def _get_rights(self, user, model):
        records = self.env[model].with_user(user)
        return "".join(
            letter
            for letter, operation in OPERATIONS.items()
            if records.has_access(operation)
        )

    def test_every_model_of_the_suite_has_its_rights_decided(self):
        self.assertEqual(self.models, sorted(RIGHTS))

    def test_each_role_may_what_the_table_says_and_no_more(self):
        for model in self.models:
            decided = RIGHTS.get(model, {})
            for role, user in self.users.items():
                with self.subTest(model=model, role=role):
                    expected = decided.get(role, decided.get("*", ""))
                    self.assertEqual(self._get_rights(user, model), expected)

    def test_who_has_no_role_sees_nothing(self):
        for model in self.models:
            with self.subTest(model=model):
                self.assertEqual(self._get_rights(self.outsider, model), "")

    def test_whoever_sells_has_the_role_that_goes_with_it(self):
        seller = new_test_user(
            self.env, "seller", groups="sales_team.group_sale_salesman"
        )
        boss = new_test_user(self.env, "boss", groups="sales_team.group_sale_manager")
        self.assertTrue(seller.has_group("crm_relations.group_sales_user"))
        self.assertFalse(seller.has_group("crm_relations.group_sales_manager"))
        self.assertTrue(boss.has_group("crm_relations.group_sales_manager"))
        self.assertFalse(boss.has_group("crm_relations.group_administrator"))

    def test_salespeople_open_customers_without_invoicing_rights(self):
        """A form of the app reads nothing that its roles may not read."""
        customer = self.env["res.partner"].create(
            {"name": "Customer", "is_managed_customer": True}
        )
        view = self.env.ref("crm_relations.crm_customer_view_form")
        for role, user in self.users.items():
            with self.subTest(role):
                records = self.env["res.partner"].with_user(user)
                arch = records.get_view(view.id, "form")
                names = list(arch["models"]["res.partner"])
                records.browse(customer.id).read(names)

    def test_nobody_outside_the_suite_reads_what_it_says_of_a_customer(self):
        """PL-8: neither the customer in the portal nor a colleague without a role."""
        portal = new_test_user(self.env, "portal_customer", groups="base.group_portal")
        customer = portal.partner_id
        customer.write({"is_managed_customer": True, "credit_standing": "poor"})
        ours = [
            name
            for name, field in customer._fields.items()
            if field._modules and set(field._modules) <= set(ADDONS)
        ]
        self.assertIn("credit_standing", ours)
        # Masks stand in the form of contacts, which everybody here opens.
        secret = [name for name in ours if name not in customer._told_to_colleagues]
        for user, names in ((portal, ours), (self.outsider, secret)):
            records = customer.with_user(user)
            self.assertTrue(records.read(["name"]))
            for name in names:
                refused = self.assertRaises(AccessError)
                with self.subTest(user=user.login, field=name), refused:
                    records.read([name])

    def test_colleagues_without_a_role_work_with_contacts_as_before(self):
        clerk = new_test_user(
            self.env, "clerk", groups="base.group_user,base.group_partner_manager"
        )
        contacts = self.env["res.partner"].with_user(clerk)
        company = contacts.create({"name": "Company", "is_company": True})
        person = contacts.create({"name": "Person", "parent_id": company.id})
        person.write({"phone": "1", "parent_id": False})
        company.sudo().write({"is_managed_customer": True, "credit_standing": "poor"})
        self.assertTrue(company.copy().id)
        company.write({"user_id": clerk.id})
        company.action_archive()
        person.unlink()

    def test_only_our_administrators_run_the_night(self):
        settings = self.env["res.config.settings"]
        for role, user in self.users.items():
            with self.subTest(role):
                if role == "admin":
                    settings.with_user(user).action_run_nightly_jobs()
                    continue
                with self.assertRaises(AccessError):
                    settings.with_user(user).action_run_nightly_jobs()
