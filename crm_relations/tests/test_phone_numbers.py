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

    def test_a_mobile_number_has_no_short_form(self):
        forms = phone_numbers.get_local_forms("+8613888885678", "", "CN")
        self.assertEqual(forms, {"8613888885678", "13888885678"})
