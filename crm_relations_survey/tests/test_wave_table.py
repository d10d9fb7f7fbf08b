import doctest

from odoo.tests import BaseCase, tagged

from ..tools import wave_table
from ..tools.wave_table import guess, read_rows

COLUMNS = [
    *(("Wave", "wave"), ("Dealer", "unit"), ("Factor", "factor"), ("Score", "score")),
    *(("n", "base"), ("Peers", "peer"), ("Rank", "rank"), ("Weight", "weight")),
    ("From", "date_from"),
]


@tagged("post_install", "-at_install")
class TestWaveTable(BaseCase):
    """What the rows of a published wave say."""

    def _read(self, *cells, most=1000):
        cells = list(cells) + [""] * (len(COLUMNS) - len(cells))
        return read_rows(COLUMNS, [(2, cells)], most)

    def test_the_doctests(self):
        self.assertFalse(doctest.testmod(wave_table).failed)

    def test_columns_are_known_by_their_names_in_both_languages(self):
        for header, target in (
            *(("Sample Size", "base"), ("得分", "score"), ("同业均值", "peer")),
            *(
                ("Rank", "rank"),
                ("因子", "factor"),
                ("期次", "wave"),
                ("经销商", "unit"),
            ),
            *(("Weight", "weight"), ("Remarks", "skip")),
        ):
            self.assertEqual(guess(header), target, header)

    def test_a_row_is_read(self):
        [row], problems, empty = self._read(
            "2026 春", "North", "Deal", "78.5%", "1,204", "", "3 / 12", "33", "2026/3/1"
        )
        self.assertFalse(problems or empty)
        self.assertEqual((row.score, row.base, row.peer), (785, 1204, 0))
        self.assertEqual((row.rank, row.rank_of, row.weight), (3, 12, 33))
        self.assertEqual(str(row.date_from), "2026-03-01")

    def test_a_column_of_days_says_which_number_is_the_month(self):
        def read(*days):
            rows = [
                (number, ["w", "u", "f", "7", "", "", "", "", day])
                for number, day in enumerate(days, 2)
            ]
            found, problems, _empty = read_rows(COLUMNS, rows, 1000)
            told = [str(row.date_from) for row in found]
            return told, [(problem.number, problem.code) for problem in problems]

        days = read("05/01/2026", "31/12/2026")
        self.assertEqual(days, (["2026-01-05", "2026-12-31"], []))
        days = read("05/01/2026", "12/31/2026")
        self.assertEqual(days, (["2026-05-01", "2026-12-31"], []))
        self.assertEqual(read("05/01/2026"), ([], [(2, "two_dates")]))

    def test_a_rank_is_read_as_institutes_write_it(self):
        for cell, rank, of in (
            *(("1st", 1, 0), ("22nd", 22, 0), ("T-3", 3, 0), ("3=", 3, 0)),
            *(("第3名", 3, 0), ("3 of 12", 3, 12), ("N/A", 0, 0), ("7", 7, 0)),
        ):
            [row], problems, _empty = self._read("w", "u", "f", "7", "", "", cell)
            self.assertEqual((row.rank, row.rank_of, problems), (rank, of, []), cell)
        for cell in ("first", "-3", "3.5", "#3"):
            _rows, [problem], _empty = self._read("w", "u", "f", "7", "", "", cell)
            self.assertEqual(problem.column, "Rank", cell)

    def test_rows_without_a_score_are_left_out(self):
        for cell in ("", "-", "—", "N/A", "#N/A", "n.a.", "*", "…", "--", "不适用"):
            self.assertEqual(self._read("w", "u", "f", cell), ([], [], 1))

    def test_each_bad_cell_is_told_with_its_column(self):
        for cells, column, code in (
            (("w", "u", "f", "good"), "Score", "no_number"),
            (("w", "u", "f", "nan"), "Score", "no_number"),
            (("w", "u", "f", "-1"), "Score", "negative"),
            (("w", "u", "f", "1000.01"), "Score", "too_high"),
            (("w", "u", "f", "101%"), "Score", "too_high"),
            (("w", "u", "f", "7", "12.5"), "n", "not_whole"),
            (("w", "u", "f", "7", "9999999999"), "n", "too_large"),
            (("w", "u", "f", "7", "1", "1001"), "Peers", "too_high"),
            (("w", "u", "f", "7", "1", "1", "first"), "Rank", "no_number"),
            (("w", "u", "f", "7", "1", "1", "1", "-33"), "Weight", "negative"),
            (("w", "u", "f", "7", "1", "1", "1", "1", "2026-13-01"), "From", "no_date"),
        ):
            with self.subTest(cells=cells):
                rows, problems, _empty = self._read(*cells)
                self.assertFalse(rows)
                self.assertEqual([one[1::2] for one in problems], [(column, code)])
        _rows, [problem], _empty = read_rows(COLUMNS, [(3, None)], 1000)
        self.assertEqual(problem[::3], (3, "too_many_cells"))

    def test_all_problems_of_a_row_are_told(self):
        _rows, problems, _empty = self._read("w", "u", "f", "x", "y", "z")
        self.assertEqual(len(problems), 3)
