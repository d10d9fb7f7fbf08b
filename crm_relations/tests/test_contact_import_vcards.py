"""AR-13: what stands on cards as phones and programs really write them.

The files in ``data/vcards`` are test data of the public project ez-vcard (FreeBSD
licence); the persons on them are made up.
"""

import time
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ..tools import vcards

FILES = Path(__file__).parent / "data" / "vcards"


def read(text, encoding="utf-8"):
    return vcards.read(text.encode(encoding))


def card(*lines, version="3.0", encoding="utf-8"):
    text = "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])
    (found,) = read(text, encoding)
    return found


@tagged("post_install", "-at_install")
class TestContactImportVcards(BaseCase):
    def _read(self, name):
        return vcards.read((FILES / name).read_bytes())

    def test_real_files_are_read(self):
        counts = {path.name: len(self._read(path.name)) for path in FILES.glob("*.vcf")}
        self.assertEqual(
            counts,
            {
                "John_Doe_ANDROID.vcf": 6,
                "John_Doe_EVOLUTION.vcf": 1,
                "John_Doe_GMAIL.vcf": 1,
                "John_Doe_IPHONE.vcf": 1,
                "John_Doe_MS_OUTLOOK.vcf": 1,
                "gmail-list.vcf": 3,
                "outlook-2007.vcf": 1,
                "rfc2426-example.vcf": 2,
            },
        )

    def test_iphone(self):
        (john,) = self._read("John_Doe_IPHONE.vcf")
        self.assertEqual(john.name, "Mr. John Richter James Doe Sr.")
        self.assertEqual((john.company, john.department), ("IBM", "Accounting"))
        self.assertEqual(john.function, "Money Counter")
        self.assertEqual(john.phones[:2], ["905-555-1234", "905-777-1234"])
        self.assertIn(("fax", "905-888-1234"), john.others)
        self.assertEqual(john.website, "http://www.ibm.com")
        self.assertEqual(john.address["city"], "New York")
        self.assertEqual(john.birthday, (2012, 6, 6))
        self.assertEqual(john.photo[:3], b"\xff\xd8\xff")

    def test_outlook(self):
        (mike,) = self._read("outlook-2007.vcf")
        self.assertEqual(mike.name, "Mr. Michael Angstadt Jr.")
        self.assertEqual(mike.phones[0], "(111) 555-4444")
        self.assertEqual(mike.address["street"], "222 Broadway")
        self.assertEqual(mike.address["zip"], "99999")
        self.assertEqual(mike.birthday, (1922, 3, 10))
        self.assertIn("It does not preserve the formatting", mike.note)

    def test_android_quotes_what_is_not_english(self):
        cards = self._read("John_Doe_ANDROID.vcf")
        self.assertEqual(cards[0].name, "john.doe@company.com")
        self.assertEqual(cards[2].name, "Ñ Ñ Ñ Ñ Ñ")

    def test_chinese_of_old_phones(self):
        wang = card(
            "N;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=CD=F5;=D0=A1=C3=F7;;;",
            "ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=AE=8F=E8=BE=BE",
            "ADR;WORK;ENCODING=QUOTED-PRINTABLE:;;=E4=B8=AD=E5=B1=B1=E8=B7=AF=",
            "=31=E5=8F=B7;;;;",
            "TEL;CELL:13800138000",
            version="2.1",
        )
        self.assertEqual(wang.name, "王小明")
        self.assertEqual(wang.company, "宏达")
        self.assertEqual(wang.address["street"], "中山路1号")
        self.assertEqual(wang.phones, ["13800138000"])

    def test_every_encoding(self):
        for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
            with self.subTest(encoding=encoding):
                self.assertEqual(card("FN:李四", encoding=encoding).name, "李四")

    def test_every_end_of_line(self):
        for end in ("\n", "\r\n", "\r", "\r\r\n"):
            with self.subTest(end=end):
                text = end.join(["BEGIN:VCARD", "FN:A", " B", "TEL:12", "END:VCARD"])
                self.assertEqual([one.name for one in read(text)], ["AB"])

    def test_version_four(self):
        zoe = card(
            "FN:Zoë",
            'TEL;VALUE=uri;TYPE="voice,home":tel:+1-555-555-5555;ext=5555',
            "ORG:ABC\\, Inc.;North",
            "NOTE:one\\ntwo\\; three",
            "BDAY:--0229",
            "EMAIL;PREF=2:b@example.com",
            "EMAIL;PREF=1:a@example.com",
            version="4.0",
        )
        self.assertEqual(zoe.phones, ["+1-555-555-5555 ext. 5555"])
        self.assertEqual(zoe.company, "ABC, Inc.")
        self.assertEqual(zoe.note, "one\ntwo; three")
        self.assertEqual(zoe.birthday, (0, 2, 29))
        self.assertEqual(zoe.emails, ["a@example.com", "b@example.com"])

    def test_apple_hides_the_year(self):
        line = "BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-05"
        self.assertEqual(card("FN:A", line).birthday, (0, 3, 5))

    def test_each_program_writes_whom_somebody_is_married_to(self):
        (gmail,) = self._read("John_Doe_GMAIL.vcf")
        (evolution,) = self._read("John_Doe_EVOLUTION.vcf")
        (outlook,) = self._read("outlook-2007.vcf")
        self.assertEqual((gmail.spouse, gmail.anniversary), ("Jenny", "1975-03-01"))
        self.assertEqual(
            (evolution.spouse, evolution.anniversary), ("Maria", "1980-03-22")
        )
        self.assertEqual(
            (outlook.spouse, outlook.anniversary), ("TheSpouse", "2012-08-01")
        )
        android = card(
            "FN:A",
            "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Ace;1;;;;;;;;;;;;;",
            "X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Bea;14;;;;;;;;;;;;;",
            "X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Leo;4;;;;;;;;;;;;;",
            "X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2001-02-03;1;;;",
            version="2.1",
        )
        self.assertEqual((android.spouse, android.anniversary), ("Bea", "2001-02-03"))
        self.assertEqual(android.others, [("nickname", "Ace")])
        plain = card("FN:A", "RELATED;TYPE=spouse:Cy", "ANNIVERSARY:20010203")
        self.assertEqual((plain.spouse, plain.anniversary), ("Cy", "2001-02-03"))

    def test_nickname_leader_and_assistant_are_kept(self):
        (outlook,) = self._read("outlook-2007.vcf")
        self.assertIn(("nickname", "Mike"), outlook.others)
        self.assertIn(("manager", "TheManagerName"), outlook.others)
        self.assertIn(("assistant", "TheAssistantName"), outlook.others)

    def test_what_has_no_place_is_named(self):
        one = card("FN:A", "KEY:abc", "X-HOBBY:golf", "GEO:", "REV:2020", "X-QQ:12")
        self.assertEqual(one.left_out, ["KEY", "X-HOBBY"])
        self.assertEqual(card("FN:A", "TEL:1", "PRODID:x").left_out, [])

    def test_days_that_do_not_exist_are_left_out(self):
        for day in ("1990-02-30", "19900", "1990-13-01", "soon", ""):
            self.assertIsNone(card("FN:A", f"BDAY:{day}").birthday)

    def test_companies(self):
        for lines in (
            ["ORG:Acme"],
            ["FN:Acme", "ORG:Acme"],
            ["FN:Acme", "KIND:org"],
            ["FN:Acme", "N:;;;;", "ORG:Acme", "X-ABShowAs:COMPANY"],
        ):
            with self.subTest(lines=lines):
                acme = card(*lines)
                self.assertTrue(acme.is_company)
                self.assertEqual((acme.name, acme.company), ("Acme", ""))
        self.assertFalse(card("FN:Acme", "N:Acme;;;;", "ORG:Acme").is_company)

    def test_a_list_of_people_is_told_apart(self):
        self.assertTrue(card("FN:Team", "KIND:group").is_group)

    def test_a_card_in_a_card_is_no_card(self):
        outer = ["BEGIN:VCARD", "FN:Boss", "AGENT:", "BEGIN:VCARD", "FN:Agent"]
        text = "\n".join([*outer, "END:VCARD", "TEL:12", "END:VCARD"])
        (boss,) = read(text)
        self.assertEqual((boss.name, boss.phones), ("Boss", ["12"]))

    def test_what_is_no_line_is_passed_over(self):
        self.assertEqual(card("garbage", ";;;", ":", "FN:A", "TEL:none").phones, [])

    def test_no_cards(self):
        for content in (b"", b"\0\1\2", b"name,phone\nA,1", b"PK\3\4" + b"\0" * 99):
            self.assertEqual(vcards.read(content), [])

    def test_nothing_that_a_database_refuses(self):
        self.assertEqual(card("FN:A\0B\x07", "NOTE:x\0").name, "AB")

    def test_long_values_are_cut(self):
        long = card("FN:" + "A" * 9999, "NOTE:" + "B" * 99_999)
        self.assertEqual((len(long.name), len(long.note)), (250, 20_000))

    def test_hostile_lines_take_the_time_of_their_length(self):
        """Twice as long: about twice the time, never four times; ``vobject`` takes a
        thousand times for ten commas more."""
        makers = {
            "commas": lambda size: b"TEL;A=" + b"," * size,
            "quotes": lambda size: b'"' * size,
            "backslashes": lambda size: b"N:" + b"\\" * (size + 1),
            "folds": lambda size: b"NOTE:" + b"y\n " * size,
            "soft": lambda size: b"NOTE;QUOTED-PRINTABLE:" + b"=41=\n" * size,
            "begins": lambda size: b"BEGIN:VCARD\n" * size,
        }
        for name, make in makers.items():
            with self.subTest(name=name):
                spent = [self._time(make(size)) for size in (20_000, 80_000)]
                self.assertLess(spent[1], 12 * spent[0] + 0.5)

    def _time(self, line):
        content = b"BEGIN:VCARD\n" + line + b"\nEND:VCARD"
        start = time.perf_counter()
        vcards.read(content)
        return time.perf_counter() - start
