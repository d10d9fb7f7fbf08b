from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .common.duplicate import DuplicateCommon

PHONE = "138 1234 5678"  # Acme's
TAX = "91440300708461136T"


@tagged("post_install", "-at_install")
class TestDuplicateExact(DuplicateCommon):
    """Where a company forbids it, nobody saves a second card, whatever the way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.acme.vat = TAX
        cls._set_policy(cls, "forbid")

    def _set_policy(self, policy):
        self.env["res.company"].search([]).duplicate_policy = policy

    def _get_partners(self, user=None):
        return self.env["res.partner"].with_user(user or self.sally)

    def _new(self, **values):
        return {"name": "New", "is_managed_customer": True, "phone": PHONE, **values}

    def _get_ways(self):
        """Give each way to come to a second card, as ``(name, function)``."""
        partners = self._get_partners()
        own = partners.browse(self.own.id)
        line = Command.create({"name": "Person", "phone": PHONE})
        child = {"name": "New", "is_managed_customer": True, "child_ids": [line]}
        names = partners.with_context(
            default_phone=PHONE, default_is_managed_customer=True
        )
        yield "create", lambda: partners.create(self._new())
        yield (
            "create many",
            lambda: partners.create([self._new(phone="13800000000"), self._new()]),
        )
        yield "tax id", lambda: partners.create(self._new(phone=False, vat=TAX))
        yield (
            "tax id spaced",
            lambda: partners.create(self._new(phone=False, vat="91 440300 708461136t")),
        )
        yield (
            "two of one call",
            lambda: partners.create(
                [self._new(phone="13800000000") for _twice in range(2)]
            ),
        )
        yield "write", lambda: own.write({"phone": PHONE})
        yield "write tax id", lambda: own.write({"vat": TAX})
        yield "web_save", lambda: own.web_save({"phone": PHONE}, {"name": {}})
        yield "web_save new", lambda: partners.web_save(self._new(), {"name": {}})
        yield "name_create", lambda: names.name_create("New")
        yield "contact of a customer", lambda: own.write({"child_ids": [line]})
        yield "contact of a new one", lambda: partners.create(child)
        yield "superuser", lambda: self.env["res.partner"].create(self._new())
        yield "copy", lambda: self.acme.copy({"phone": PHONE})
        yield "form", self._save_form
        yield "becomes a customer", self._become
        yield "comes back", self._restore
        yield "lead", self._convert_lead

    def _save_form(self):
        view = "crm_relations.crm_customer_view_form"
        with Form(self._get_partners(), view=view) as form:
            form.name = "New"
            form.is_managed_customer = True
            form.phone = PHONE

    def _become(self):
        contact = self._get_partners().create({"name": "Plain", "phone": PHONE})
        contact.is_managed_customer = True

    def _restore(self):
        self.acme.active = False
        self.env["res.partner"].create(self._new())
        self.acme.active = True

    def _convert_lead(self):
        lead = self.env["crm.lead"].with_user(self.sally)
        lead = lead.create({"name": "L", "partner_name": "New", "phone": PHONE})
        lead.type = "lead"
        lead.convert_opportunity(self.env["res.partner"])
        lead._handle_partner_assignment(create_missing=True)

    def test_each_way_in_is_closed(self):
        for name, act in self._get_ways():
            with self.subTest(way=name):
                with self.assertRaises(ValidationError), self.env.cr.savepoint():
                    act()
                self.env.invalidate_all()

    def test_a_company_that_only_warns_saves_all_of_it(self):
        self._set_policy("warn")
        for name, act in self._get_ways():
            with self.subTest(way=name):
                with self.env.cr.savepoint() as savepoint:
                    act()
                    savepoint.rollback()
                self.env.invalidate_all()

    def test_it_says_whose_it_is_and_where(self):
        with self.assertRefused("“New” is that of Acme: held by Sam"):
            self._get_partners().create(self._new())
        with self.assertRefused("tax ID of “New” is that of Acme"):
            self._get_partners().create(self._new(phone=False, vat=TAX))

    def test_what_is_saved_again_unchanged_is_not_refused(self):
        self._set_policy("warn")
        second = self._get_partners().create(self._new())
        self._set_policy("forbid")
        second.write({"phone": second.phone, "name": "Other", "comment": "x"})
        second.write({"phone": "+86 138-1234-5678"})
        with self.assertRefused("is that of"):
            second.write({"phone": self.free.phone or "13900000000", "vat": TAX})

    def test_a_family_may_share_a_number(self):
        person = self._create_person(self.acme, "Li Wei")
        person.phone = PHONE
        self._create_person(self.acme, "Li Na").phone = PHONE

    def test_who_is_no_customer_is_none_of_it(self):
        contact = self._get_partners().create({"name": "Supplier", "phone": PHONE})
        self.assertTrue(contact)
        contact.vat = TAX

    def test_an_archived_customer_does_not_stand_against_it(self):
        self.acme.active = False
        self.assertTrue(self._get_partners().create(self._new()))

    def test_customers_of_another_company_do_not_stand_against_it(self):
        theirs = self.env["res.company"].create(
            {"name": "Theirs", "duplicate_policy": "forbid"}
        )
        self.acme.company_id = theirs
        mine = self._get_partners().create(self._new(company_id=self.company.id))
        self.assertTrue(mine)
        with self.assertRefused("is that of"):
            self.env["res.partner"].create(self._new(company_id=theirs.id))

    def test_no_order_is_refused(self):
        contact = self.env["res.partner"].create({"name": "Plain", "phone": PHONE})
        self._create_order(contact, 10)
        self.assertTrue(contact.is_managed_customer)

    def test_no_opportunity_of_a_visitor_is_refused(self):
        contact = self.env["res.partner"].create({"name": "Plain", "phone": PHONE})
        public = self.env.ref("base.public_user")
        lead = self.env["crm.lead"].with_user(public).sudo()
        values = {"name": "L", "type": "opportunity", "partner_id": contact.id}
        self.assertTrue(lead.create(values))
        with self.assertRefused("is that of"):
            contact = contact.copy()
            lead.with_user(self.sally).sudo().create(
                values | {"partner_id": contact.id}
            )

    def test_who_is_no_colleague_learns_of_no_customer(self):
        portal = new_test_user(self.env, "portal_user", groups="base.group_portal")
        portal.partner_id.is_managed_customer = True
        with self.assertRefused("^Another customer has this telephone number"):
            portal.partner_id.with_user(portal).sudo().write({"phone": PHONE})

    def test_merging_takes_the_number_over(self):
        self._set_policy("warn")
        second = self._create_customer("Second", vat=TAX, phone=PHONE)
        self.acme.vat = self.acme.phone = False
        self._set_policy("forbid")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.acme + second).ids, self.acme)
        self.assertFalse(second.exists())
        self.assertEqual((self.acme.vat, self.acme.phone), (TAX, PHONE))

    def test_an_import_asks_once_and_refuses_by_row(self):
        fields = ["name", "phone", "is_managed_customer"]
        counts = []
        for first, count in ((0, 10), (1000, 200)):
            rows = [
                [f"N{number}", f"+86 137 0000 {number:04}", "1"]
                for number in range(first, first + count)
            ]
            partners = self._get_partners().with_context(tracking_disable=True)
            find = type(partners)._find_same
            with patch.object(
                type(partners), "_find_same", autospec=True, side_effect=find
            ) as asked:
                self.assertTrue(partners.load(fields, rows)["ids"])
            counts.append(asked.call_count)
        self.assertEqual(counts, [1, 1])
        rows = [["A", "13700009991", "1"], ["B", PHONE, "1"], ["C", "13700009992", "1"]]
        result = self._get_partners().load(fields, rows)
        self.assertFalse(result["ids"])
        [message] = result["messages"]
        self.assertEqual(message["rows"], {"from": 1, "to": 1})
        self.assertIn("Acme", message["message"])

    def test_an_import_that_is_only_warned_is_told_what_is_here_already(self):
        self._set_policy("warn")
        fields = ["name", "phone", "email", "is_managed_customer"]
        rows = [
            ["A", PHONE, "", "1"],
            ["B", "13700009991", "", "1"],
            ["C", "", "own@example.com", "1"],
        ]
        partners = self._get_partners().with_context(import_file=True)
        users = type(self.sally)
        with patch.object(users, "_bus_send", autospec=True) as sent:
            self.assertEqual(len(partners.load(fields, rows)["ids"]), 3)
        told = sent.call_args.args[2]
        self.assertEqual(
            told["title"], "Rows that are customers who are here already: 2"
        )
        self.assertIn("“A” is like Acme: held by Sam", told["message"])
        self.assertIn("“C” is like Own: yours", told["message"])

    def test_it_costs_nobody_anything_where_it_is_not_forbidden(self):
        self._set_policy("warn")
        partners = self._get_partners()
        partners.create(self._new())
        free = self._count_statements(lambda: partners.create(self._new()))
        self._set_policy("forbid")
        partners.create(self._new(phone="13500000001"))
        asked = self._count_statements(
            lambda: partners.create(self._new(phone="13500000002"))
        )
        self.assertLess(free, asked)
        self.assertLessEqual(asked - free, 4)

    def test_refused_is_nothing_half_written(self):
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._get_partners().create(self._new())
        self.assertFalse(self.env["res.partner"].search([("name", "=", "New")]))
