"""AR-15: which line of a business card is what."""

import doctest

from odoo.tests import BaseCase, tagged

from ..tools import card_address, card_codes, card_names, card_numbers, card_text
from .common.cards import lay_out


@tagged("post_install", "-at_install")
class TestCardText(BaseCase):
    def _read(self, *texts, region="US", large=()):
        return card_text.read(lay_out(*texts, large=large), region)

    def _fields(self, *texts, **options):
        found = self._read(*texts, **options).fields
        return {name: value.text for name, value in found.items()}

    def test_a_chinese_card(self):
        self.assertEqual(
            self._fields(
                *("深圳市宏达电子科技有限公司", "张 伟", "销售总监"),
                *("手机：138 0013 8000", "电话：0755-26881128 传真：0755-26881129"),
                *("邮箱：zhangwei@hongda.com", "网址：www.hongda.com"),
                *("地址：广东省深圳市南山区科技园南路12号", "3栋501室", "邮编：518057"),
            ),
            {
                **{"company": "深圳市宏达电子科技有限公司", "name": "张伟"},
                **{"function": "销售总监", "mobile": "138 0013 8000"},
                **{"phone": "0755-26881128", "fax": "0755-26881129"},
                **{"email": "zhangwei@hongda.com", "website": "www.hongda.com"},
                "address": "广东省深圳市南山区科技园南路12号3栋501室",
                "zip": "518057",
            },
        )

    def test_an_english_card(self):
        self.assertEqual(
            self._fields(
                *("ACME", "John A. Smith, MBA", "Sales Manager"),
                *("T +1 512 555 0123 | M +1 737 555 0188", "j.smith@acme.com"),
                *("www.acme.com", "1200 Main St, Suite 300", "Austin, TX 78701, USA"),
            ),
            {
                **{"company": "ACME", "name": "John A. Smith"},
                **{"function": "Sales Manager", "phone": "+1 512 555 0123"},
                **{"mobile": "+1 737 555 0188", "email": "j.smith@acme.com"},
                "website": "www.acme.com",
                "address": "1200 Main St, Suite 300, Austin, TX 78701, USA",
            },
        )

    def test_a_german_card(self):
        found = self._fields(
            *("Müller Werkzeugbau GmbH", "Dr. Hans Müller", "Geschäftsführer"),
            *("Leopoldstr. 12", "80802 München", "Tel: +49 89 1234567"),
            *("Fax: +49 89 1234568", "info@mueller.de", "hans.mueller@mueller.de"),
            region="DE",
        )
        self.assertEqual(found["name"], "Hans Müller")
        self.assertEqual(found["address"], "Leopoldstr. 12, 80802 München")
        self.assertEqual(found["email"], "hans.mueller@mueller.de")
        self.assertEqual(found["office_email"], "info@mueller.de")

    def test_each_field_says_from_which_lines_it_was_read(self):
        found = self._read(
            *(
                "上海远航国际货运代理",
                "有限公司",
                "欧阳明",
                "上海市虹口区四川北路1688号",
                "福德广场12楼",
            )
        )
        lines = {name: value.lines for name, value in found.fields.items()}
        self.assertEqual(lines, {"company": (0, 1), "name": (2,), "address": (3, 4)})
        self.assertEqual(found.rows[2], "欧阳明")

    def test_nothing_of_a_card_is_lost(self):
        found = self._read("李伟", "Wei Li", "诚信为本", "税号:91440300MA5F123456")
        self.assertEqual(found.fields["name"].text, "李伟")
        self.assertEqual(
            sorted(found.left), ["Wei Li", "税号:91440300MA5F123456", "诚信为本"]
        )

    def test_a_label_beside_its_number(self):
        lines = [
            ["手机", 1, [50, 100, 100, 130]],
            ["13800138000", 1, [200, 102, 400, 131]],
            ["传真", 1, [50, 150, 100, 180]],
            ["0755-26881129", 1, [200, 151, 400, 181]],
        ]
        found = card_text.read(lines).fields
        self.assertEqual(found["mobile"].text, "13800138000")
        self.assertEqual(found["fax"].text, "0755-26881129")
        self.assertEqual(found["mobile"].lines, (0, 1))

    def test_numbers_by_their_labels(self):
        for text, region, wanted in (
            (
                "电话:010-88881111传真:010-88881112",
                "CN",
                "phone 010-88881111 fax 010-88881112",
            ),
            ("电话(传真):0571-87651234", "CN", "phone 0571-87651234"),
            ("手机/微信:13800138000", "CN", "mobile 13800138000"),
            ("电话:13800138000", "CN", "mobile 13800138000"),
            ("微信号:li_wei QQ:12345678", "CN", "WeChat li_wei QQ 12345678"),
            (
                "13800138000 0755-26881128转801",
                "CN",
                "mobile 13800138000 phone 0755-26881128转801",
            ),
            ("税号:91440300MA5F123456", "CN", "other 91440300MA5F123456"),
            ("邮编:518057", "CN", "zip 518057"),
            ("热线 400-880-1234", "CN", "phone 400-880-1234"),
            ("Tel/Fax: +49 89 1234567", "DE", "phone +49 89 1234567"),
            ("F: +49 89 1234568", "DE", "fax +49 89 1234568"),
            ("Mob +86 138 0013 8000", "US", "mobile +86 138 0013 8000"),
            ("+1 (512) 555-0123", "US", "phone +1 (512) 555-0123"),
            ("D 512.555.0199", "US", "phone 512.555.0199"),
            ("科技园南路12号3栋501", "CN", ""),
            ("Account Executive", "US", ""),
            ("ISO 9001:2015", "US", ""),
            ("Since 1998", "US", ""),
        ):
            hits, _rest = card_numbers.take_numbers(text, region)
            self.assertEqual(" ".join(f"{hit.kind} {hit.text}" for hit in hits), wanted)

    def test_addresses_of_the_net(self):
        for text, wanted in (
            ("E-mail: li @ acme.cn www.acme.cn", ["li@acme.cn", "www.acme.cn"]),
            ("http://www.acme.com/en", ["http://www.acme.com/en"]),
            ("acme.co.uk", ["acme.co.uk"]),
            ("Leopoldstr. 12", []),
            ("Acme Co.,Ltd.", []),
        ):
            hits, _rest = card_numbers.take_net(text)
            self.assertEqual([hit.text for hit in hits], wanted)

    def test_persons_and_titles(self):
        for text, wanted in (
            ("张伟销售总监", ("张伟", "销售总监")),
            ("张伟经理", ("张伟", "经理")),
            ("李明理 总经理", ("李明理", "总经理")),
            ("欧阳 明先生", ("欧阳明", "")),
            ("张伟 David Zhang", ("张伟", "")),
            ("高级工程师", None),
            ("深圳市宏达", None),
            ("Smith Brothers Ltd", None),
            ("Sales Manager", None),
            (
                "Emily Brown  Purchasing Director",
                ("Emily Brown", "Purchasing Director"),
            ),
            ("Anna van Dyk | CEO", ("Anna van Dyk", "CEO")),
        ):
            self.assertEqual(card_names.read_person(text), wanted, text)

    def test_addresses(self):
        for text, wanted in (
            (
                "广东省深圳市南山区科技园南路12号 518057",
                ("南山区科技园南路12号", "深圳市", "518057", "广东省", "CN"),
            ),
            (
                "北京市朝阳区建国路88号",
                ("朝阳区建国路88号", "北京市", "", "北京市", "CN"),
            ),
            (
                "深圳南山区粤海街道1号",
                ("南山区粤海街道1号", "深圳市", "", "广东省", "CN"),
            ),
            (
                "广西壮族自治区南宁市民族大道1号",
                ("民族大道1号", "南宁市", "", "广西壮族自治区", "CN"),
            ),
            (
                "1200 Main St, Austin, TX 78701, USA",
                ("1200 Main St", "Austin", "78701", "TX", "US"),
            ),
            (
                "12 High Street, London SW1A 1AA, UK",
                ("12 High Street", "London", "SW1A 1AA", "", "GB"),
            ),
            (
                "Leopoldstr. 12. 80802 München, Germany",
                ("Leopoldstr. 12", "München", "80802", "", "DE"),
            ),
            (
                "88 Keyuan Road, Shenzhen, Guangdong 518057, P.R. China",
                ("88 Keyuan Road", "Shenzhen", "518057", "Guangdong", "CN"),
            ),
            ("Somewhere", ("Somewhere", "", "", "", "")),
            ("", ("", "", "", "", "")),
        ):
            found = card_address.parse(text)
            names = ("street", "city", "zip", "state", "country")
            self.assertEqual(tuple(found[name] for name in names), wanted, text)

    def test_a_card_of_a_hostile_printer_takes_no_time(self):
        for text in (
            "1 " * 150,
            "A" * 300,
            "张" * 300,
            "a@" * 150,
            "((((" * 75,
            ".a" * 150,
        ):
            self._read(*[text] * 80)

    def test_the_doctests(self):
        for module in (card_address, card_codes, card_names, card_numbers):
            self.assertFalse(doctest.testmod(module).failed)

    def test_an_empty_card(self):
        self.assertEqual(self._read(), ({}, [], [], []))
