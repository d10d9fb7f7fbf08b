"""AR-15: a picture of a business card becomes a person and a company, seen before."""

import io
from base64 import b64encode
from unittest.mock import patch

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..models.card_scan import crm_card_scan_read
from ..models.card_scan.crm_card_scan_known import ALIKE
from ..tools.card_reader import Unreadable
from .common.cards import lay_out
from .common.relations import RelationsCommon

CARD = (
    *("深圳市宏达电子科技有限公司", "张 伟", "销售总监", "手机：13800138000"),
    *("电话：0755-26881128", "邮箱：zhangwei@hongda.example", "www.hongda.example"),
    *("地址：广东省深圳市南山区科技园南路12号", "邮编：518057", "诚信为本"),
)
COMPANY = "深圳市宏达电子科技有限公司"


def make_picture():
    content = io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(content, "PNG")
    return b64encode(content.getvalue())


@tagged("post_install", "-at_install")
class TestCardScan(RelationsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.china = cls.env.ref("base.cn")
        cls.env.company.country_id = cls.china

    def _scan(self, *texts, codes=(), user=None, lines=None, **values):
        """Return a scan of a card with these lines, which has been read."""
        scans = self.env["crm.card.scan"].with_user(user or self.sally)
        scan = scans.create({"picture": make_picture(), **values})
        lines = lay_out(*texts) if lines is None else lines
        answer = {"codes": list(codes), "lines": lines, "size": [1, 1]}
        with patch.object(crm_card_scan_read.READER, "get_answer", return_value=answer):
            scan.action_read()
        return scan

    def _refuse(self, *answers):
        scan = self.env["crm.card.scan"].with_user(self.sally).create({})
        scan.picture = make_picture()
        with patch.object(crm_card_scan_read.READER, "get_answer", side_effect=answers):
            scan.action_read()
        return scan

    def _find(self, name):
        return self.env["res.partner"].search([("name", "=", name)])

    def test_nothing_is_made_before_it_was_seen(self):
        before = self.env["res.partner"].search_count([])
        scan = self._scan(*CARD)
        self.assertEqual(self.env["res.partner"].search_count([]), before)
        self.assertRecordValues(
            scan,
            [
                {
                    **{"state": "read", "name": "张伟", "function": "销售总监"},
                    **{"phone": "13800138000", "company_name": COMPANY},
                    **{"company_phone": "0755-26881128", "city": "深圳市"},
                    **{"email": "zhangwei@hongda.example", "zip": "518057"},
                    **{"street": "南山区科技园南路12号", "note": "诚信为本"},
                    "country_id": self.china.id,
                }
            ],
        )
        self.assertEqual(scan.sources["phone"], ["手机:13800138000", True])

    def test_a_person_and_a_company_are_made(self):
        scan = self._scan(*CARD)
        action = scan.action_confirm()
        person, company = self._find("张伟"), self._find(COMPANY)
        self.assertEqual(action["res_id"], person.id)
        self.assertEqual(person.parent_id, company)
        self.assertEqual((person.function, person.phone), ("销售总监", "13800138000"))
        self.assertEqual(person.email, "zhangwei@hongda.example")
        self.assertEqual((company.phone, company.city), ("0755-26881128", "深圳市"))
        self.assertIn("hongda.example", company.website)
        self.assertTrue(company.is_managed_customer)
        self.assertIn("诚信为本", person.comment)
        self.assertEqual(scan.state, "done")
        self.assertFalse(scan.picture)

    def test_what_was_corrected_counts(self):
        scan = self._scan(*CARD)
        with Form(scan) as form:
            form.name = "张玮"
            form.is_managed_customer = False
        scan.action_confirm()
        self.assertFalse(self._find("张伟"))
        self.assertFalse(self._find("张玮").parent_id.is_managed_customer)

    def test_a_line_that_was_read_badly_says_so(self):
        lines = lay_out("张伟", "手机：13800138000")
        lines[1][1] = 0.6
        scan = self._scan(lines=lines)
        self.assertEqual(scan.sources["name"], ["张伟", True])
        self.assertEqual(scan.sources["phone"], ["手机:13800138000", False])

    def test_a_code_counts_more_than_print(self):
        code = (
            "BEGIN:VCARD\nVERSION:3.0\nFN:Zhang Wei\nTEL;TYPE=CELL:13900139000\n"
            "TEL:13700137000\nX-QQ:123\nBDAY:1980-05-06\nEND:VCARD"
        )
        scan = self._scan(*CARD, codes=[code])
        self.assertEqual((scan.name, scan.phone), ("Zhang Wei", "13900139000"))
        self.assertEqual(scan.company_name, COMPANY)
        scan.action_confirm()
        person = self._find("Zhang Wei")
        self.assertIn("13700137000", person.comment)
        for text in ("QQ", "张伟", "13800138000"):
            self.assertIn(text, person.comment)
        self.assertEqual(person.sudo().profile_ids.birth_month, 5)

    def test_a_web_page_as_code(self):
        scan = self._scan(codes=["https://acme.example"])
        self.assertEqual(scan.website, "https://acme.example")

    def test_who_is_here_is_completed_and_nothing_is_overwritten(self):
        company = self._create_customer(
            COMPANY, user_id=self.sally.id, phone="010-88881111"
        )
        person = self._create_person(company, "张伟", function="Boss")
        scan = self._scan(*CARD)
        self.assertEqual(scan.company_match_id, company)
        self.assertEqual(scan.person_match_id, person)
        self.assertEqual(scan.person_decision, "complete")
        scan.action_confirm()
        self.assertEqual(self._find("张伟"), person)
        self.assertEqual(self._find(COMPANY), company)
        self.assertEqual((person.function, person.phone), ("Boss", "13800138000"))
        self.assertEqual((company.phone, company.city), ("010-88881111", "深圳市"))

    def _create_person(self, company, name, **values):
        return self.env["res.partner"].create(
            {"name": name, "parent_id": company.id, **values}
        )

    def test_the_company_is_known_under_another_name(self):
        company = self._create_customer(
            "宏达",
            user_id=self.sally.id,
            phone="0755 2688 1128",
            country_id=self.china.id,
        )
        scan = self._scan(*CARD)
        self.assertEqual(scan.company_match_id, company)
        scan.action_confirm()
        self.assertEqual(self._find("张伟").parent_id, company)
        self.assertFalse(self._find(COMPANY))

    def test_whom_one_may_not_open_is_told_and_left_out(self):
        rival = self._create_customer("Secret", user_id=self.sam.id)
        rival.email = "zhangwei@hongda.example"
        scan = self._scan(*CARD, user=self.sally)
        self.assertTrue(scan.person_finding)
        if not rival.with_user(self.sally).has_access("read"):
            self.assertNotIn("Secret", scan.person_finding)
            self.assertFalse(scan.person_match_id)
            self.assertEqual(scan.person_decision, "skip")
            scan.person_decision = "complete"
            with self.assertRaises(UserError):
                scan.action_confirm()
        self.assertFalse(self._find("张伟"))

    def test_who_came_meanwhile_is_shown_before_anything_is_made(self):
        scan = self._scan(*CARD)
        company = self._create_customer(COMPANY, user_id=self.sally.id)
        answer = scan.action_confirm()
        self.assertEqual(answer["tag"], "display_notification")
        self.assertEqual((scan.state, scan.company_match_id), ("read", company))
        self.assertFalse(self._find("张伟"))
        scan.action_confirm()
        self.assertEqual(self._find("张伟").parent_id, company)

    def test_a_company_alone_and_a_person_alone(self):
        self._scan("Acme Tools GmbH", "Tel: +49 89 1234567").action_confirm()
        self.assertEqual(self._find("Acme Tools GmbH").phone, "+49 89 1234567")
        self._scan("张伟", "手机:13800138000").action_confirm()
        self.assertTrue(self._find("张伟").is_managed_customer)

    def test_who_leaves_the_company_out_keeps_its_name_in_the_notes(self):
        scan = self._scan(*CARD)
        scan.company_decision = "skip"
        scan.action_confirm()
        person = self._find("张伟")
        self.assertFalse(person.parent_id)
        self.assertFalse(self._find(COMPANY))
        self.assertIn(COMPANY, person.comment)

    def test_typed_in_without_a_picture(self):
        scan = self.env["crm.card.scan"].with_user(self.sally).create({})
        scan.action_type()
        with self.assertRaises(UserError):
            scan.action_confirm()
        scan.name = "Eve"
        scan.action_confirm()
        self.assertTrue(self._find("Eve"))

    def test_a_picture_that_is_none_is_told_and_forgotten(self):
        for code in ("none", "bytes", "kind", "pixels", "picture", "busy", "slow"):
            scan = self._refuse(Unreadable(code))
            self.assertTrue(scan.problem, code)
            self.assertFalse(scan.picture)
            self.assertEqual(scan.state, "new")
        drawing = b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
        scan = (
            self.env["crm.card.scan"].with_user(self.sally).create({"picture": drawing})
        )
        scan.action_read()
        self.assertIn("JPEG", scan.problem)

    def test_nothing_to_read(self):
        scan = self._refuse({"codes": [], "lines": [], "size": [1, 1]})
        self.assertIn("nothing to read", scan.problem)
        scan = self._refuse({"codes": [], "lines": None, "size": [1, 1]})
        self.assertIn("rapidocr", scan.problem)
        scan = self._refuse({"codes": None, "lines": None, "size": [1, 1]})
        self.assertIn("zxing-cpp", scan.problem)

    def test_without_print_a_code_is_read_all_the_same(self):
        scan = self._scan(codes=["MECARD:N:张伟;TEL:13800138000;;"], lines=[])
        self.assertEqual((scan.name, scan.phone), ("张伟", "13800138000"))

    def test_the_picture_stays_with_the_contact_if_wanted(self):
        self.env.company.keeps_card_pictures = True
        scan = self._scan(*CARD, picture_name="card.png")
        self.assertTrue(scan.keeps_picture)
        scan.action_confirm()
        kept = self.env["ir.attachment"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", scan.partner_id.id)]
        )
        self.assertEqual(kept.name, "card.png")
        scan = self._scan("李明", "手机:13800138009", keeps_picture=False)
        scan.action_confirm()
        self.assertFalse(
            self.env["ir.attachment"].search(
                [("res_model", "=", "res.partner"), ("res_id", "=", scan.partner_id.id)]
            )
        )

    def test_a_scan_can_be_taken_back(self):
        scan = self._scan(*CARD)
        scan.action_confirm()
        scan.action_undo()
        self.assertFalse(self._find("张伟") | self._find(COMPANY))
        self.assertEqual(scan.state, "read")

    def test_what_odoo_refuses_leaves_nothing(self):
        scan = self._scan(*CARD)
        refusal = UserError("not today")
        with (
            patch.object(type(self.env["res.partner"]), "create", side_effect=refusal),
            self.assertRaisesRegex(UserError, "not today"),
        ):
            scan.action_confirm()

    def test_a_second_click_is_refused(self):
        scan = self._scan(*CARD)
        scan.action_confirm()
        for action in ("action_confirm", "action_read", "action_type"):
            with self.assertRaises(UserError):
                getattr(scan, action)()

    def test_nobody_writes_what_was_found(self):
        scan = self._scan(*CARD)
        rival = self._create_customer("Rival", user_id=self.sam.id)
        for vals in (
            *({"state": "done"}, {"person_match_id": rival.id}, {"import_id": False}),
            *({"company_match_id": rival.id}, {"partner_id": rival.id}, {"card": {}}),
        ):
            with self.assertRaises(AccessError):
                scan.write(vals)
            with self.assertRaises(AccessError):
                scan.create(vals)

    def test_nobody_else_sees_it(self):
        scan = self._scan(*CARD)
        for user in (self.sam, self.max, self.rita):
            self.assertFalse(scan.with_user(user).search([("id", "=", scan.id)]))
            with self.assertRaises(AccessError):
                scan.with_user(user).action_confirm()
        with self.assertRaises(AccessError):
            self.env["crm.card.scan"].with_user(self.anna).create({})

    def test_who_may_scan_is_offered_it_on_the_first_page(self):
        def get_labels(user):
            starts = self.env["crm.my.day"].with_user(user).get_day()["starts"]
            return [start["label"] for start in starts]

        self.assertIn("Scan Business Card", get_labels(self.sally))
        self.assertNotIn("Scan Business Card", get_labels(self.anna))

    def test_scans_are_forgotten(self):
        scan = self._scan(*CARD)
        scan.sudo().scanned_at = "2020-01-01"
        self.env["crm.card.scan"]._gc_scans()
        self.assertFalse(scan.exists())

    def test_a_card_is_called_after_who_stands_on_it(self):
        scans = self.env["crm.card.scan"]
        for values, name in (
            ({"name": "Ann", "company_name": "Acme"}, "Ann"),
            ({"company_name": "Acme"}, "Acme"),
            ({}, "Business card"),
        ):
            with self.subTest(name):
                self.assertEqual(scans.new(values).display_name, name)

    def test_what_is_shown_of_who_is_not_here(self):
        scan = self._scan(*CARD)
        lines = self.env["crm.contact.import.line"]
        for kind, decision in (("new", "create"), ("known", "skip")):
            found = scan._get_found("person", lines.new({"kind": kind}))
            self.assertEqual(found["person_decision"], decision)
        self.assertFalse(scan._get_found("person", lines)["person_decision"])
        self.assertEqual(scan._get_places_of(dict.fromkeys(("street", "city"))), {})

    def test_a_card_of_a_company_alone_makes_it(self):
        scan = self._scan(COMPANY, "电话：0755-26881128")
        scan.write({"name": False, "keeps_picture": True})
        scan.action_confirm()
        company = self._find(COMPANY)
        self.assertEqual(scan.partner_id, company)
        self.assertEqual(self._count_pictures(company), 1)

    def _count_pictures(self, partner):
        domain = [("res_id", "=", partner.id), ("res_field", "=", False)]
        domain.append(("res_model", "=", "res.partner"))
        return self.env["ir.attachment"].search_count(domain)

    def test_a_company_just_alike_enough_is_perhaps_the_one(self):
        scan = self._scan(*CARD)
        row = {"model": "res.partner", "id": 7, "message": "Alike", "score": 0}
        for score, found in ((ALIKE, True), (ALIKE - 1, False)):
            row["score"] = score
            with patch.object(
                type(self.env["res.partner"]), "find_duplicates", lambda *_args: [row]
            ):
                self.assertEqual(bool(scan._get_alike("Acme")), found)
