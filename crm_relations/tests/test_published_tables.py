"""Files of tables as programs write them, with what stands in them.

Sources: csv-spectrum (maxogden), notes of Microsoft on “Unicode text” and “sep=”, bug
reports on imports from Excel in Europe and China; krayin/laravel-crm 2630 (serial
numbers, days first), molgenis 5845 (35917 is 2 May 1998), openboxes 4217, Expensify
100317 (a serial number is no year). Facts only.
"""

import doctest
from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools import cells, old_encodings
from ..tools.cells import (
    DAY_FIRST,
    MONTH_FIRST,
    AmbiguousDay,
    find_day_order,
    read_day,
    read_number,
)
from ..tools.tables import NotATable, read

GROUPS = (
    ('first,last\nJohn,"120 any st., Anytown, WW"\n', "120 any st., Anytown, WW"),
    ('a,b\n1,"ha ""ha"" ha"\n', 'ha "ha" ha'),
    ('a,b\r\n1,"{""type"": ""Point"", ""at"": [102.0, 0.5]}"\r\n', '{"type": '),
    ('a,b\n1,"Once upon \na time"\n', "Once upon \na time"),
    ('a,b\r\n1,"Once upon \r\na time"\r\n', "Once upon \r\na time"),
    ("a,b\n1,ʤ\n", "ʤ"),
    # Excel, told the delimiter, and told by headers that have another inside.
    ("sep=;\r\na;b\r\n1;2,5\r\n", "2,5"),
    ('"Name, first, last";City\r\nA;B\r\n', "B"),
    ('"Name,\nfirst, last";City\r\nA;B\r\n', "B"),
    # Line ends of old Macs, a quotation within a cell.
    ("a,b\r1,2\r", "2"),
    ('a,b\n1,"5" disk"\n', "5 disk"),
)


@tagged("post_install", "-at_install")
class TestPublishedTables(BaseCase):
    def test_the_doctests(self):
        for module in (cells, old_encodings):
            self.assertFalse(doctest.testmod(module).failed)

    def test_cells(self):
        for text, last in GROUPS:
            with self.subTest(text):
                _headers, rows = read(text.encode())
                self.assertEqual(len(rows), 1)
                self.assertTrue(rows[0][1][-1].startswith(last[:10]), rows)

    def test_encodings(self):
        for text, encoding in (
            ("Name;Stadt\nMüller;Größe\n", "cp1252"),
            ("Nom;Ville\nHélène;Orléans\n", "cp1252"),
            ("姓名,城市\n朱镕基,长沙\n", "gbk"),
            ("姓名\t城市\n王小明\t深圳\n", "utf-16"),
            ("Name;Città\nA;B\n", "utf-8-sig"),
        ):
            with self.subTest(text):
                headers, rows = read(text.encode(encoding))
                told = [headers, *(cells for _number, cells in rows)]
                lines = text.replace("\t", ";").replace(",", ";").splitlines()
                self.assertEqual(told, [line.split(";") for line in lines])

    def test_a_quotation_that_never_ends_swallows_nothing(self):
        with self.assertRaises(NotATable):
            read(b'a,b\n1,"2\n3,4\n5,6\n')

    def test_days_and_numbers(self):
        for text in ("2026/1/5 0:00:00", "2026-01-05T00:00:00", "2026年1月5日 星期一"):
            self.assertEqual(read_day(text), date(2026, 1, 5), text)
        for text, number in (
            *(("1 234,5", 1234.5), ("1\u00a0234,5", 1234.5), ("−5", -5)),
            *(("１，２３４．５", 1234.5), ("1,234,567", 1234567), ("0,5", 0.5)),
        ):
            self.assertEqual(read_number(text)[0], number, text)

    def test_days_of_spreadsheets_and_with_the_year_last(self):
        for text, day in (
            ("35917", date(1998, 5, 2)),
            ("42917", date(2017, 7, 1)),
            ("45678.5", date(2025, 1, 21)),
            ("31.12.2026", date(2026, 12, 31)),
            ("5.1.2026 14:30", date(2026, 1, 5)),
            ("31/12/2026", date(2026, 12, 31)),
            ("12/31/2026", date(2026, 12, 31)),
            ("12-31-2026", date(2026, 12, 31)),
            ("12.31.2026", date(2026, 12, 31)),
        ):
            self.assertEqual(read_day(text), day, text)

    def test_a_column_says_which_is_the_day(self):
        for column, order, day in (
            (["05/01/2026", "31/12/2026", ""], DAY_FIRST, date(2026, 1, 5)),
            (["05/01/2026", "12/31/2026"], MONTH_FIRST, date(2026, 5, 1)),
        ):
            self.assertEqual(find_day_order(column), order)
            self.assertEqual(read_day("05/01/2026", order), day)
        for column in (["05/01/2026"], ["31/12/2026", "12/31/2026"], []):
            self.assertIsNone(find_day_order(column), column)
        with self.assertRaises(AmbiguousDay):
            read_day("05/01/2026")

    def test_what_might_be_another_day_is_none(self):
        """Digits without zeros, years and amounts, weeks, days that there are not."""
        for text in (
            *("2026115", "202615", "456781", "2026", "19999", "80000", "2026-W01-1"),
            *("32/12/2026", "31/13/2026", "29.02.2026", "2026-02-30", "26-1-5"),
            *("12/31-2026", "123456789", "１２３４５６７"),
        ):
            with self.subTest(text), self.assertRaises(ValueError):
                read_day(text)
