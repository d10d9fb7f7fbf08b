"""A table out of a file that somebody uploads: text, whatever stands in a cell."""

from . import csv_table, sheet_table
from .not_a_table import NotATable

__all__ = ["NotATable", "read"]


def read(content):
    """Return ``(headers, rows)`` of a CSV or XLSX file; each row is ``(number, cells)``
    with the number that a spreadsheet shows and as many cells as there are headers, or
    with None where the row has more cells than headers. Empty rows are left out.

    :raise NotATable: no headers, or one twice
    """
    kind = sheet_table if content.startswith(sheet_table.HEAD) else csv_table
    lines = kind.read_lines(content)
    if not lines:
        raise NotATable
    headers = _read_headers(lines[0])
    rows = [
        (number, _fit(cells, len(headers)))
        for number, cells in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]
    return headers, rows


def _read_headers(cells):
    headers = [header.strip() for header in cells]
    while headers and not headers[-1]:
        headers.pop()
    if not headers or not all(headers) or len(set(headers)) < len(headers):
        raise NotATable
    return headers


def _fit(cells, count):
    cells = [cell.strip() for cell in cells]
    if any(cells[count:]):
        return None
    return cells[:count] + [""] * (count - len(cells))
