"""Where labels lie on a sheet, in millimetres."""

from typing import NamedTuple


class Grid(NamedTuple):
    """The labels of a sheet, row by row."""

    columns: int
    rows: int
    left: float
    top: float
    width: float
    height: float
    gap_x: float
    gap_y: float

    @property
    def size(self):
        return self.columns * self.rows

    def get_place(self, number):
        """Return left and top of a label, counted from 0.

        >>> Grid(3, 7, 7.2, 15.1, 63.5, 38.1, 2.5, 0).get_place(4)
        (73.2, 53.2)
        """
        row, column = divmod(number, self.columns)
        return (
            round(self.left + column * (self.width + self.gap_x), 2),
            round(self.top + row * (self.height + self.gap_y), 2),
        )

    def get_sheets(self, items, start):
        """Return ``[[(place, item)]]``, a list for each sheet.

        :param start: the first label that is free on the first sheet, counted from 1

        >>> grid = Grid(1, 2, 0, 0, 10, 10, 0, 0)
        >>> [[item for _place, item in sheet] for sheet in grid.get_sheets("abc", 2)]
        [['a'], ['b', 'c']]
        """
        sheets = {}
        for number, item in enumerate(items, start - 1):
            sheet, place = divmod(number, self.size)
            sheets.setdefault(sheet, []).append((self.get_place(place), item))
        return list(sheets.values())
