"""The lines of a text file with a table (CSV)."""

import csv
import io

from .not_a_table import NotATable

ENCODINGS = ("utf-8-sig", "gb18030")
DELIMITERS = ",;\t|"


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


def read_lines(content):
    """Return the lines of cells.

    :raise NotATable: it is no text, or a quotation that never ends
    """
    text = decode(content)
    head = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return list(reader)
    except csv.Error as error:
        raise NotATable from error


def write_lines(lines):
    """Return lines of cells as a file that spreadsheets open as it is meant."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows(lines)
    return file.getvalue().encode("utf-8-sig")
