from odoo.tests import BaseCase, tagged

from ..tools.distribution import distribute, most_specific
from ..tools.sharing_out import is_sampled, share_out


@tagged("post_install", "-at_install")
class TestSharingTools(BaseCase):
    """Who gets the next one: exactly full, equally loaded, hard to place."""

    def test_whoever_is_exactly_full_gets_no_more(self):
        given = distribute([(1, "a"), (2, "a")], {"a": 1}, {"a": 2})
        self.assertEqual(given, {1: "a", 2: None})

    def test_no_capacity_is_any_number(self):
        for capacities in ({"a": 0}, {}, None):
            given = distribute([(1, "a"), (2, "a")], {"a": 9}, capacities)
            self.assertEqual(given, {1: "a", 2: "a"})

    def test_whoever_has_fewest_candidates_chooses_first(self):
        given = distribute([(1, "ab"), (2, "a")], {"a": 0, "b": 0}, {"a": 1, "b": 1})
        self.assertEqual(given, {1: "b", 2: "a"})

    def test_the_narrowest_place_wins_and_all_who_have_it(self):
        places = [("city", "leeds"), ("country", 3)]
        territories = {"a": {("country", 3)}, "b": {("city", "leeds")}}
        self.assertEqual(most_specific(places, territories), ["b"])
        territories["c"] = {("city", "leeds")}
        self.assertEqual(most_specific(places, territories), ["b", "c"])
        self.assertEqual(most_specific([("city", "york")], territories), [])

    def test_among_equals_the_first_named_goes_first(self):
        self.assertEqual(share_out({9: 0, 1: 0}, 3), [9, 1, 9])
        self.assertEqual(share_out({}, 3), [])

    def test_a_sample_is_about_as_large_as_said(self):
        keys = [f"key-{number}" for number in range(2000)]
        for percent in (0, 25, 100):
            found = sum(is_sampled(key, percent) for key in keys)
            self.assertAlmostEqual(found / 20, percent, delta=4)

    def test_a_share_leaves_out_what_lies_exactly_on_it(self):
        """The hash of this key stands at one half."""
        self.assertFalse(is_sampled("1-12451-visit", 50))
        self.assertTrue(is_sampled("1-12451-visit", 50.01))
