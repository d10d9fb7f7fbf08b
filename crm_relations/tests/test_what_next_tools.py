import doctest

from odoo.tests import BaseCase, tagged

from ..tools import what_next
from ..tools.what_next import Customer, Weights, decide, get_signs

WEIGHTS = Weights()
NOTHING = Weights(*[0] * len(Weights._fields))
ALL = Weights(*[1] * len(Weights._fields))


@tagged("post_install", "-at_install")
class TestWhatNextTools(BaseCase):
    """FU-11: the formula, worked out by hand."""

    def _decide(self, weights=WEIGHTS, **values):
        return decide(Customer(**values), weights)

    def test_what_its_text_promises(self):
        self.assertFalse(doctest.testmod(what_next).failed)

    def test_a_customer_worked_out_by_hand(self):
        """Silent for 60 days, usual 30: 1 - 30/60 = 0.5. Follow-up due for 6 days: 7/15
        of 0.5. A quotation of 15 days: 15/30 of 0.5. Contacted two days ago: 0.1 + 0.9
        * 2/7."""
        result = self._decide(
            **{"sales": 1200, "silent": 60, "interval": 30, "layer": "mature"},
            **{"due_since": 6, "quotation_age": 15, "contacted": 2},
        )
        chance = 1 - (1 - 0.5) * (1 - 7 / 15 * 0.5) * (1 - 0.25)
        influence = 0.1 + 0.9 * 2 / 7
        self.assertEqual(result.value, 1200)
        self.assertAlmostEqual(result.chance, chance)
        self.assertAlmostEqual(result.influence, influence)
        self.assertAlmostEqual(result.at_stake, 1200 * chance * influence)

    def test_a_prospect_counts_with_what_is_usual(self):
        result = self._decide(usual=5000, layer="potential")
        self.assertEqual(result.value, 5000)
        self.assertAlmostEqual(result.at_stake, 5000 * 0.2)

    def test_of_signs_that_tell_the_same_the_stronger_counts(self):
        silent = {"active": 0.3, "order_days": 4, "layer": "dormant"}
        self.assertAlmostEqual(self._decide(**silent).chance, 0.7)
        due = {"due_since": 99, "release_in": 0, "layer": "mature"}
        self.assertAlmostEqual(self._decide(**due).chance, 1 - 0.9 * 0.2)

    def test_the_first_and_the_last_day_of_each_sign(self):
        cases = [
            ("due", "due_since", {-1: 0, 0: 1 / 15, 14: 1, 15: 1}),
            ("release", "release_in", {15: 0, 14: 0, 13: 1 / 14, 0: 1, -3: 1}),
            ("quotation", "quotation_age", {-1: 0, 0: 0, 1: 1 / 30, 30: 1, 31: 1}),
            ("message", "message_age", {0: 1 / 3, 1: 2 / 3, 2: 1, 9: 1}),
        ]
        for sign, name, days in cases:
            for day, expected in days.items():
                with self.subTest(sign, day=day):
                    signs = get_signs(Customer(**{name: day}))
                    self.assertAlmostEqual(signs[sign], expected)

    def test_the_first_day_overdue_counts_and_the_expected_day_does_not(self):
        for silent, expected in ((29, 0), (30, 0), (31, 1 / 31)):
            signs = get_signs(Customer(silent=silent, interval=30))
            self.assertAlmostEqual(signs["rhythm"], expected)

    def test_without_weights_nobody_is_in_danger_and_with_all_it_stays_a_chance(self):
        signs = {
            **{"active": 0, "order_days": 9, "layer": "lost", "due_since": 99},
            **{"release_in": -9, "quotation_age": 99, "message_age": 9},
        }
        self.assertEqual(self._decide(NOTHING, **signs).chance, 0)
        self.assertEqual(self._decide(ALL, **signs).chance, 1)

    def test_who_refuses_is_worth_no_contact_whatever_else_is_so(self):
        result = self._decide(refuses=True, sales=9, message_age=3, layer="lost")
        self.assertEqual(result.at_stake, 0)

    def test_each_thing_that_leaves_less_multiplies(self):
        result = self._decide(contacted=0, is_planned=True, is_lost=True)
        self.assertAlmostEqual(result.influence, 0.1 * 0.2 * 0.3)
