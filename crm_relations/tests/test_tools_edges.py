import os
import subprocess
from datetime import date, datetime
from unittest.mock import Mock, patch

from lxml import etree

from odoo.tests import BaseCase, tagged

from ..tools import card_codes, card_names, masked_views, moments
from ..tools.card_reader import CardReader


@tagged("post_install", "-at_install")
class TestToolsEdges(BaseCase):
    """Tools where one condition decides."""

    def test_only_a_date_is_a_date(self):
        for value, answer in (
            (date(2026, 1, 31), True),
            (datetime(2026, 1, 31), False),
            ("2026-01-31", True),
            ("2026-01-31 10:00:00", False),
            (None, False),
            (5, False),
        ):
            with self.subTest(value):
                self.assertIs(moments.is_date(value), answer)

    def test_departments_in_both_scripts(self):
        for text, answer in (
            ("销售部", True),
            ("张伟", False),
            ("Legal Department", True),
            ("Sales Manager", False),
        ):
            with self.subTest(text):
                self.assertIs(card_names.is_department(text), answer)

    def test_a_code_that_holds_a_card_is_read_as_one(self):
        self.assertIsNone(card_codes._read_card("https://example.com"))
        for text in (
            "BEGIN:VCARD\nVERSION:3.0\nFN:Sean\nEND:VCARD",
            "mecard:N:Owen,Sean;TEL:123;;",
        ):
            with self.subTest(text):
                self.assertTrue(card_codes._read_card(text))

    def test_a_mask_stands_once_beside_its_field(self):
        form = etree.fromstring('<form><field name="phone"/></form>')
        for _twice in range(2):
            masked_views.show_mask(form[0], form, "hidden_phone")
        self.assertEqual(len(form.findall("field[@name='hidden_phone']")), 1)

    def test_the_reader_of_another_process_is_not_used(self):
        """A worker is a copy of the process that may have begun to read."""
        reader = CardReader.__new__(CardReader)
        reader.__dict__.update(vars(CardReader(["read"])))
        theirs, ours = (Mock(poll=Mock(return_value=None)) for _reader in range(2))
        with (
            patch.object(subprocess, "Popen", return_value=ours),
            patch.object(CardReader, "stop"),
        ):
            reader.process, reader.owner = theirs, os.getpid()
            self.assertIs(reader._get_process(), theirs)
            reader.owner = 0
            self.assertIs(reader._get_process(), ours)
