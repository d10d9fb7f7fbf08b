import re

from odoo.tests import tagged

from odoo.addons.crm_relations.tools.suite import is_ours

from .common.cost import CostCommon


@tagged("post_install", "-at_install")
class TestCostFetch(CostCommon):
    """Who has no managed customer neither reads nor writes what we keep of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.columns = [
            field
            for field in cls.env["res.partner"]._fields.values()
            if is_ours(field) and field.store and field.column_type
        ]
        of_all = cls.env["res.partner"]._fetched_with_others
        names = {field.name for field in cls.columns} - of_all
        cls.own = re.compile(rf'"({"|".join(sorted(names))})"')
        cls.contact = cls.env["res.partner"].create(
            {"name": "Contact", "email": "x@example.com", "phone": "+32470112233"}
        )

    def test_a_contact_is_fetched_without_our_columns(self):
        """But for those that tell who is a customer, and by whose rules."""
        for field in self.columns:
            with self.subTest(field=field.name):
                of_all = self.contact._fetched_with_others
                self.assertEqual(field.prefetch is True, field.name in of_all)

    def test_a_company_is_fetched_without_our_settings(self):
        """Odoo reads the company in nearly each transaction."""
        company = self.env.company.sudo()
        ours = [
            name
            for name, field in company._fields.items()
            if is_ours(field) and field.store and field.column_type
        ]
        self.assertGreater(len(ours), 30)
        company.invalidate_recordset()
        with self.assertQueryCount(1):
            self.assertTrue(company.name)
            self.assertTrue(company.currency_id.id)
        self.assertFalse(
            [name for name in ours if company._fields[name]._get_cache(self.env)]
        )
        with self.assertQueryCount(1):
            company.read(ours)

    def _get_statements_with_ours(self, act):
        self._get_statements(act, self.contact)
        sent = self._get_statements(act, self.contact)
        return [text for text in sent if self.own.search(text)]

    def test_who_opens_a_contact_fetches_no_column_of_ours(self):
        view = self.env["res.partner"].get_view(
            self.env.ref("base.view_partner_form").id, "form"
        )
        fields = self.contact._fields
        shown = {
            name: {}
            for name in view["models"]["res.partner"]
            if self.contact._has_field_access(fields[name], "read")
        }
        self.assertIn("phone", shown)
        ours = self._get_statements_with_ours(lambda one: one.web_read(shown))
        self.assertFalse(ours)

    def test_who_writes_a_contact_names_no_column_of_ours(self):
        for name, value in {
            **{"name": "A", "email": "y@example.com", "street": "B", "vat": "0"},
            **{"active": False, "ref": "C", "company_id": self.company.id},
            **{"user_id": self.sally.id, "function": "D"},
        }.items():
            with self.subTest(field=name):
                ours = self._get_statements_with_ours(
                    lambda one, name=name, value=value: one.write({name: value})
                )
                self.assertFalse(ours)

    def test_who_is_no_customer_has_nothing_that_customers_have(self):
        """So nothing is missing where it is not decided anew."""
        partner = self.contact.sudo()
        partner.write(
            {
                **{"user_id": self.sally.id, "street": "A", "city": "B"},
                "tier_id": self.env["crm.tier"].sudo().search([], limit=1).id,
            }
        )
        names = partner._get_fields_of_customers()
        self.assertGreater(len(names), 5)
        for name in names:
            with self.subTest(field=name):
                self.env.add_to_compute(partner._fields[name], partner)
                self.assertFalse(partner[name])

    def test_who_becomes_a_customer_gets_what_was_left_out(self):
        partner = self.contact.sudo()
        partner.write({"name": "Other", "city": "B"})
        self.env.flush_all()
        self.assertFalse(partner.archive_rate)
        partner.is_managed_customer = True
        self.assertTrue(partner.archive_rate)
        partner.is_managed_customer = False
        self.assertFalse(partner.archive_rate)

    def test_who_is_created_a_customer_gets_it_at_once(self):
        partners = self.env["res.partner"].sudo()
        values = {"name": "C", "city": "D", "is_managed_customer": True}
        partner = partners.create(values)
        self.assertTrue(partner.archive_rate)
