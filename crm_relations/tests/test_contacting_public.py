import doctest

from odoo.tests import TransactionCase, freeze_time, tagged

from odoo.addons.crm_relations.tools import network_place


@tagged("post_install", "-at_install")
class TestPublic(TransactionCase):
    """What keeps a page open to all from being flooded, and a form from counting
    twice."""

    def test_the_doctests(self):
        self.assertFalse(doctest.testmod(network_place).failed)

    def test_tries_are_counted_by_place_and_hour(self):
        tries = self.env["crm.public.try"]
        with freeze_time("2026-03-02 10:59:00"):
            self.assertEqual(tries._count("page", "here"), (1, 1))
            self.assertEqual(tries._count("page", "here"), (2, 2))
            self.assertEqual(tries._count("page", "there"), (1, 3))
            self.assertEqual(tries._count("other", "here"), (1, 1))
        with freeze_time("2026-03-02 11:00:00"):
            self.assertEqual(tries._count("page", "here"), (1, 1))
        self.assertNotIn("here", tries.search([]).mapped("source"))

    def test_a_stamp_is_good_for_its_form_only(self):
        forms = self.env["crm.public.form"]
        stamp = forms._sign("page")
        self.assertEqual(set(forms._read("page", stamp)), {"age", "nonce", "moment"})
        for scope, other in (("other", stamp), ("page", stamp + "x"), ("page", None)):
            self.assertIsNone(forms._read(scope, other))

    def test_what_is_sent_again_hours_later_was_sent_before(self):
        forms = self.env["crm.public.form"]
        with freeze_time("2026-03-02 10:59:59"):
            page, other = forms._sign("page"), forms._sign("page")
            self.assertTrue(forms._comes_first("page", forms._read("page", page)))
        with freeze_time("2026-03-02 21:00:00"):
            self.assertFalse(forms._comes_first("page", forms._read("page", page)))
            self.assertTrue(forms._comes_first("page", forms._read("page", other)))
