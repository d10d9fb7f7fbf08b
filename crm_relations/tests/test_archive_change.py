from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common.archive_change import ChangeCommon
from .common.cost import CostCommon

CONFIDENTIAL = "Never offer wine"


@tagged("post_install", "-at_install")
class TestArchiveChange(ChangeCommon):
    """AR-8: who changed what, when, why and from which source is kept."""

    def test_a_change_tells_field_values_and_who(self):
        self.customer.with_user(self.sally).city = "Leeds"
        self.assertRecordValues(
            self._get_changes(),
            [
                {
                    "field_key": "city",
                    "partner_id": self.customer.id,
                    "old_value": "Suzhou",
                    "new_value": "Leeds",
                    "user_id": self.sally.id,
                    "is_confidential": False,
                }
            ],
        )

    def test_what_says_the_same_is_no_change(self):
        self.customer.write({"city": "Suzhou", "phone": "138 0013 8000"})
        self.customer.city = "Leeds"
        self.customer.city = "Suzhou"
        self.assertFalse(self._get_changes())

    def test_many_writes_of_a_transaction_are_one_change(self):
        for city in ("Leeds", "Bath", "York"):
            self.customer.city = city
        self.assertRecordValues(
            self._get_changes(), [{"old_value": "Suzhou", "new_value": "York"}]
        )

    def test_a_savepoint_that_is_rolled_back_leaves_no_change(self):
        savepoint = self.env.cr.savepoint()
        self.customer.city = "Leeds"
        savepoint.close(rollback=True)
        self.assertFalse(self._get_changes())

    def test_values_of_all_types_are_told_in_words(self):
        nature = self.env["crm.customer.nature"].search([], limit=1)
        tag = self.env["res.partner.category"].create({"name": "Fleet"})
        self.customer.write(
            {
                **{"credit_standing": "poor", "nature_id": nature.id},
                **{"founded_on": "2001-02-03", "assets_amount": 1500},
                **{"category_id": [(4, tag.id)], "service_areas": "North"},
                "proprietor_id": self.person.id,
            }
        )
        found = {one.field_key: one.new_text for one in self._get_changes()}
        self.assertEqual(found["credit_standing"], "Poor")
        self.assertEqual(found["nature_id"], nature.name)
        self.assertEqual(found["founded_on"], "Feb 3, 2001")
        self.assertIn("1,500", found["assets_amount"])
        self.assertEqual(found["category_id"], "Fleet")
        self.assertEqual(found["service_areas"], "North")
        self.assertEqual(found["proprietor_id"], "Li Wei")
        self.person.unlink()
        gone = self._get_changes().filtered(lambda o: o.field_key == "proprietor_id")
        self.assertEqual(gone[0].new_text, "Li Wei")

    def test_each_field_of_the_archive_is_kept(self):
        """What can be proposed is kept, also what comes later."""
        proposable = set(self.env["res.partner"]._get_proposable_fields())
        kept = self.env["res.partner"]._get_kept_names()
        self.assertLessEqual(proposable, kept)
        answers = self.env["res.partner"]._get_answers()
        self.assertEqual({answers[name] for name in kept}, {"archive"})
        labels = dict(
            self.changes._fields["field_key"]._description_selection(self.env)
        )
        self.assertLessEqual(kept, set(labels))

    def test_who_has_just_been_created_has_not_changed(self):
        customer = self._create_customer("New", city="Bath")
        customer.city = "York"
        person = self._create_person(customer)
        person.function = "Buyer"
        self.assertFalse(self._get_changes(customer))

    def test_contacts_that_are_no_customers_leave_nothing(self):
        contact = self.env["res.partner"].create({"name": "None", "city": "Bath"})
        self.env.cr.flush()
        contact.city = "York"
        self.env.cr.flush()
        self.assertFalse(self.changes.search([("partner_id", "=", contact.id)]))

    def test_an_address_is_one_change_however_many_work_there(self):
        people = [self._create_person(self.customer, f"P{n}") for n in range(3)]
        self.env.cr.flush()
        self.customer.write({"city": "Leeds", "street": "High Street"})
        self.assertEqual(people[0].city, "Leeds")
        found = self._get_changes()
        self.assertEqual(found.mapped("field_key"), ["city", "street"])
        self.assertEqual(found.partner_id, self.customer)

    def test_a_person_s_data_belong_to_the_customer(self):
        self.person.function = "Buyer"
        change = self._get_changes()
        self.assertRecordValues(
            change, [{"partner_id": self.person.id, "new_value": "Buyer"}]
        )
        self.assertIn(
            "Li Wei, Job Position: – → Buyer", change._get_history_line()["title"]
        )

    def test_one_insert_however_many_customers(self):
        def change(count):
            customers = self._create_customers(count, city="Bath")
            self.env.cr.flush()
            self.env.flush_all()

            def act():
                customers.write({"city": "York", "zip": "1"})
                self.env.cr.flush()

            return self._count_statements(act)

        change(2)
        # Odoo inserts a hundred rows at a time.
        self.assertEqual(change(2), change(45))

    def test_own_fields_tell_what_was_changed_of_them(self):
        definition = {"name": "cars", "type": "integer", "string": "Cars"}
        self.customer.properties = [{**definition, "value": 3, "definition_changed": 1}]
        self.env.cr.flush()
        self.customer.properties = {"cars": 5}
        last = self._get_changes().filtered(lambda o: o.field_key == "properties")[-1]
        self.assertEqual((last.old_text, last.new_text), ("Cars: 3", "Cars: 5"))


@tagged("post_install", "-at_install")
class TestArchiveChangeLines(ChangeCommon):
    """Competitors, incidents, profiles and families are part of the archive."""

    def test_a_line_comes_is_changed_and_goes(self):
        line = self.env["crm.customer.competitor"].create(
            {"partner_id": self.customer.id, "name": "Rival"}
        )
        self.env.cr.flush()
        line.products = "Vans"
        self.env.cr.flush()
        line.unlink()
        found = self._get_changes()
        key = "crm.customer.competitor"
        self.assertRecordValues(
            found,
            [
                {"field_key": key, "old_value": False, "new_value": "Rival"},
                {
                    "field_key": f"{key}/products",
                    "old_value": "",
                    "new_value": "Vans",
                },
                {"field_key": key, "old_value": "Rival", "new_value": False},
            ],
        )
        self.assertEqual(found[1].subject, "Rival")

    def test_what_is_confidential_is_told_without_what_it_says(self):
        profile = self.env["crm.person.profile"].create(
            {"partner_id": self.person.id, "hobbies": "Go"}
        )
        self.env.cr.flush()
        profile.write({"taboos": CONFIDENTIAL, "attitude": "sceptic"})
        profile.family_member_ids = [(0, 0, {"name": "Ming", "relation": "child"})]
        self.env.cr.flush()
        profile.family_member_ids.name = "Mei"
        found = self._get_changes()
        self.assertEqual(len(found), 5)
        self.assertTrue(all(one.is_confidential for one in found))
        rows = str(found.read())
        for secret in (CONFIDENTIAL, "sceptic", "Ming", "Mei", "Go"):
            self.assertNotIn(f"'{secret}", rows)
        self.assertIn("confidential", found[1]._get_history_line()["title"])

    def test_no_confidential_model_keeps_a_value(self):
        """Each model of the archive whose reading is narrowed by roles is one."""
        for name in self.changes._get_kept_models():
            rules = self.env["ir.rule"].with_user(self.anna)._get_rules(name, "read")
            may = self.env[name].with_user(self.anna).has_access("read")
            open_to_all = may and not rules.sudo().groups
            with self.subTest(name):
                self.assertEqual(
                    self.env[name]._is_kept_confidential(), not open_to_all
                )

    def test_a_field_for_some_groups_is_confidential(self):
        field = self.env["res.partner"]._fields["city"]
        with patch.object(field, "groups", "base.group_system"):
            values = self.changes._prepare_values(field, "a", "b")
        self.assertEqual(
            (values["is_confidential"], values["old_value"], values["new_value"]),
            (True, False, False),
        )


@tagged("post_install", "-at_install")
class TestArchiveChangeRights(ChangeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.with_user(cls.sally).city = "Leeds"
        cls.env.cr.flush()
        cls.change = cls.changes.search([("customer_id", "=", cls.customer.id)])

    def test_nobody_changes_the_ledger(self):
        for user in (self.sally, self.rita, self.adam):
            change = self.change.with_user(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                change.write({"new_value": "York"})
            with self.subTest(user.login), self.assertRaises(AccessError):
                change.unlink()

    def test_who_made_the_change_says_why(self):
        self.change.with_user(self.sally).why = "They moved"
        self.assertEqual(self.change.why, "They moved")
        self.assertTrue(self.change.with_user(self.rita).may_explain)
        with self.assertRaises(AccessError):
            self.change.with_user(self.sam).why = "Mine"

    def test_another_company_s_changes_stay_there(self):
        other = self.env["res.company"].create({"name": "Other"})
        customer = self._create_customer("There", company_id=other.id, city="Bath")
        self.env.cr.flush()
        customer.city = "York"
        change = self._get_changes(customer)
        self.assertEqual(change.company_id, other)
        self.assertFalse(change.with_user(self.rita).search([("id", "=", change.id)]))

    def test_a_contact_that_goes_leaves_its_changes(self):
        self.person.function = "Buyer"
        self.env.cr.flush()
        self.person.unlink()
        change = self._get_changes().filtered(lambda o: o.field_key == "function")
        self.assertEqual(change.partner_id, self.customer)

    def test_changes_go_along_when_a_customer_becomes_a_contact(self):
        house = self._create_customer("House")
        self.customer.parent_id = house
        self.customer.is_company = False
        self.assertIn(self.change, self._get_changes(house))


@tagged("post_install", "-at_install")
class TestArchiveChangeCost(CostCommon):
    """Who is no customer pays nothing for the ledger, and a customer one INSERT."""

    def _count(self, partner, kept=True):
        names = frozenset(("phone", "city", "function")) if kept else frozenset()
        model = type(self.env["res.partner"])
        counts = []
        with patch.object(model, "_get_kept_names", lambda _self: names):
            for city in ("Bath", "York"):
                values = {"phone": f"+3247011{len(city)}2{len(counts)}3", "city": city}
                sent = self._get_statements(
                    lambda one, values=values: one.write(values), partner
                )
                counts.append(len(sent))
        return counts[-1]

    def test_contacts_of_others_cost_no_statement_more(self):
        partners = self.env["res.partner"].sudo()
        company = partners.create({"name": "House", "is_company": True})
        person = partners.create({"name": "Person", "parent_id": company.id})
        for partner in (company, person):
            partner = partner.sudo(False)
            with self.subTest(partner.name):
                self.assertEqual(self._count(partner), self._count(partner, kept=False))

    def test_a_customer_costs_one_statement_more(self):
        values = {"name": "House", "is_company": True, "is_managed_customer": True}
        customer = self.env["res.partner"].sudo().create(values).sudo(False)
        self.assertLessEqual(
            self._count(customer) - self._count(customer, kept=False), 1
        )
