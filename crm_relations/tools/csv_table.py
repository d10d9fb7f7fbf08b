"""A table out of a file that somebody uploads: text, whatever stands in a cell."""

import csv
import io

ENCODINGS = ("utf-8-sig", "gb18030")
DELIMITERS = ",;\t|"


class NotATable(ValueError):
    """The file holds no table."""


def decode(content):
    """Return the text of a file in UTF-8, else in the encoding of Chinese Excel.

    :raise NotATable: neither, or a file of another kind
    """
    if b"\0" in content:
        raise NotATable
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotATable


def read(content):
    """Return ``(headers, rows)``; each row is ``(number, cells)`` with the number that
    a spreadsheet shows and as many cells as there are headers, or with None where the
    row has more cells than headers. Empty rows are left out.

    :raise NotATable: no headers, or one twice
    """
    text = decode(content)
    head = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        lines = list(reader)
    except csv.Error as error:
        raise NotATable from error
    if not lines:
        raise NotATable
    headers = [header.strip() for header in lines[0]]
    while headers and not headers[-1]:
        headers.pop()
    if not headers or not all(headers) or len(set(headers)) < len(headers):
        raise NotATable
    rows = [
        (number, _fit(cells, len(headers)))
        for number, cells in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]
    return headers, rows


def _fit(cells, count):
    cells = [cell.strip() for cell in cells]
    if any(cells[count:]):
        return None
    return cells[:count] + [""] * (count - len(cells))
