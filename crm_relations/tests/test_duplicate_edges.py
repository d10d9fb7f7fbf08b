from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models.duplicate import crm_duplicate_pair_job as job
from .common.duplicate import DuplicateCommon
from .common.hiding import HidingCommon

PHONE = "138 1234 5678"  # Acme's


@tagged("post_install", "-at_install")
class TestDuplicateEdges(DuplicateCommon):
    """Who is told of, and what is told, at the edges of the question."""

    def test_colleagues_and_our_own_companies_are_nobodys_duplicate(self):
        self.sam.partner_id.write({"email": "sam@us.example", "phone": "13500001111"})
        self.company.partner_id.phone = "13500002222"
        for typed in (
            {"email": "sam@us.example"},
            {"phone": "13500001111"},
            {"phone": "13500002222"},
        ):
            with self.subTest(typed):
                self.assertEqual(self._find(**typed), [])

    def test_a_number_is_read_by_the_country_that_is_typed_with_it(self):
        self.acme.phone = "+49 30 98765432"
        germany, france = self.env.ref("base.de"), self.env.ref("base.fr")
        [row] = self._find(phone="030 98765432", country_id=germany.id)
        self.assertEqual((row["id"], row["why"]), (self.acme.id, ["phone"]))
        for row in self._find(phone="030 98765432", country_id=france.id):
            self.assertNotIn("phone", row["why"])

    def test_a_country_that_is_gone_is_that_of_the_company(self):
        self.acme.phone = "+86 21 5553 7777"
        [row] = self._find(phone="021 5553 7777", country_id=2**30)
        self.assertEqual((row["id"], row["why"]), (self.acme.id, ["phone"]))

    def test_who_is_not_told_does_not_hide_whose_it_is_with_the_area(self):
        self.company.phone = "+86 21 5552 9988"
        self.acme.phone = "+86 21 5553 7777"
        self.own.phone = "5553 7777"
        self.assertEqual(self.own.phone_digits, "55537777")
        [row] = self._find(phone="55537777")
        self.assertEqual((row["id"], row["why"]), (self.own.id, ["phone"]))
        self.own.company_id = self.env["res.company"].create({"name": "Theirs"})
        [row] = self._find(phone="55537777")
        self.assertEqual((row["id"], row["why"]), (self.acme.id, ["perhaps"]))

    def test_without_trigrams_names_are_found_as_they_sound(self):
        muller = self._create_customer("Müller Maschinenbau GmbH")
        for name, has_trigram, is_found in (
            ("Muller Maschinenbau", True, True),
            ("Muller Maschinenbau", False, True),
            ("Müler Maschinenbau", True, True),
            ("Müler Maschinenbau", False, False),
        ):
            with patch.object(self.env.registry, "has_trigram", has_trigram):
                ids = [row["id"] for row in self._find(name=name)]
            with self.subTest(name, has_trigram=has_trigram):
                self.assertEqual(muller.id in ids, is_found)

    def test_who_has_no_name_is_told_without_one(self):
        partners = self.env["res.partner"]
        self.assertEqual(partners._get_told_name(False, True), "")
        self.assertEqual(partners._get_told_name(False, False), "***")

    def test_the_keys_are_those_that_the_job_would_make(self):
        customers = self._create_customer("!!!") | self._create_customer("Acme")
        customers |= self._create_customer("Tax", vat="DE 123456")
        customers[2].vat = False
        address = {"type": "other", "is_managed_customer": True}
        customers |= customers.create(address)
        self.env.flush_all()
        keys = self.env["crm.name.key"]
        self.env.cr.execute(
            "SELECT name_key, sound, core, tax_key, tax FROM crm_name_key"
            " WHERE partner_id = ANY(%s)",
            [customers.ids],
        )
        for row in self.env.cr.fetchall():
            self.assertNotIn("", row)
        due = {number for number, *_names in keys._keep_page(customers[0].id - 1)}
        self.assertFalse(due & set(customers.ids))


@tagged("post_install", "-at_install")
class TestDuplicateLeadEdges(DuplicateCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.env["crm.lead"].create(
            {"name": "Deal", "type": "lead", "phone": "+86 136 0000 3333"}
        )
        cls.lead.user_id = False

    def test_the_lead_of_nobody(self):
        [row] = self._find(self.rita, phone="13600003333")
        self.assertEqual((row["name"], row["holder"]), ("D***", ""))
        self.assertEqual(row["why"], ["phone"])
        self.assertEqual(row["message"], "D***: a lead of nobody yet")

    def test_a_lead_is_called_by_its_company_then_by_its_person(self):
        for values, name in (
            ({"contact_name": "Li Wei"}, "L***"),
            ({"partner_name": "Sunrise"}, "S***"),
        ):
            self.lead.write(values)
            [row] = self._find(self.rita, phone="13600003333")
            self.assertEqual(row["name"], name)

    def test_a_name_that_only_holds_what_was_typed_is_another_one(self):
        self.lead.partner_name = "Sunrise Foods Holding of Shandong"
        self.assertEqual(self._find(self.rita, name="Sunrise"), [])
        self.lead.partner_name = "Sunrise"
        self.assertEqual(len(self._find(self.rita, name="Sunrise")), 1)


@tagged("post_install", "-at_install")
class TestDuplicateExactEdges(DuplicateCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._forbid(cls)

    def _new(self, **values):
        partners = self.env["res.partner"].with_user(self.sally)
        values = {"name": "New", "is_managed_customer": True, "phone": PHONE} | values
        return partners.create(values)

    def test_it_names_what_is_the_same(self):
        self.acme.vat = "91440300708461136T"
        with self.assertRefused("^The number of “New” is that of Acme"):
            self._new()
        with self.assertRefused("^The tax ID of “New” is that of Acme"):
            self._new(phone=False, vat=self.acme.vat)

    def test_an_archived_contact_does_not_stand_against_it(self):
        person = self._create_person(self.acme, "Li Wei")
        person.phone = "13900001111"
        with self.assertRefused("is that of Acme"):
            self._new(phone="13900001111")
        person.active = False
        self.assertTrue(self._new(phone="13900001111"))

    def test_a_lead_makes_no_customer_and_is_not_refused(self):
        contact = self.env["res.partner"].create({"name": "Plain", "phone": PHONE})
        leads = self.env["crm.lead"].with_user(self.sally)
        values = {"name": "L", "partner_id": contact.id}
        self.assertTrue(leads.create({**values, "type": "lead"}))
        with self.assertRefused("is that of Acme"):
            leads.create({**values, "type": "opportunity"})

    def test_of_two_rows_each_gets_its_own_message(self):
        partners = self.env["res.partner"].with_user(self.sally)
        fields = ["name", "phone", "is_managed_customer"]
        for rows, refused in (
            ([["A", "13700009991", "1"], ["B", PHONE, "1"]], 1),
            ([["B", PHONE, "1"]], 0),
        ):
            [message] = partners.load(fields, rows)["messages"]
            self.assertEqual(message["rows"], {"from": refused, "to": refused})
            self.assertIn("is that of Acme", message["message"])

    def test_of_merged_contacts_the_number_goes_along(self):
        kept = self._create_person(self.own, "Li Wei")
        gone = self._create_person(self.acme, "Li Wei")
        gone.phone = "13900001111"
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((kept | gone).ids, kept)
        self.assertFalse(gone.exists())
        self.assertEqual(kept.phone, "13900001111")

    def test_so_many_are_named_and_no_more_are_counted(self):
        self._forbid("warn")
        partners = self.env["res.partner"].with_user(self.sally)
        partners = partners.with_context(import_file=True)
        for count, more in ((5, False), (6, True)):
            rows = [[f"N{number}", PHONE, "1"] for number in range(count)]
            with patch.object(type(self.sally), "_bus_send", autospec=True) as sent:
                partners.load(["name", "phone", "is_managed_customer"], rows)
            told = sent.call_args.args[2]["message"]
            self.assertEqual("and 1 more" in told, more, told)
            self.assertNotIn("and 0", told)
            partners.search([("name", "=like", "N_")]).sudo().unlink()


@tagged("post_install", "-at_install")
class TestDuplicateAskEdges(DuplicateCommon):
    def _ask(self, user=None, note=""):
        [answer] = self.acme.with_user(user or self.sally).ask_to_share(note)
        return answer["code"]

    def test_each_colleague_asks_for_oneself(self):
        other = self._create_user("sven", "group_sales_user")
        self.assertEqual(
            [self._ask(), self._ask(other), self._ask()], ["ok", "ok", "asked"]
        )

    def test_what_else_one_has_planned_there_is_no_asking(self):
        self.acme.with_user(self.rita).activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.sam.id
        )
        self.rita.group_ids += self.env.ref("crm_relations.group_sales_user")
        self.assertEqual(self._ask(self.rita), "ok")

    def test_who_says_nothing_leaves_no_note(self):
        self._ask()
        self.assertFalse(self.acme.activity_ids.note)


@tagged("post_install", "-at_install")
class TestDuplicatePairEdges(DuplicateCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pairs = cls.env["crm.duplicate.pair"]

    def _get_others(self, customer):
        self.env.flush_all()
        self.pairs._compare(customer.ids)
        found = self.pairs.search(
            ["|", ("customer_id", "=", customer.id), ("other_id", "=", customer.id)]
        )
        return (found.customer_id | found.other_id) - customer

    def test_as_many_others_as_the_limit_says_beside_oneself(self):
        for values in ({"phone": "13511112222"}, {"vat": "DE 123456"}):
            one, other = self._create_customers(2, **values)
            one.name, other.name = "Nordwind", "Sunrise Foods"
            with patch.object(job, "MOST_SHARING", 1), self.subTest(values):
                self.assertEqual(self._get_others(one), other)
                self.assertEqual(self._get_others(other), one)

    def test_an_hour_is_compared_once_more_to_the_second(self):
        self.pairs._compare((self.acme | self.own).ids)
        for seconds, due in ((0, True), (1, False)):
            self.env.cr.execute(
                "UPDATE res_partner SET write_date = kept.compared_at - %s"
                "  FROM crm_name_key AS kept"
                " WHERE kept.partner_id = res_partner.id AND res_partner.id = %s",
                [job.MARGIN + timedelta(seconds=seconds), self.own.id],
            )
            page = self.pairs._get_due_page(self.own.id - 1)
            self.assertEqual(self.own.id in page, due)

    def test_to_read_the_list_is_not_to_decide(self):
        self.own.phone = self.acme.phone
        self._get_others(self.own)
        pair = self.pairs.search([("customer_id", "=", self.acme.id)])
        self.env["ir.model.access"].create(
            {
                "name": "Readers",
                "model_id": self.env["ir.model"]._get_id("crm.duplicate.pair"),
                "group_id": self.env.ref("crm_relations.group_sales_user").id,
                "perm_read": True,
            }
        )
        mine = pair.with_user(self.sally)
        self.assertEqual(mine.reason, "same phone number")
        for act in (lambda: mine.ignore("x"), mine.action_reopen, mine.action_merge):
            with self.assertRefused("team leaders decide", AccessError):
                act()


@tagged("post_install", "-at_install")
class TestDuplicateHiddenEdges(HidingCommon):
    def test_a_hidden_number_of_a_contact_leaves_room_for_another_customer(self):
        twin = self._create_customer("Twin", user_id=self.sam.id)
        for number, phone in enumerate(("13511110001", "13511110001")):
            person = self._create_person(self.customer, f"P{number}")
            person.phone = phone
        twin.phone = "13511110001"
        self._release(self.customer | twin)
        pairs = self.env["crm.duplicate.pair"]
        for one, other in ((self.customer, twin), (twin, self.customer)):
            with patch.object(job, "MOST_SHARING", 1):
                pairs._compare(one.ids)
            found = pairs.search([("why", "=", "phone")])
            self.assertEqual(found.customer_id | found.other_id, one | other)
            found.sudo().unlink()
