"""CA-8: lines of addresses by country, places of labels, safe tables."""

import doctest
from unittest.mock import MagicMock

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from ..models.letter import crm_letter_run_print
from ..tools import label_sheet, letter_address, safe_csv
from ..tools.letter_address import Address, get_lines

US = "%(street)s\n%(street2)s\n%(city)s %(state_code)s %(zip)s\n%(country_name)s"


@tagged("post_install", "-at_install")
class TestLetterTools(BaseCase):
    def test_the_doctests(self):
        for module in (label_sheet, letter_address, safe_csv):
            self.assertFalse(doctest.testmod(module).failed)

    def test_china_from_the_large_to_the_small(self):
        place = Address(
            *("李明", "华信", "建国路88号", "A座", "北京市", "100022", "北京市", "BJ"),
            *("中国", "CN"),
        )
        lines = ["100022", "北京市建国路88号A座", "华信", "李明（收）"]
        self.assertEqual(get_lines(place, "CN"), lines)
        self.assertEqual(get_lines(place, "CN", with_zip=False), lines[1:])
        self.assertEqual(get_lines(place, "DE"), [*lines, "中国"])
        self.assertIn("北京建国路", get_lines(place._replace(city="北京"), "CN")[1])
        company = place._replace(person="")
        self.assertEqual(get_lines(company, "CN")[-1], "华信（收）")

    def test_china_in_latin_letters_is_not_glued_together(self):
        """As the guides of the Universal Postal Union and of China Post write it."""
        place = Address(
            *("Li Ming", "", "88 Jianguo Road", "Chaoyang District", "Beijing"),
            *("100022", "Beijing", "BJ", "China", "CN", "%(zip)s %(city)s%(street)s"),
        )
        lines = ["Li Ming", "88 Jianguo Road", "Chaoyang District", "100022 Beijing"]
        self.assertFalse(place.is_chinese)
        self.assertEqual(get_lines(place, "CN"), lines)
        self.assertEqual(get_lines(place, "DE"), [*lines, "CHINA"])

    def test_elsewhere_as_the_country_wants_it(self):
        place = Address(
            *("Eve", "Acme", "1 Main St", "", "Austin", "78701", "Texas", "TX"),
            *("United States", "US", US),
        )
        lines = ["Acme", "Eve", "1 Main St", "Austin TX 78701"]
        self.assertEqual(get_lines(place, "US"), lines)
        self.assertEqual(get_lines(place, "CN"), [*lines, "UNITED STATES"])

    def test_a_broken_format_is_no_obstacle(self):
        place = Address("Eve", "", "1 Main St", "", "Austin", "78701", form="%(x)s %")
        self.assertEqual(get_lines(place, "US"), ["Eve", "1 Main St", "78701 Austin"])

    def test_which_addresses_are_complete(self):
        self.assertTrue(Address(street="1 Main St", city="Austin").is_complete)
        self.assertTrue(Address(street2="PO Box 1", zip="78701").is_complete)
        self.assertFalse(Address(street="1 Main St").is_complete)
        self.assertFalse(Address(city="Austin").is_complete)

    def test_a_file_that_is_empty_is_none(self):
        reports = MagicMock()
        reports.new.return_value._run_wkhtmltopdf.return_value = b""
        with self.assertRaises(UserError):
            crm_letter_run_print._print_page(reports, "<p/>", 210, 297)
        reports.new.return_value._run_wkhtmltopdf.return_value = b"%PDF"
        page = crm_letter_run_print._print_page(reports, "<p/>", 210, 297)
        self.assertEqual(page, b"%PDF")
