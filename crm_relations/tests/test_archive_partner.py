from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestArchivePartner(RelationsCommon):
    """AR-1, AR-2, AR-3: who is a customer, and what may be typed."""

    def test_contact_is_no_managed_customer(self):
        """AR-1"""
        customer = self._create_customer()
        person = self._create_person(customer)
        with self.assertRefused("only the customer itself"):
            person.is_managed_customer = True

    def test_a_person_added_in_our_form_stays_a_person(self):
        """AR-5: the defaults of the action are for the customer, not for its people."""
        customer = self._create_customer()
        action = self.env.ref("crm_relations.crm_customer_action")
        context = {"default_is_managed_customer": True, "default_is_company": True}
        self.assertIn("default_is_managed_customer", action.context)
        customer.with_context(**context).child_ids = [
            fields.Command.create({"name": "Li Wei"})
        ]
        person = customer.child_ids
        self.assertEqual(person.commercial_partner_id, customer)
        self.assertFalse(person.is_company)

    def test_customer_that_becomes_a_contact_is_managed_no_more(self):
        """AR-1"""
        customer = self._create_customer()
        other = self.env["res.partner"].create(
            {"name": "Shop", "is_managed_customer": True}
        )
        other.parent_id = customer
        self.assertFalse(other.is_managed_customer)

    def test_confirmed_order_makes_a_managed_customer(self):
        """AR-1"""
        partner = self.env["res.partner"].create({"name": "Walk-in"})
        contact = self.env["res.partner"].create(
            {"name": "Assistant", "parent_id": partner.id}
        )
        order = self._create_order(contact, 10, confirm=False)
        self.assertFalse(partner.is_managed_customer)
        order.action_confirm()
        self.env["res.partner"]._follow_purchases()
        self.assertTrue(partner.is_managed_customer)
        self.assertFalse(contact.is_managed_customer)

    def test_opportunity_makes_a_managed_customer_a_lead_does_not(self):
        """AR-1"""
        partner = self.env["res.partner"].create({"name": "Prospect"})
        lead = self.env["crm.lead"].create(
            {"name": "Interest", "type": "lead", "partner_id": partner.id}
        )
        self.assertFalse(partner.is_managed_customer)
        lead.type = "opportunity"
        self.assertTrue(partner.is_managed_customer)

    def test_own_company_and_colleagues_are_no_customers(self):
        """AR-1"""
        ours = self.company.partner_id | self.sally.partner_id
        # As Odoo marks who works here and has no login: one who buys from us, too.
        ours |= self.env["res.partner"].create({"name": "Cook", "employee": True})
        ours._become_managed_customers()
        self.assertFalse(any(ours.mapped("is_managed_customer")))

    def test_future_dates_and_negative_assets_are_refused(self):
        """AR-1"""
        customer = self._create_customer()
        tomorrow = fields.Date.today() + timedelta(days=2)
        for values, message in (
            ({"founded_on": tomorrow}, "founding date"),
            ({"relation_since": tomorrow}, "Dealing with us"),
            ({"assets_amount": -1}, "negative"),
        ):
            with self.subTest(values), self.assertRefused(message):
                customer.write(values)

    def test_competitors_share_at_most_the_whole_wallet(self):
        """AR-3"""
        customer = self._create_customer()
        shares = [
            fields.Command.create({"name": name, "wallet_share": share})
            for name, share in (("Acme", 60), ("Bolt", 40))
        ]
        customer.competitor_ids = shares
        with self.assertRefused("more than 100 %"):
            customer.competitor_ids[0].wallet_share = 60.1

    def test_credit_incident_is_resolved_after_it_happened(self):
        """AR-4"""
        customer = self._create_customer()
        today = fields.Date.today()
        with self.assertRefused("after it happened"):
            self.env["crm.credit.incident"].create(
                {
                    "partner_id": customer.id,
                    "description": "Late",
                    "date": today,
                    "resolved_on": today - timedelta(days=1),
                }
            )

    def test_long_texts_are_read_only_when_asked_for(self):
        """AR-2: reading the name of a contact brings none of the long texts."""
        partner = self._create_customer(business_policy="Cash only")
        partner.flush_recordset()
        partner.invalidate_recordset()
        with self.assertQueryCount(1):
            self.assertEqual(partner.name, "Customer")
        with self.assertQueryCount(1):  # not in the cache yet
            self.assertEqual(partner.business_policy, "Cash only")
        with self.assertQueryCount(0):  # came with the first of its group
            self.assertFalse(partner.business_scale)

    def test_own_fields_without_code_work_in_conditions(self):
        """AR-14: a property of the customer and a tag in a rule's conditions."""
        self.env["properties.base.definition"]._get_definition_for_property_field(
            "res.partner", "properties"
        ).properties_definition = [
            {"name": "fleet", "string": "Fleet size", "type": "integer"}
        ]
        large = self._create_customer("Large", properties={"fleet": 40})
        small = self._create_customer("Small", properties={"fleet": 2})
        tag = self.env["res.partner.category"].create({"name": "Taxi"})
        (large | small).category_id = tag
        other = self._create_customer("Untagged", properties={"fleet": 40})
        values = {
            "domain": "[('properties.fleet', '>', 10)]",
            "category_ids": tag.ids,
        }
        kinds = [
            model
            for model in self.env.values()
            if isinstance(model, type(self.env["crm.audience.mixin"]))
            and not model._abstract
        ]
        self.assertGreater(len(kinds), 6)
        for rules in kinds:
            with self.subTest(rules._name):
                given = {name: values[name] for name in values if name in rules._fields}
                audience = rules.new(given)._get_audience()
                found = self.env["res.partner"].search(audience)
                expected = large if "category_ids" in given else large | other
                self.assertEqual(found & (large | small | other), expected)
