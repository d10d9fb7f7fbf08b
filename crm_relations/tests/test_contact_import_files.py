"""AR-13: each file that a phone or program has written gives the right persons; files
made to do harm do none."""

import time
from base64 import b64encode
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ..tools import vcards
from .common.relations import RelationsCommon

FILES = Path(__file__).parent / "data" / "vcards"
IBM = {"company": "IBM", "function": "Money Counter", "website": "http://www.ibm.com"}
DOE = {"name": "Mr. John Richter James Doe Sr.", "emails": ["john.doe@ibm.com"], **IBM}
USA = "United States of America"
ALBANEY = ("Albaney", "12345", "New York", USA)
NAMES = ("street", "street2", "city", "zip", "state", "country")
# What each file says, read by eye: per card what is there; all else is empty.
WANTED = {
    "John_Doe_ANDROID.vcf": [
        {"name": "john.doe@company.com", "emails": ["john.doe@company.com"]},
        {"name": "jane.doe@company.com", "emails": ["jane.doe@company.com"]},
        {"name": "Ñ Ñ Ñ Ñ Ñ", "phones": ["123456789"]},
        {
            "name": " ".join("Ñ" * 11),
            "phones": ["123456", "3456789", "234567", "45678901"],
            "note": True,
        },
        {
            **{"name": "Ñ Ñ Ñ Ñ", "company": "Ñ" * 12, "website": "www.company.com"},
            **{"phones": ["123456"], "emails": ["bob@company.com", "Ñ" * 14]},
            **{"others": [("fax", "123456")], "photo": True},
        },
        {
            **{"name": "ÑÑÑÑ", "company": "Ñ" * 44, "phones": ["55556666"]},
            "emails": ["henry@company.com"],
            # The file cuts the last letter of the second spelling in two.
            "others": [("company", "Ñ" * 44 + "\ufffd")],
        },
    ],
    "John_Doe_EVOLUTION.vcf": [
        {
            **DOE,
            **{"name": "Mr. John Richter, James Doe Sr.", "note": True},
            **{"department": "Accounting / Dungeon", "birthday": (1980, 3, 22)},
            "phones": ["905-666-1234", "905-555-1234"],
            "address": ("15 Crescent moon drive", "ASB-123", *ALBANEY),
            "others": [
                *(("AIM", "johnny5@aol.com"), ("nickname", "Johny")),
                *(("category", "VIP"), ("manager", "Big Blue")),
                ("assistant", "Little Red"),
            ],
            **{"spouse": "Maria", "anniversary": "1980-03-22"},
            "left_out": ["X-COUCHDB-APPLICATION-ANNOTATIONS"],
        }
    ],
    "John_Doe_GMAIL.vcf": [
        {
            **DOE,
            **{"name": "Mr. John Richter, James Doe Sr.", "note": True},
            **{"phones": ["905-555-1234", "905-666-1234"], "birthday": (1980, 3, 22)},
            **{"spouse": "Jenny", "anniversary": "1975-03-01"},
            "left_out": ["X-PHONETIC-FIRST-NAME", "X-PHONETIC-LAST-NAME"],
            "address": (
                "Crescent moon drive, 555-asd, Nice Area, Albaney, New York 12345, "
                f"{USA}",
                *[""] * 5,
            ),
        }
    ],
    "John_Doe_IPHONE.vcf": [
        {
            **DOE,
            **{"department": "Accounting", "birthday": (2012, 6, 6), "photo": True},
            "phones": ["905-555-1234", "905-777-1234", "905-666-1234", "905-222-1234"],
            "address": ("Silicon Alley 5", "", "New York", "12345", "New York", USA),
            "others": [
                *(("fax", "905-888-1234"), ("fax", "905-999-1234")),
                ("pager", "905-111-1234"),
                ("address", "Street4, Building 6, Floor 8, New York, 12345, USA"),
                ("nickname", "Johny"),
            ],
        }
    ],
    "John_Doe_MS_OUTLOOK.vcf": [
        {
            **DOE,
            **{"emails": ["john.doe@ibm.cm"], "department": "Accounting"},
            **{"birthday": (1980, 3, 22), "note": True, "photo": True},
            "phones": ["(905) 555-1234", "(905) 666-1234"],
            "address": ("Cresent moon drive", "", *ALBANEY),
            "others": [
                ("address", f"Silicon Alley 5, New York, 12345, New York, {USA}"),
                *(("function", "Counting Money"), ("nickname", "Johny")),
                *(("manager", "Big Blue"), ("assistant", "Jenny")),
            ],
            **{"anniversary": "2011-01-13", "left_out": ["X-MS-IMADDRESS"]},
        }
    ],
    "gmail-list.vcf": [
        {"name": "Arnold Smith", "emails": ["asmithk@gmail.com"]},
        {"name": "Chris Beatle", "emails": ["chrisy55d@yahoo.com"]},
        {"name": "Doug White", "emails": ["dwhite@gmail.com"]},
    ],
    "outlook-2007.vcf": [
        {
            **{"name": "Mr. Michael Angstadt Jr.", "company": "TheCompany"},
            **{"department": "TheDepartment", "function": "TheJobTitle"},
            "phones": ["(111) 555-4444", "(111) 555-1111", "(111) 555-2222"],
            "emails": ["mike.angstadt@gmail.com"],
            "website": "http://mikeangstadt.name",
            "address": ("222 Broadway", "TheOffice", "New York", "99999", "NY", "USA"),
            **{"birthday": (1922, 3, 10), "note": True, "photo": True},
            "others": [
                *(("fax", "(111) 555-3333"), ("function", "TheProfession")),
                *(("nickname", "Mike"), ("manager", "TheManagerName")),
                ("assistant", "TheAssistantName"),
            ],
            **{"spouse": "TheSpouse", "anniversary": "2012-08-01"},
            "left_out": ["X-MS-TEL", "KEY", "X-MS-IMADDRESS", "FBURL"],
        }
    ],
    "rfc2426-example.vcf": [
        {
            **{"name": "Frank Dawson", "company": "Lotus Development Corporation"},
            "phones": ["+1-919-676-9515"],
            "emails": ["Frank_Dawson@Lotus.com", "fdawson@earthlink.net"],
            "website": "http://home.earthlink.net/~fdawson",
            "address": (
                *("6544 Battleford Drive", "", "Raleigh"),
                *("27613-3502", "NC", "U.S.A."),
            ),
            "others": [("fax", "+1-919-676-9564")],
        },
        {
            **{"name": "Tim Howes", "company": "Netscape Communications Corp."},
            **{"phones": ["+1-415-937-3419"], "emails": ["howes@netscape.com"]},
            "address": (
                *("501 E. Middlefield Rd.", "", "Mountain View"),
                *("94043", "CA", "U.S.A."),
            ),
            "others": [("fax", "+1-415-528-4164")],
        },
    ],
}


@tagged("post_install", "-at_install")
class TestContactImportFiles(BaseCase):
    def _tell(self, card):
        """Return what is there; of a note and a picture only that it is."""
        told = {name: value for name, value in card._asdict().items() if value}
        told |= dict.fromkeys({"note", "photo"} & set(told), True)
        if "address" in told:
            told["address"] = tuple(told["address"][name] for name in NAMES)
        return told

    def test_each_file_gives_the_right_persons(self):
        self.assertEqual(set(WANTED), {path.name for path in FILES.glob("*.vcf")})
        for name, wanted in WANTED.items():
            found = vcards.read((FILES / name).read_bytes())
            self.assertEqual(len(found), len(wanted), name)
            for number, (card, told) in enumerate(zip(found, wanted, strict=True)):
                with self.subTest(file=name, card=number):
                    self.assertEqual(self._tell(card), told)

    def _read(self, *lines, version="3.0", encoding="utf-8"):
        text = "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD"])
        [card] = vcards.read(text.encode(encoding))
        return card

    def test_an_old_phone_writes_gb2312(self):
        lines = ("N;CHARSET=GB2312:王;小明;;;", "ORG;CHARSET=GB2312:宏达贸易")
        card = self._read(*lines, version="2.1", encoding="gb2312")
        self.assertEqual((card.name, card.company), ("王小明", "宏达贸易"))
        quoted = "=CD=F5=\r\n=D0=A1=\r\n=C3=F7"
        head = "FN;CHARSET=GB2312;ENCODING=QUOTED-PRINTABLE:"
        card = self._read(head + quoted, version="2.1")
        self.assertEqual(card.name, "王小明")

    def test_groups_belong_to_what_they_group(self):
        card = self._read(
            *("FN:A", "item1.TEL:1", "item1.X-ABLabel:Desk", "item2.TEL;TYPE=CELL:2"),
            "item3.EMAIL:a@example.com",
        )
        self.assertEqual((card.phones, card.emails), (["2", "1"], ["a@example.com"]))

    def test_carets_in_parameters_end_nothing(self):
        """RFC 6868: a quotation mark in a parameter is written ^'."""
        card = self._read(
            "FN;X-A=\"George ^'Babe^' Herman; Ruth: ^n^^\":Babe Ruth",
            "ADR;LABEL=\"1 Main^nAustin; ^'TX^'\":;;1 Main;Austin;;;",
            version="4.0",
        )
        self.assertEqual((card.name, card.address["city"]), ("Babe Ruth", "Austin"))

    def test_a_picture_that_was_cut_off_is_told_as_far_as_it_goes(self):
        for coded, wanted in (("/9j/4A", b"\xff\xd8\xff\xe0"), ("/9j/4A=", None)):
            card = self._read("FN:A", f"PHOTO;ENCODING=b;TYPE=JPEG:{coded}")
            self.assertEqual(card.photo, wanted or b"\xff\xd8\xff\xe0")
        self.assertIsNone(self._read("FN:A", "PHOTO;VALUE=uri:http://x/y").photo)

    def test_ten_megabytes_are_read_in_seconds(self):
        photo = b"PHOTO;ENCODING=b;TYPE=JPEG:" + b"/9j/4AAQ" * (10 << 17)
        many = b"".join(
            b"BEGIN:VCARD\r\nFN:P%d\r\nTEL:%d\r\nEND:VCARD\r\n" % (n, n)
            for n in range(150_000)
        )
        one = b"BEGIN:VCARD\r\nFN:P\r\n%s\r\nEND:VCARD\r\n"
        note = b"NOTE:" + b"\\n\r\n " * (2 << 20)
        for content, count in ((one % photo, 1), (many, 150_000), (one % note, 1)):
            start = time.process_time()
            self.assertEqual(len(vcards.read(content)), count)
            self.assertLess(time.process_time() - start, 30)


@tagged("post_install", "-at_install")
class TestContactImportHarm(RelationsCommon):
    """Cells with formulas are texts; what is wrong is named, and all can be undone."""

    FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "=cmd|' /C calc'!A0")

    def test_a_formula_in_a_table_is_a_text(self):
        rows = "".join(f'"{text}","{text}"\n' for text in self.FORMULAS)
        dialog = self.env["base_import.import"].create(
            {
                "res_model": "res.partner",
                "file": f"name,comment\n{rows}".encode(),
                "file_type": "text/csv",
                "file_name": "people.csv",
            }
        )
        options = {"has_headers": True, "separator": ",", "quoting": '"'}
        columns = ["name", "comment"]
        answer = dialog.execute_import(columns, columns, options)
        self.assertFalse(answer["messages"])
        made = self.env["res.partner"].browse(answer["ids"])
        self.assertEqual(
            [name.strip() for name in made.mapped("name")],
            [text.strip() for text in self.FORMULAS],
        )

    def test_a_formula_on_a_card_is_a_text_and_all_is_undone(self):
        cards = [
            f"BEGIN:VCARD\nFN:{text}\nORG:{text} Ltd\nTEL:1380013800{number}\nEND:VCARD"
            for number, text in enumerate(self.FORMULAS)
        ]
        bad = "BEGIN:VCARD\nNOTE:nobody\nEND:VCARD"
        content = "\n".join([*cards, bad]).encode()
        before = self.env["res.partner"].search_count([])
        imports = self.env["crm.contact.import"].with_user(self.sally)
        one = imports.create({"file": b64encode(content), "name": "c.vcf"})
        one.action_check()
        wrong = one.line_ids.filtered(lambda line: line.kind == "wrong")
        self.assertEqual(wrong.mapped("number"), [7])
        self.assertIn("Without name", wrong.finding)
        one.action_import()
        self.assertEqual(one.made_count, 6)
        names = one.line_ids.partner_id.sorted("id").mapped("name")
        self.assertEqual(sorted(names), sorted(map(str.strip, self.FORMULAS)))
        one.action_undo()
        self.assertEqual(self.env["res.partner"].search_count([]), before)
