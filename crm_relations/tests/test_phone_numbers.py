import doctest

from odoo.tests import BaseCase, tagged

from ..tools import phone_numbers

COMPANY = "+862155529988"


@tagged("post_install", "-at_install")
class TestPhoneNumbers(BaseCase):
    """Lengths at which a number is one, and which country and area it is of."""

    def test_the_doctests(self):
        self.assertFalse(doctest.testmod(phone_numbers).failed)

    def test_three_to_fifteen_digits_are_a_number(self):
        for count, found in ((2, False), (3, True), (15, True), (16, False)):
            with self.subTest(count):
                self.assertIs(bool(phone_numbers.digits_of("7" * count)), found)

    def test_seven_digits_are_completed_six_are_not(self):
        """Cities with seven digits after the area: Zhuhai, 0756."""
        home = "+867563338888"
        self.assertEqual(phone_numbers.complete("3337777", home), "+867563337777")
        self.assertEqual(phone_numbers.complete("333777", home), "")

    def test_a_number_with_a_zero_before_it_is_no_short_one(self):
        self.assertEqual(phone_numbers.complete("05552997", COMPANY), "")

    def test_seven_digits_are_a_form_of_the_number_in_its_own_area(self):
        number, home = "+867563337777", "+867563338888"
        forms = phone_numbers.get_local_forms(number, home, "CN")
        self.assertIn("3337777", forms)
        other_area = phone_numbers.get_local_forms(number, COMPANY, "CN")
        self.assertNotIn("3337777", other_area)
        other_country = phone_numbers.get_local_forms(number, "", "DE")
        self.assertNotIn("3337777", other_country)
        self.assertIn("3337777", phone_numbers.get_local_forms(number, "", "CN"))

    def test_three_digits_of_an_old_line_are_a_form_of_its_number(self):
        forms = phone_numbers.get_local_forms("+4930123", "", "DE")
        self.assertEqual(forms, {"4930123", "30123", "123"})

    def test_a_mobile_number_has_no_short_form(self):
        forms = phone_numbers.get_local_forms("+8613888885678", "", "CN")
        self.assertEqual(forms, {"8613888885678", "13888885678"})

    def test_a_mobile_number_of_an_area_has_no_short_form_either(self):
        """In Brazil mobile numbers have an area as well."""
        forms = phone_numbers.get_local_forms("+5511912345678", "", "BR")
        self.assertNotIn("912345678", forms)
        home = "+551130305050"
        self.assertEqual(phone_numbers.complete("912345678", home), "")
        self.assertEqual(phone_numbers.complete("30306060", home), "+551130306060")

    def test_the_same_area_of_another_country_is_another(self):
        """21 is Shanghai and Rio de Janeiro."""
        forms = phone_numbers.get_local_forms("+552133334444", COMPANY, "CN")
        self.assertEqual(forms, {"552133334444", "2133334444"})

    def test_a_number_with_its_area_is_not_completed_with_another(self):
        """In Italy the zero is part of the area."""
        home = "+390236618300"
        self.assertEqual(phone_numbers.complete("36123456", home), "+390236123456")
        self.assertEqual(phone_numbers.complete("06123456", home), "")

    def test_nothing_is_completed_without_a_number_of_the_company(self):
        self.assertEqual(phone_numbers.complete("88889999", ""), "")

    def test_fifteen_digits_with_blanks_are_one_number(self):
        """More are several, of which the first is tried as well."""
        for number, is_cut in (
            ("86 0755 26881128 1", False),
            ("86 0755 26881128 12", True),
        ):
            self.assertIs("86" in phone_numbers.get_spellings(number), is_cut)

    def test_what_is_no_number_has_no_digits(self):
        for number in ("anna4567", "+86-anna-1234567", "1" * 16):
            self.assertEqual(phone_numbers.digits_of(number), "")
        self.assertEqual(phone_numbers.digits_of("+86 10/8888-9999"), "861088889999")
        for nothing in (None, False, ""):
            self.assertEqual(phone_numbers.unwrap(nothing), "")
