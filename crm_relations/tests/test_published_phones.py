"""Numbers of bug reports and forums of other programs, with what they must be.

Sources: issues of libphonenumber's ports, CountryCodePicker (390), bcr-gui (122),
frappe/crm (400), voipms-sms-client (258), baresip-studio (247), Fossify Contacts (357),
the examples of national numbering plans, and those of libphonenumber for every country
as messengers and exchanges write them. Facts only; the numbers are made up or of those
reserved for examples.
"""

import phonenumbers

from odoo.tests import TransactionCase, tagged

from ..tools.phone_numbers import get_spellings, unwrap

KINDS = phonenumbers.PhoneNumberType
FORMS = phonenumbers.PhoneNumberFormat

SIGNS = (
    # Copied from messengers, pages and office programs.
    ("\u202a+86 138 0013 8000\u202c", "+8613800138000"),
    ("+86\u00a0138\u00a00013\u00a08000", "+8613800138000"),
    ("138\u20110013\u20138000", "+8613800138000"),
    ("１３８００１３８０００", "+8613800138000"),
    ("13800138000.0", "+8613800138000"),
)
CHINA = (
    *(("086-13800138000", "+8613800138000"), ("0086 138 0013 8000", "+8613800138000")),
    *(("+86-0755-26881128", "+8675526881128"), ("（0755）26881128", "+8675526881128")),
    *(("0755-26881128转801", "+8675526881128"), ("400-820-8820", "+864008208820")),
    ("13800138000（王经理）", "+8613800138000"),
    # Several numbers in one field: the first one is called.
    ("13800138000/13900139000", "+8613800138000"),
    ("13800138000 13900139000", "+8613800138000"),
    ("0755-26881128、26881129", "+8675526881128"),
    ("0755-26881128/29", "+8675526881128"),
    # The code of the country without its sign, in brackets, before a zero.
    *(("86-10-65529988", "+861065529988"), ("86 13800138000", "+8613800138000")),
    *(
        ("(86)138-0013-8000", "+8613800138000"),
        ("+86 (010) 6552-9988", "+861065529988"),
    ),
    *(
        ("010-65529988-8001", "+861065529988"),
        ("tel:+86-138-0013-8000", "+8613800138000"),
    ),
    ("手机：138-0013-8000", "+8613800138000"),
)
ELSEWHERE = (
    *(("GB", "+44 (0)20 7946 0958", "+442079460958"),),
    *(("DE", "+49 (0) 89 / 123456", "+4989123456"),),
    *(("US", "1-800-FLOWERS", "+18003569377"),),
    *(("US", "415.555.2671x89", "+14155552671"),),
    *(("US", "011 44 20 7946 0958", "+442079460958"),),
    *(("VN", "+84 0987 654 321", "+84987654321"),),
    *(("KR", "+82-010-3535-3535", "+821035353535"),),
    *(("RU", "8 (912) 345-67-89", "+79123456789"),),
    *(("IT", "+39 02 36618300", "+390236618300"),),
    *(("BR", "0 xx 11 91234-5678", "+5511912345678"),),
    *(("EG", "٠١٠١٢٣٤٥٦٧٨", "+201012345678"),),
    *(("JP", "03-1234-5678(代)", "+81312345678"),),
    *(("JP", "03-1234-5678（内線12）", "+81312345678"),),
    *(("TW", "+886 (0)2 2345 6789", "+886223456789"),),
    *(("HK", "(852) 2123 4567", "+85221234567"),),
    *(("AR", "+54 9 11 2345-6789", "+5491123456789"),),
    *(("AR", "011 15-2345-6789", "+5491123456789"),),
    *(("FR", "+33 (0)1 23 45 67 89", "+33123456789"),),
    *(("CH", "0041 44 668 18 00", "+41446681800"),),
    *(("AU", "(02) 5550 1234", "+61255501234"),),
    *(("AU", "1300 975 707", "+611300975707"),),
    *(("SG", "65 6123 4567", "+6561234567"),),
    *(("US", "(212) 555-0123 ext. 45", "+12125550123"),),
    *(("NL", "06-12345678", "+31612345678"),),
    *(("IN", "91 98765 43210", "+919876543210"),),
    *(("IN", "098765-43210", "+919876543210"),),
    *(("GB", "whatsapp:+447400123456", "+447400123456"),),
    # An area of Ireland that looks like China's code.
    *(("IE", "086-1234567", "+353861234567"),),
    # Not of the areas 04915, 0468 and 0622 that the first digits look like.
    *(("DE", "4915123456789", "+4915123456789"),),
    *(("DE", "49 (0)151 23456789", "+4915123456789"),),
    *(("SE", "46 8 12 34 56", "+468123456"),),
    *(("ID", "(62) 21-835-0123", "+62218350123"),),
    *(("BR", "55 4004-1234", "+555540041234"),),
    # 00 where the country dials another code itself.
    *(("SG", "0065 6123 4567", "+6561234567"),),
    *(("HK", "0086 138 0013 8000", "+8613800138000"),),
    *(("JP", "0081-90-1234-5678", "+819012345678"),),
    *(("AU", "0011 44 20 7946 0958", "+442079460958"),),
)


@tagged("post_install", "-at_install")
class TestPublishedPhones(TransactionCase):
    def assertPlaced(self, code, number, placed):
        country = self.env["res.country"].search([("code", "=", code)])
        partner = self.env["res.partner"].new({"country_id": country.id})
        with self.subTest(number=number):
            self.assertEqual(partner._place_number(number, country), placed)

    def test_in_china(self):
        for number, placed in (*SIGNS, *CHINA):
            self.assertPlaced("CN", number, placed)

    def test_elsewhere(self):
        for code, number, placed in ELSEWHERE:
            self.assertPlaced(code, number, placed)

    def test_every_mobile_number_without_its_plus(self):
        countries = self.env["res.country"].search([])
        for code in countries.mapped("code"):
            number = phonenumbers.example_number_for_type(code, KINDS.MOBILE)
            if number:
                told = phonenumbers.format_number(number, FORMS.INTERNATIONAL)
                placed = phonenumbers.format_number(number, FORMS.E164)
                for spelt in (told[1:], placed[1:], f"00{told[1:]}"):
                    self.assertPlaced(code, spelt, placed)

    def test_leads_and_what_is_typed_are_placed_alike(self):
        germany = self.env.ref("base.de")
        vals = {"phone": "4915123456789", "country_id": germany.id}
        lead = self.env["crm.lead"].create({"name": "A phone", **vals})
        self.assertEqual(lead.phone_sanitized, "+4915123456789")
        partner = self.env["res.partner"].new(vals)
        partner._onchange_phone_validation()
        self.assertEqual(partner.phone, "+49 1512 3456789")

    def test_one_number_is_not_cut_in_two(self):
        for number in ("089/123456", "+86 138 0013 8000", "0221 4710 812"):
            self.assertEqual(get_spellings(number)[0], number)
        self.assertEqual(unwrap("(010) 8888-9999"), "(010) 8888-9999")
        self.assertEqual(get_spellings(""), [""])
