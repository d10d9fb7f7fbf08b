from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common.duplicate import DuplicateCommon


@tagged("post_install", "-at_install")
class TestDuplicateFind(DuplicateCommon):
    """One question over own, others' and pool customers, contacts and leads."""

    def test_a_number_in_any_spelling_finds_whose_it_is(self):
        for typed in (
            "+86 138 1234 5678",
            "13812345678",
            "138-1234-5678",
            "０１３８１２３４５６７８"[1:],
        ):
            with self.subTest(typed=typed):
                [row] = self._find(phone=typed)
                self.assertEqual(row["id"], self.acme.id)
                self.assertEqual(row["why"], ["phone"])
                self.assertTrue(row["is_exact"])

    def test_it_says_where_the_customer_is_and_what_can_be_done(self):
        cases = [
            (self.acme, "owner", "Sam", ["open", "share"], "Acme: held by Sam"),
            (self.own, "yours", "Sally", ["open"], "Own: yours"),
            (
                *(self.pooled, "pool", self.pool.name, ["open", "claim"]),
                f"Pooled: in the pool {self.pool.name}",
            ),
            (self.free, "free", "", ["open"], "Free: without salesperson"),
        ]
        for customer, where, holder, can, message in cases:
            with self.subTest(where=where):
                row = self._find(email=customer.email)[0]
                self.assertEqual(row["id"], customer.id)
                told = (row["where"], row["holder"], row["can"], row["message"])
                self.assertEqual(told, (where, holder, can, message))

    def test_what_is_shared_with_one_is_said_so(self):
        self.acme.with_user(self.sam).share_with(self.sally.id)
        self.assertEqual(self._find(phone=self.acme.phone)[0]["where"], "shared")

    def test_the_number_of_a_contact_finds_its_customer(self):
        person = self._create_person(self.acme, "Li Wei")
        person.phone = "+86 139 0000 1111"
        [row] = self._find(phone="13900001111")
        self.assertEqual((row["id"], row["person"]), (self.acme.id, "Li Wei"))

    def test_a_contact_that_is_no_customer_is_found_as_such(self):
        contact = self.env["res.partner"].create(
            {"name": "Plain", "email": "plain@example.com"}
        )
        [row] = self._find(email="Plain@Example.com")
        self.assertEqual((row["id"], row["where"]), (contact.id, "contact"))

    def test_an_archived_customer_is_found(self):
        self.acme.active = False
        [row] = self._find(phone=self.acme.phone)
        self.assertEqual((row["id"], row["where"]), (self.acme.id, "archived"))

    def test_a_tax_id_is_found_however_it_is_spaced(self):
        self.acme.vat = "91440300 708461136T"
        [row] = self._find(vat="9144-0300 7084-61136t")
        self.assertEqual((row["id"], row["why"]), (self.acme.id, ["tax"]))
        for nothing in ("n/a", "0", "/", ""):
            self.own.vat = nothing
            self.assertFalse(self._find(vat=nothing))

    def test_names_are_found_without_legal_form_and_as_they_sound(self):
        wang = self._create_customer("王芳贸易有限公司", user_id=self.sam.id)
        for name, score in (
            ("王芳贸易", 100),
            ("王芳 贸易（股份）有限公司", 60),
            ("王方贸易", 95),
            ("Wang Fang Trading Co., Ltd.", 95),
            ("wangfang maoyi", 95),
        ):
            with self.subTest(name=name):
                rows = [row for row in self._find(name=name) if row["id"] == wang.id]
                self.assertEqual([row["why"] for row in rows], [["name"]])
                self.assertGreaterEqual(rows[0]["score"], score)
                self.assertFalse(rows[0]["is_exact"])
        self.assertFalse(self._find(name="刘伟电子"))

    def test_place_and_trade_make_no_two_companies_alike(self):
        hongfa = self._create_customer("北京宏发贸易有限公司")
        self.assertFalse(self._find(name="北京金鑫贸易有限公司"))
        for name in ("宏发贸易", "北京宏发", "Beijing Hong Fa Trading Ltd."):
            with self.subTest(name=name):
                self.assertEqual([r["id"] for r in self._find(name=name)], [hongfa.id])

    def test_a_latin_name_is_found_with_another_form_and_an_error(self):
        muller = self._create_customer("Müller Maschinenbau GmbH & Co. KG")
        for name in (
            "Muller Maschinenbau",
            "ＭÜＬＬＥＲ Maschinenbau AG",
            "Müler Maschinenbau",
        ):
            with self.subTest(name=name):
                self.assertIn(muller.id, [row["id"] for row in self._find(name=name)])

    def test_a_new_name_is_found_at_once(self):
        self.acme.name = "Zhongguo Gangtie"
        self.assertEqual(self._find(name="中国钢铁")[0]["id"], self.acme.id)
        self.assertFalse(self._find(name="Acme"))

    def test_who_becomes_a_customer_is_found_by_name(self):
        contact = self.env["res.partner"].create({"name": "Nordwind Logistik"})
        self.assertFalse(self._find(name="Nordwind Logistik"))
        contact.is_managed_customer = True
        self.assertEqual(self._find(name="Nordwind Logistik")[0]["id"], contact.id)

    def test_the_card_that_is_being_changed_is_no_duplicate_of_itself(self):
        person = self._create_person(self.acme, "Li Wei")
        for number in (self.acme.id, person.id):
            self.assertFalse(self._find(phone=self.acme.phone, id=number))

    def test_customers_of_another_company_are_not_told(self):
        theirs = self.env["res.company"].create({"name": "Theirs"})
        self.acme.company_id = theirs
        self.assertFalse(self._find(phone=self.acme.phone))
        self.assertFalse(self._find(name="Acme"))

    def test_allowed_companies_are_not_believed(self):
        theirs = self.env["res.company"].create({"name": "Theirs"})
        self.acme.company_id = theirs
        partners = self.env["res.partner"].with_user(self.sally)
        partners = partners.with_context(allowed_company_ids=theirs.ids)
        with self.assertRaises(AccessError):
            partners.find_duplicates({"phone": self.acme.phone})

    def test_a_card_one_may_not_read_is_masked(self):
        rule = {
            "name": "Own",
            "model_id": self.env.ref("base.model_res_partner").id,
            "domain_force": f"[('id', '!=', {self.acme.id})]",
        }
        self.env["ir.rule"].create(rule)
        [row] = self._find(phone=self.acme.phone)
        self.assertEqual(
            (row["id"], row["name"], row["person"], row["can"]),
            (False, "A***", "", []),
        )
        self.assertEqual(row["message"], "A***: held by Sam")

    def test_a_closed_name_is_not_found_letter_by_letter(self):
        self.acme.name = "Zhongguo Gangtie"
        rule = {
            "name": "Own",
            "model_id": self.env.ref("base.model_res_partner").id,
            "domain_force": f"[('id', '!=', {self.acme.id})]",
        }
        self.assertTrue(self._find(name="Zhongguo Gangti"))
        self.env["ir.rule"].create(rule)
        self.assertFalse(self._find(name="Zhongguo Gangti"))
        [row] = self._find(name="Zhongguo Gangti", phone=self.acme.phone)
        self.assertEqual((row["why"], row["score"]), (["phone"], 100))
        self.assertEqual(self._find(name="中国钢铁")[0]["name"], "Z***")

    def test_who_has_no_role_gets_no_answer(self):
        plain = new_test_user(self.env, "plain_user", groups="base.group_user")
        portal = new_test_user(self.env, "portal_user", groups="base.group_portal")
        for user in (plain, portal):
            with self.assertRaises(AccessError):
                self._find(user, phone=self.acme.phone)

    def test_a_reader_is_told_and_can_do_nothing(self):
        reader = self._create_user("reader", "group_user")
        self.assertEqual(self._find(reader, phone=self.acme.phone)[0]["can"], ["open"])

    def test_what_is_no_value_finds_nothing(self):
        for values in (
            {},
            {"phone": False, "email": None, "name": "", "vat": []},
            {"phone": {"a": 1}, "name": ["x"], "id": "7", "country_id": -1},
            {"phone": "x" * 100_000, "email": "@", "name": "%_" * 5000},
            {"phone": True, "name": "…"},
        ):
            self.assertEqual(self._find(**values), [])

    def test_a_name_alone_is_looked_for_without_asking_how_numbers_are_read(self):
        partners = self.env["res.partner"].with_user(self.sally)
        partners.find_duplicates({"name": "Nobody Quite Alike"})
        self.env.invalidate_all()
        with patch.object(type(partners), "_get_country_of_number") as asked:
            partners.find_duplicates({"name": "Nobody Quite Alike"})
        asked.assert_not_called()

    def test_statements_do_not_grow_with_the_matches(self):
        counts = []
        for count in (2, 20):
            self._create_customers(
                count, phone="+86 137 0000 2222", user_id=self.sam.id
            )
            self.env.flush_all()
            self.env.invalidate_all()
            values = {"phone": "13700002222", "name": "C1"}
            partners = self.env["res.partner"].with_user(self.sally)
            partners.find_duplicates(values)
            self.env.invalidate_all()
            counts.append(
                self._count_statements(lambda: partners.find_duplicates(values))  # noqa: B023
            )
        self.assertEqual(*counts)


@tagged("post_install", "-at_install")
class TestDuplicateLeads(DuplicateCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Deal",
                "type": "lead",
                "partner_name": "Sunrise Foods Ltd.",
                "phone": "+86 136 0000 3333",
                "email_from": "buy@sunrise.example.com",
                "user_id": cls.sam.id,
            }
        )

    def test_the_lead_of_a_colleague_is_told_without_its_name(self):
        for values in (
            {"phone": "13600003333"},
            {"email": "BUY@sunrise.example.com"},
            {"name": "Sunrise Foods GmbH"},
        ):
            with self.subTest(values=values):
                [row] = self._find(**values)
                self.assertEqual((row["model"], row["where"]), ("crm.lead", "lead"))
                self.assertEqual((row["id"], row["name"]), (False, "S***"))
                self.assertEqual(row["message"], "S***: a lead of Sam")

    def test_ones_own_lead_is_opened(self):
        [row] = self._find(self.sam, phone="13600003333")
        self.assertEqual((row["id"], row["can"]), (self.lead.id, ["open"]))
        self.assertEqual(row["message"], "Sunrise Foods Ltd.: your lead")

    def test_the_lead_of_a_customer_adds_nothing_to_it(self):
        self.lead.partner_id = self.acme
        self.lead.phone = self.acme.phone
        self.assertEqual(len(self._find(phone=self.acme.phone)), 1)

    def test_the_lead_that_is_being_changed_is_left_out(self):
        self.assertFalse(self._find(phone="13600003333", lead_id=self.lead.id))


@tagged("post_install", "-at_install")
class TestDuplicateAsk(DuplicateCommon):
    def _ask(self, customer, user=None, note=""):
        [answer] = customer.with_user(user or self.sally).ask_to_share(note)
        return answer["code"]

    def test_the_owner_is_asked_once_and_decides(self):
        self.assertEqual(self._ask(self.acme, note="They called me"), "ok")
        [activity] = self.acme.activity_ids
        self.assertEqual(activity.user_id, self.sam)
        self.assertIn("Sally", activity.summary)
        self.assertIn("They called me", activity.note)
        self.assertEqual(self._ask(self.acme), "asked")
        activity.with_user(self.sam).action_feedback("No")
        self.assertEqual(self._ask(self.acme), "ok")

    def test_who_cannot_be_asked_for_is_said_so(self):
        cases = [(self.own, "taken"), (self.pooled, "blocked"), (self.free, "blocked")]
        for customer, code in cases:
            self.assertEqual(self._ask(customer), code)
        reader = self._create_user("reader", "group_user")
        self.assertEqual(self._ask(self.acme, reader), "no_right")
        gone = self.env["res.partner"].browse(2**30)
        self.assertEqual(self._ask(gone), "missing")
        self.assertFalse(self.acme.activity_ids)
