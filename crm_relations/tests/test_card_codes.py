"""AR-15: codes on business cards are read exactly."""

from odoo.tests import BaseCase, tagged

from ..tools import card_codes

VCARD = "BEGIN:VCARD\nVERSION:3.0\nFN:张伟\nORG:宏达\nTEL:13800138000\nEND:VCARD"


@tagged("post_install", "-at_install")
class TestCardCodes(BaseCase):
    def test_a_vcard(self):
        card, others = card_codes.read([VCARD])
        self.assertEqual((card.name, card.company), ("张伟", "宏达"))
        self.assertEqual(card.phones, ["13800138000"])
        self.assertFalse(others)

    def test_a_mecard(self):
        card, _others = card_codes.read(
            [
                r"MECARD:N:Owen,Sean;ORG:Acme\; Sons;TEL:+15125550123;"
                r"EMAIL:sean@acme.com;URL:http\://acme.com;ADR:1 Main St, Austin;"
                r"BDAY:19800506;NOTE:met\, at the fair;;"
            ]
        )
        self.assertEqual((card.name, card.company), ("Sean Owen", "Acme; Sons"))
        self.assertEqual(card.phones, ["+15125550123"])
        self.assertEqual(card.emails, ["sean@acme.com"])
        self.assertEqual(card.website, "http://acme.com")
        self.assertEqual(card.address["street"], "1 Main St, Austin")
        self.assertEqual(card.birthday, (1980, 5, 6))
        self.assertEqual(card.note, "met, at the fair")

    def test_a_chinese_name_in_a_mecard(self):
        for name in ("张伟", "张,伟"):
            card, _others = card_codes.read([f"MECARD:N:{name};TEL:13800138000;;"])
            self.assertEqual(card.name, "张伟")

    def test_what_is_no_card(self):
        card, others = card_codes.read(
            [
                *(
                    "https://acme.com",
                    "mailto:a@acme.com?subject=x",
                    "tel:+15125550123",
                ),
                *("https://u.wechat.com/abc", "hello", ""),
            ]
        )
        self.assertIsNone(card)
        self.assertEqual(
            others,
            [
                *(("website", "https://acme.com"), ("email", "a@acme.com")),
                *(("phone", "+15125550123"), ("note", "https://u.wechat.com/abc")),
                ("note", "hello"),
            ],
        )

    def test_broken_codes(self):
        for text in ("MECARD:", "MECARD:;;;;", "MECARD:N:" + ";" * 5000, "BEGIN:VCARD"):
            card, _others = card_codes.read([text])
            self.assertFalse(card and (card.name or card.phones), text[:20])
