import doctest
import io
import tracemalloc
import zipfile
from datetime import date, datetime

from openpyxl import Workbook

from odoo.tests import BaseCase, tagged

from ..tools import cells, sheet_table
from ..tools.tables import NotATable, read


@tagged("post_install", "-at_install")
class TestTableTools(BaseCase):
    """Tables that somebody uploads."""

    def _save(self, book):
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    def test_the_doctests(self):
        self.assertFalse(doctest.testmod(cells).failed)

    def test_a_spreadsheet_is_read_as_it_is_shown(self):
        book = Workbook()
        sheet = book.active
        sheet.append(["Wave", "Score", "Share", "Day", "At", "Sure", "  "])
        sheet.append(["2026 春", 78.30000000000001, 0.785, date(2026, 3, 1)])
        sheet["C2"].number_format = "0.0%"
        sheet["E2"], sheet["F2"] = datetime(2026, 3, 1, 8, 30), True
        sheet.append([])
        sheet.append(["=1+1", 3.0, None, "#N/A"])
        book.create_sheet("Notes").append(["not", "read"])
        headers, rows = read(self._save(book))
        self.assertEqual(headers, ["Wave", "Score", "Share", "Day", "At", "Sure"])
        self.assertEqual(
            rows,
            [
                (
                    2,
                    [
                        *("2026 春", "78.3", "78.5%", "2026-03-01"),
                        *("2026-03-01 08:30:00", "yes"),
                    ],
                ),
                # A formula that was never worked out says nothing.
                (4, ["", "3", "", "#N/A", "", ""]),
            ],
        )

    def test_long_numbers_keep_each_digit(self):
        """Numbers of telephones, orders and vehicles, as Excel and WPS keep them."""
        numbers = [8613800138000, 20260301000123, 123456789012345, 13800138000.0]
        book = Workbook()
        for number in ("Number", *numbers, 0.1 + 0.2, -1250000.5, 1e300):
            book.active.append([number])
        _headers, rows = read(self._save(book))
        self.assertEqual(
            [cells[0] for _number, cells in rows],
            [
                *("8613800138000", "20260301000123", "123456789012345"),
                *("13800138000", "0.3", "-1250000.5", "1e+300"),
            ],
        )

    def test_text_is_read_in_both_encodings_with_any_delimiter(self):
        for text in ("期次,得分\n春,78\n", "期次;得分\n春;78\n", "期次\t得分\n春\t78"):
            for encoding in ("utf-8", "utf-8-sig", "gb18030"):
                with self.subTest(text=text, encoding=encoding):
                    headers, rows = read(text.encode(encoding))
                    self.assertEqual(headers, ["期次", "得分"])
                    self.assertEqual(rows, [(2, ["春", "78"])])

    def test_a_row_with_too_many_cells_is_told_apart(self):
        self.assertEqual(read(b"a,b\n1,2,3\n4\n")[1], [(2, None), (3, ["4", ""])])

    def test_what_is_no_table_is_refused(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("a.txt", "no sheet")
        hidden = Workbook()
        hidden.create_sheet("Other").append(["a", "a"])
        hidden.active.sheet_state = "hidden"
        hidden.active = 1
        for content in (
            *(b"", b"\x89PNG\0", b"a,a\n1,2\n", b"a,,b\n1,2\n"),
            *(b"PK\x03\x04rubbish", packed.getvalue(), self._save(hidden)),
        ):
            with self.subTest(content=content[:20]), self.assertRaises(NotATable):
                read(content)

    def test_a_file_that_unpacks_without_end_is_refused(self):
        content = self._save(Workbook())
        most, sheet_table.MOST_BYTES = sheet_table.MOST_BYTES, 100
        self.addCleanup(setattr, sheet_table, "MOST_BYTES", most)
        self.assertRaises(NotATable, read, content)

    def test_a_zip_bomb_is_refused_before_it_is_unpacked(self):
        packed, million = io.BytesIO(self._save(Workbook())), b"\0" * 1024 * 1024
        with (
            zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as book,
            book.open("xl/media/bomb", "w") as part,
        ):
            for _number in range(1 + sheet_table.MOST_BYTES // len(million)):
                part.write(million)
        content = packed.getvalue()
        self.assertLess(len(content), 5 * len(million))
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        self.assertRaises(NotATable, read, content)
        self.assertLess(tracemalloc.get_traced_memory()[1], 50 * len(million))

    def test_numbers_are_read_or_refused(self):
        for text, number in (
            *(("0", 0), ("-3.5", -3.5), ("1,234", 1234), ("0,123", 0.123)),
            *(("12,34", 12.34), ("1.234,5", 1234.5), (" 7 8 ", 78), ("８５", 85)),
        ):
            self.assertEqual(cells.read_number(text), (number, False), text)
        for text in ("", "-", "N/A", "#N/A", "不适用"):  # says that there is none
            self.assertEqual(cells.read_number(text), (None, False), text)
        for text in ("nan", "inf", "1e400", "abc", "1_0", "1,2,3", "12,34.5", "#REF!"):
            with self.subTest(text=text):
                self.assertRaises(ValueError, cells.read_number, text)
