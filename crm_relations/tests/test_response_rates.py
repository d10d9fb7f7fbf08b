import doctest

from odoo.tests import BaseCase, tagged

from ..tools import response_rates as module
from ..tools import sharing_out
from ..tools.response_rates import RATES, response_rates


@tagged("post_install", "-at_install")
class TestResponseRates(BaseCase):
    """CB-5: against figures worked out by hand from the formulae of the AAPOR Standard
    Definitions, 10th edition."""

    CASES = {"I": 400, "P": 50, "R": 150, "NC": 200, "O": 0, "UH": 100, "UO": 100}

    def assertRates(self, rates, expected):
        found = {name: rates[name] and round(rates[name], 4) for name in expected}
        self.assertEqual(found, expected)

    def test_examples_in_the_documentation(self):
        self.assertFalse(doctest.testmod(module).failed)
        self.assertFalse(doctest.testmod(sharing_out).failed)

    def test_everybody_counts_as_eligible(self):
        """No case was found not to be eligible: e = 1."""
        rates = response_rates(self.CASES)
        self.assertRates(
            rates,
            {
                "e": 1.0,
                "RR1": 0.4,  # 400 / 1000
                "RR2": 0.45,
                "RR3": 0.4,
                "RR4": 0.45,
                "RR5": 0.5,  # 400 / 800
                "RR6": 0.5625,
                "COOP1": 0.6667,  # 400 / 600
                "COOP2": 0.75,
                "COOP3": 0.6667,
                "COOP4": 0.75,
                "REF1": 0.15,
                "REF2": 0.15,
                "REF3": 0.1875,  # 150 / 800
                "CON1": 0.6,  # 600 / 1000
                "CON2": 0.6,
                "CON3": 0.75,
            },
        )

    def test_share_of_the_unknown_by_proportional_allocation(self):
        """e = 800 / (800 + 200) = 0.8: 160 of the 200 unknown cases are taken in."""
        rates = response_rates({**self.CASES, "NE": 200})
        self.assertRates(
            rates,
            {
                "e": 0.8,
                "RR1": 0.4,
                "RR3": 0.4167,  # 400 / 960
                "RR4": 0.4688,  # 450 / 960
                "REF2": 0.1562,  # 150 / 960
                "CON2": 0.625,  # 600 / 960
            },
        )

    def test_others_refuse_nothing(self):
        """O is in the base of COOP1, not in that of COOP3."""
        rates = response_rates(["I"] * 6 + ["P"] + ["R"] * 2 + ["O"])
        self.assertRates(
            rates, {"COOP1": 0.6, "COOP2": 0.7, "COOP3": 0.6667, "COOP4": 0.7778}
        )

    def test_without_cases_there_is_no_rate(self):
        rates = response_rates([])
        self.assertEqual({rates[name] for name in RATES}, {None})
        self.assertEqual(rates["e"], 1.0)

    def test_only_unknown_cases(self):
        rates = response_rates(["UH", "UO"])
        self.assertRates(rates, {"RR1": 0.0, "RR3": 0.0, "RR5": None, "COOP1": None})

    def test_what_is_no_category_is_refused(self):
        for wrong in (["X"], {"I": -1}, ["i"]):
            with self.subTest(wrong), self.assertRaises(ValueError):
                response_rates(wrong)
