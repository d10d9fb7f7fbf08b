"""Cards of bug reports and test suites of other programs, with what they must say.

Sources: ez-vcard (files of its tests and issue 114), sabre/vobject (its tests), vobject
(its tests), and issues of nextcloud/server (16086), nextcloud/contacts (946), owncloud
(apps 282, contacts 861), SimpleMobileTools/Simple-Contacts (255, 312). Facts only.
"""

from base64 import b64encode

from odoo.tests import BaseCase, tagged

from ..tools import vcards


def read(*lines):
    """Return the one card of these lines, texts or bytes."""
    coded = [line if isinstance(line, bytes) else line.encode() for line in lines]
    content = b"\r\n".join([b"BEGIN:VCARD", *coded, b"END:VCARD"])
    (card,) = vcards.read(content)
    return card


@tagged("post_install", "-at_install")
class TestPublishedVcards(BaseCase):
    def test_birthdays(self):
        for line, birthday in (
            # iOS writes 1604 where no year is known, and often does not say so.
            ("BDAY;value=date:1604-06-26", (0, 6, 26)),
            ("BDAY;X-APPLE-OMID-YEAR=1604:16040626", (0, 6, 26)),
            ("BDAY:19930102", (1993, 1, 2)),
            ("BDAY:19731221", (1973, 12, 21)),
            ("BDAY:--0119", (0, 1, 19)),
            ("BDAY;ALTID=1;VALUE=text:2016-08-01", (2016, 8, 1)),
            ("BDAY;VALUE=DATE:", None),
        ):
            with self.subTest(line):
                self.assertEqual(read("FN:A", line).birthday, birthday)

    def test_a_birthday_that_is_none_stays_as_text(self):
        card = read("FN:A", "BDAY;value=date:02-10")
        self.assertEqual(card.others, [("birthday", "02-10")])

    def test_names(self):
        coded = b64encode("Köster Carina".encode()).decode()
        quoted = "=43=65=70=6C;=4D=61=74=C4=9B=6A;;;"
        for lines, name in (
            ([f"FN;ENCODING=BASE64:{coded}"], "Köster Carina"),
            ([f"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted}"], "Matěj Cepl"),
            (["VERSION:2.1", b"FN;CHARSET=Windows-1252:Euro \x80"], "Euro €"),
            (["VERSION:2.1", b"FN;CHARSET=iSo-8859-1:M\xfcller"], "Müller"),
            # No encoding told: letters of one byte stand alone, Chinese ones do not.
            ([b"FN:Max M\xfcller"], "Max Müller"),
            (["FN:王小明".encode("gbk")], "王小明"),
            (["FN:朱镕基".encode("gbk")], "朱镕基"),
            (["FN;CHARSET=unknown:foo"], "foo"),
        ):
            with self.subTest(name):
                self.assertEqual(read(*lines).name, name)

    def test_addresses(self):
        for line, street, city in (
            (
                "ADR;WORK;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;M=C3=BCnster =\r\n"
                "Str. 1;M=C3=BCnster;;48143;Deutschland",
                "Münster Str. 1",
                "Münster",
            ),
            (
                "ADR;type=HOME:;;Haight Street 512\\;\\nEscape\\, Test;Novosibirsk;;80",
                "Haight Street 512;, Escape, Test",
                "Novosibirsk",
            ),
            ("ADR:;;1 Main\\nSuite 2;Austin;TX;12345;", "1 Main, Suite 2", "Austin"),
        ):
            with self.subTest(line):
                address = read("FN:A", line).address
                self.assertEqual((address["street"], address["city"]), (street, city))

    def test_signs_that_are_escaped(self):
        card = read(
            "FN:A", "item7.URL:http\\://www.example.com/", 'NOTE:\\"AS IS\\"\\, ok'
        )
        self.assertEqual(card.website, "http://www.example.com/")
        self.assertEqual(card.note, '"AS IS", ok')

    def test_a_group_before_the_card_itself(self):
        (card,) = vcards.read(
            b"home.begin:vcard\r\nversion:3.0\r\nfn:Meister Berger\r\n"
            b"home.tel;type=fax,voice;type=msg:+49 3581 123456\r\nEND:VCARD\r\n"
        )
        self.assertEqual(card.name, "Meister Berger")
        self.assertEqual(card.others, [("fax", "+49 3581 123456")])

    def test_nothing_of_a_card_is_lost(self):
        """What a contact has no field for is told in its notes."""
        card = read(
            *("FN:A", "URL:http://one.com", "URL:http://two.com", "TITLE:Chief"),
            *("ROLE:Buyer", "NICKNAME:Johnny", "ORG:First", "ORG:Second;North"),
            *("X-ANNIVERSARY:1990-04-30", "CATEGORIES:myContacts", "CATEGORIES:VIP"),
            *("X-GTALK:im2", "X-SOCIALPROFILE;type=twitter:https://twitter.com/a"),
        )
        self.assertEqual((card.website, card.function), ("http://one.com", "Chief"))
        self.assertEqual(
            card.others,
            [
                ("Google Talk", "im2"),
                ("website", "http://two.com"),
                ("function", "Buyer"),
                ("company", "Second / North"),
                ("nickname", "Johnny"),
                ("category", "VIP"),
                ("twitter", "https://twitter.com/a"),
            ],
        )
        self.assertEqual(card.anniversary, "1990-04-30")
