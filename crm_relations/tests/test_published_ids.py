"""Identity numbers that the standard and registers have published.

Sources: the examples of GB 11643-1999; the codes of places of the Ministry of Civil
Affairs (cities without counties, counties that are gone, residents of Hong Kong, Macau
and Taiwan). Only the codes of places are real in the numbers made of them. Facts only.
"""

import doctest

from stdnum.cn import ric

from odoo.tests import BaseCase, tagged

from ..tools import id_numbers
from ..tools.id_numbers import is_plausible

# Dongguan and Zhongshan have no counties; Nanhui, Qingpu and Yandu are districts now.
PLACES = (
    "441900",
    "442000",
    "310225",
    "310229",
    "320911",
    "810000",
    "820000",
    "830000",
)


@tagged("post_install", "-at_install")
class TestPublishedIds(BaseCase):
    def test_the_doctests(self):
        self.assertFalse(doctest.testmod(id_numbers).failed)

    def test_the_examples_of_the_standard(self):
        for number in ("11010519491231002X", "11010519491231002x"):
            self.assertTrue(is_plausible(number, "CN"))
        self.assertTrue(is_plausible("440524188001010014", "CN"))

    def test_every_place_that_ever_was(self):
        for place in PLACES:
            number = f"{place}19800101001"
            with self.subTest(place=place):
                number += ric.calc_check_digit(f"{number}0")
                self.assertTrue(is_plausible(number, "CN"))

    def test_what_is_no_number(self):
        for number in (
            *("110105194912310021", "110105194902310029", "8801010014", "", "x" * 18),
            # Two digits changed places; no province.
            *("11010519491213002X", "99010519491231002X"),
        ):
            with self.subTest(number=number):
                self.assertFalse(is_plausible(number, "CN"))
