"""AR-13: contacts out of vCard files: shown, looked for, made, taken back."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common.contact_import import ImportCommon

FILES = Path(__file__).parent / "data" / "vcards"


@tagged("post_install", "-at_install")
class TestContactImport(ImportCommon):
    def test_nothing_is_written_before_it_is_imported(self):
        before = self.env["res.partner"].search_count([])
        one = self._import(["FN:Li Si", "ORG:Hongda", "TEL:13800138000"])
        self.assertEqual(self.env["res.partner"].search_count([]), before)
        self.assertEqual((one.state, one.card_count), ("checked", 1))
        self.assertFalse(one.file)

    def test_a_person_with_its_company(self):
        one = self._import(
            [
                *("FN:Li Si", "ORG:Hongda;Sales", "TITLE:Buyer", "TEL:13800138000"),
                *("EMAIL:li@hongda.example", "URL:http://hongda.example"),
                "ADR:;;Zhongshan Road 1;Shenzhen;Guangdong;518000;China",
                *("TEL;TYPE=FAX:075588881111", "NOTE:met at the fair", "X-QQ:12345"),
                "BDAY:1980-05-06",
            ],
            ["FN:Wang Wu", "ORG:hongda", "TEL:13800138001"],
        )
        one.action_import()
        li, wang = self._find("Li Si"), self._find("Wang Wu")
        self.assertEqual(li.parent_id.name, "Hongda")
        self.assertEqual(wang.parent_id, li.parent_id)
        self.assertRecordValues(
            li,
            [
                {
                    **{"function": "Buyer", "email": "li@hongda.example"},
                    **{"city": "Shenzhen", "zip": "518000", "is_company": False},
                }
            ],
        )
        self.assertEqual(li.country_id.code, "CN")
        for text in ("Department: Sales", "Fax: 075588881111", "QQ: 12345", "met at"):
            self.assertIn(text, li.comment)
        self.assertEqual(li.sudo().profile_ids.birth_month, 5)
        self.assertEqual((one.state, one.made_count), ("done", 2))
        self.assertEqual(one.line_ids[0].made_company_id, li.parent_id)

    def test_a_company_that_is_here_gets_the_person(self):
        acme = self._create_customer("Acme Works", user_id=self.sally.id)
        acme.is_company = True
        self._import(["FN:Eve", "ORG:Acme Works"]).action_import()
        self.assertEqual(self._find("Eve").parent_id, acme)

    def test_a_company_on_a_card_of_its_own(self):
        self._import(
            ["FN:Eve", "ORG:Northwind", "TEL:12345678"],
            ["ORG:Northwind", "TEL:87654321"],
        ).action_import()
        company = self._find("Northwind")
        self.assertEqual(len(company), 1)
        self.assertEqual(self._find("Eve").parent_id, company)

    def test_as_customers(self):
        one = self._import(["FN:Eve", "ORG:Northwind"], is_managed_customer=True)
        one.action_import()
        self.assertTrue(self._find("Northwind").is_managed_customer)
        self._import(["FN:Zed", "ORG:Southwind"]).action_import()
        self.assertFalse(self._find("Southwind").is_managed_customer)

    def test_who_is_here_is_named_and_left_out(self):
        self._create_customer(
            "Acme", user_id=self.sally.id, phone="13800138000", country_id=self.china
        )
        one = self._import(["FN:Li Si", "TEL:138 0013 8000"], ["FN:New", "TEL:1234567"])
        known, new = one.line_ids
        self.assertEqual((known.kind, known.decision), ("known", "skip"))
        self.assertIn("Acme", known.finding)
        self.assertEqual((new.kind, new.decision), ("new", "create"))
        self.assertEqual(one.known_count, 1)
        one.action_import()
        self.assertFalse(self._find("Li Si"))
        self.assertTrue(self._find("New"))

    def test_whom_one_may_not_read_is_not_told(self):
        rival = self._create_customer("Secret Works", user_id=self.sam.id)
        rival.email = "boss@secret.example"
        one = self._import(["FN:Boss", "EMAIL:boss@secret.example"])
        self.assertEqual(one.line_ids.kind, "known")
        if not rival.with_user(self.sally).has_access("read"):
            self.assertNotIn("Secret Works", one.line_ids.finding)
            self.assertFalse(one.line_ids.match_id)

    def test_who_stands_twice_in_the_file_is_made_once(self):
        one = self._import(
            ["FN:Eve", "TEL:13800138000"], ["FN:Eve Li", "TEL:+86 138 0013 8000"]
        )
        self.assertEqual(one.line_ids.mapped("kind"), ["new", "twice"])
        one.action_import()
        self.assertEqual(one.made_count, 1)

    def test_completing_fills_only_what_is_empty(self):
        acme = self._create_customer(
            "Acme", user_id=self.sally.id, phone="13800138000", country_id=self.china
        )
        one = self._import(
            ["FN:Li Si", "TEL:13800138000", "EMAIL:li@acme.example", "TITLE:Boss"]
        )
        one.line_ids.decision = "complete"
        one.action_import()
        self.assertEqual((acme.name, acme.email), ("Acme", "li@acme.example"))
        self.assertEqual(acme.function, "Boss")
        acme.function = "Chief"
        one.action_undo()
        self.assertFalse(acme.email)
        self.assertEqual((acme.function, acme.phone), ("Chief", "13800138000"))
        self.assertTrue(acme.exists())

    def test_completing_leaves_alone_what_a_pool_hides(self):
        self.pool.write({"hides_phone": True, "member_ids": [(4, self.sally.id)]})
        acme = self._create_customer("Acme", phone="13800138000", is_company=True)
        self.env["crm.pool.batch"]._create_transfer("import", "", None)._place(
            {acme.id: self.pool.id}
        )
        self.assertFalse(acme.phone)
        one = self._import(["FN:Acme", "TEL:13800138000", "TEL:13900139000"])
        line = one.line_ids
        line.phone = "13900139000"
        line.decision = "complete"
        one.action_import()
        kept = acme.sudo()._get_partner_kept()[acme.id]
        self.assertIn("13800138000", str(kept))
        self.assertNotIn("13900139000", str(kept))

    def test_one_that_is_refused_hinders_no_other(self):
        self._refuse("Bad")
        one = self._import(*[[f"FN:{name}"] for name in ("A1", "Bad", "C3", "D4")])
        one.action_import()
        self.assertEqual((one.made_count, one.error_count), (3, 1))
        self.assertEqual(one.line_ids[1].error, "Bad is refused")

    def test_or_all_are_refused(self):
        self._refuse("Bad")
        one = self._import(["FN:A1"], ["FN:Bad"], on_problem="all")
        with self.assertRaisesRegex(UserError, "Card 2, Bad: Bad is refused"):
            one.action_import()
        self.assertFalse(self._find("A1"))

    def _refuse(self, name):
        partners = self.registry["res.partner"]
        create = partners.create

        def refuse(records, vals_list):
            if any(vals.get("name") == name for vals in vals_list):
                raise ValueError(f"{name} is refused")
            return create(records, vals_list)

        self.patch(partners, "create", refuse)

    def test_undo_takes_back_what_nobody_has_touched(self):
        one = self._import(["FN:Eve", "ORG:Northwind"], ["FN:Zed"])
        one.action_import()
        self._make_older(one.line_ids.partner_id)
        self._find("Zed").message_post(body="Called")
        answer = one.action_undo()
        self.assertFalse(self._find("Eve"))
        self.assertTrue(self._find("Zed"))
        self.assertIn("Zed", answer["params"]["message"])
        self.assertEqual(one.state, "undone")

    def _make_older(self, partners):
        """As if they had been made in a transaction before."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = create_date - interval '1 minute',"
            " write_date = create_date - interval '1 minute' WHERE id IN %s",
            [partners._ids],
        )
        self.env.invalidate_all()

    def test_undo_of_all(self):
        one = self._import(["FN:Eve", "ORG:Northwind"], ["FN:Zed"])
        one.action_import()
        one.action_undo()
        self.assertFalse(
            self._find("Eve") | self._find("Zed") | self._find("Northwind")
        )

    def test_a_step_is_made_once(self):
        one = self._import(["FN:Eve"])
        one.action_import()
        for again in (one.action_import, one.action_check, one.action_back):
            with self.assertRaisesRegex(UserError, "gone on"):
                again()

    def test_bad_files(self):
        imports = self.env["crm.contact.import"].with_user(self.sally)
        for content in (b"name,phone\nA,1", b"PK\3\4" + b"\0" * 50, b"\0"):
            one = imports.create({"file": b64encode(content)})
            with self.assertRaisesRegex(UserError, "no card"):
                one.action_check()
        with self.assertRaisesRegex(UserError, "Choose a file"):
            imports.create({}).action_check()

    def test_cards_that_make_no_contact(self):
        one = self._import(["TEL:123"], ["FN:Team", "KIND:group"], ["FN:Eve"])
        self.assertEqual(one.line_ids.mapped("kind"), ["wrong", "wrong", "new"])

    def test_pictures(self):
        good, huge = BytesIO(), BytesIO()
        Image.new("RGB", (20, 20), "red").save(good, "PNG")
        Image.new("1", (9_000, 9_000)).save(huge, "PNG")
        whole = BytesIO()
        Image.effect_noise((2_000, 2_000), 90).save(whole, "JPEG")
        cut = whole.getvalue()[:20_000]  # half a picture is one, as to Odoo
        one = self._import(
            *(
                [f"FN:P{i}", f"PHOTO;ENCODING=b:{b64encode(content).decode()}"]
                for i, content in enumerate(
                    (good.getvalue(), huge.getvalue(), b"x", cut)
                )
            )
        )
        self.assertEqual(
            [bool(line.photo) for line in one.line_ids], [True, False, False, True]
        )
        self.assertIn("without it", one.line_ids[1].finding)
        one.action_import()
        self.assertTrue(self._find("P0").image_1920)
        self.assertEqual(one.made_count, 4)

    def test_a_birthday_that_cannot_be_is_left_out(self):
        days = ("1890-01-02", "2999-01-02", "0001-01-02", "1980-01-02")
        one = self._import(*([f"FN:B{day}", f"BDAY:{day}"] for day in days))
        one.action_import()
        self.assertEqual(one.made_count, 4)
        profiles = one.line_ids.partner_id.sudo().profile_ids
        self.assertEqual(profiles.mapped("birth_year"), [1980])

    def test_who_was_here_before_is_not_deleted_by_an_undo(self):
        """Whatever a client says afterwards about what was decided."""
        mine = self._create_customer(
            "Mine", user_id=self.sally.id, phone="13800138000", country_id=self.china
        )
        one = self._import(["FN:Mine", "TEL:13800138000"])
        one.line_ids.decision = "complete"
        one.action_import()
        one.line_ids.decision = "create"
        one.action_undo()
        self.assertTrue(mine.exists())

    def test_what_became_of_a_card_is_not_for_a_client_to_say(self):
        rival = self._create_customer("Rival", user_id=self.sam.id)
        one = self._import(["FN:Eve"])
        one.action_import()
        for name in ("partner_id", "made_company_id", "match_id"):
            with self.assertRaises(AccessError):
                one.line_ids.write({name: rival.id})
        for values in ({"partner_id": rival.id}, {"name": "X"}):
            with self.assertRaises(AccessError):
                one.line_ids.create({"import_id": one.id, **values})
        one.action_undo()
        self.assertTrue(rival.exists())

    def test_nobody_else_sees_it(self):
        one = self._import(["FN:Eve"])
        for user in (self.sam, self.max, self.rita, self.carl, self.adam):
            with self.assertRaises(AccessError):
                one.with_user(user).read(["name"])
            with self.assertRaises(AccessError):
                one.line_ids.with_user(user).read(["name"])

    def test_real_files_become_contacts(self):
        content = b"".join(path.read_bytes() for path in FILES.glob("*.vcf"))
        one = self._import(content)
        self.assertEqual(one.card_count, 16)
        one.action_import()
        self.assertFalse(one.error_count)
        self.assertEqual(one.made_count, len(one.line_ids.filtered("partner_id")))

    def test_statements_do_not_grow_with_cards(self):
        def count(size, start):
            cards = [
                [f"FN:N{i}", f"ORG:C{i % 3}", f"TEL:1380000{i:04}"]
                for i in range(start, start + size)
            ]
            before = self.env.cr.sql_log_count
            self._import(*cards).action_import()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(5, 0)
        # Odoo itself asks for all companies once for each person of a company.
        self.assertLessEqual(count(90, 200) - 90, count(30, 100) - 30 + 6)

    def test_the_form(self):
        with Form(self.env["crm.contact.import"].with_user(self.sally)) as form:
            form.file = b64encode(b"BEGIN:VCARD\nFN:Eve\nEND:VCARD")
        one = form.record
        one.action_check()
        with Form(one) as form, form.line_ids.edit(0) as line:
            line.name = "Eva"
        one.action_import()
        self.assertTrue(self._find("Eva"))
