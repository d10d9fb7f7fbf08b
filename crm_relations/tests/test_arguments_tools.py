from odoo.tests import BaseCase, tagged

from ..tools.arguments import LARGEST_ID, is_id, is_large_id, is_storable


@tagged("post_install", "-at_install")
class TestArgumentsTools(BaseCase):
    """What a client may send: the first and the last that is let in."""

    def test_ids(self):
        for value, right in (
            (1, True),
            (LARGEST_ID, True),
            (0, False),
            (LARGEST_ID + 1, False),
            (-1, False),
            (True, False),
            ("1", False),
            (1.0, False),
        ):
            with self.subTest(value):
                self.assertIs(is_id(value), right)

    def test_ids_of_lines_of_reports(self):
        for value, right in (
            (-(2**63) + 1, True),
            (2**63 - 1, True),
            (2**63, False),
            (-(2**63), False),
            (False, False),
        ):
            with self.subTest(value):
                self.assertIs(is_large_id(value), right)

    def test_texts_that_the_database_keeps(self):
        for value, right in (
            ("\ud7ff", True),
            ("\ud800", False),
            ("\udfff", False),
            ("\ue000", True),
            ("a\0", False),
            ({"a": ["b", {"c": "\ud800"}]}, False),
            ({"a\0": 1}, False),
            (("a", {"b"}, 1, None), True),
            ({"\0"}, False),
        ):
            with self.subTest(repr(value)):
                self.assertIs(is_storable(value), right)
