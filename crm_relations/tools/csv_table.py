"""The lines of a text file with a table (CSV)."""

import csv
import io
import re

from .not_a_table import NotATable
from .old_encodings import guess_encoding

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = ",;\t|"
# By what Excel is told the delimiter, before the headers.
TOLD_DELIMITER = re.compile(r"^\"?sep=(.)\"?\r?\n", re.IGNORECASE)
QUOTED = re.compile(r'"(?:[^"]|"")*"')
HEAD = 100_000  # letters in which the headers are looked for
UNFINISHED = "unexpected end of data"


def decode(content):
    """Return the text of a file in UTF-8, in UTF-16 as Excel writes "Unicode text",
    else in the encoding of Chinese or European Excel.

    :raise NotATable: none of them, or a file of another kind
    """
    encodings = ["utf-8-sig", guess_encoding(content)]
    if content.startswith(UTF_16):
        encodings = ["utf-16"]
    elif b"\0" in content:
        raise NotATable
    for encoding in encodings:
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
    told = TOLD_DELIMITER.match(text)
    text = text[told.end() :] if told else text
    delimiter = told[1] if told else _find_delimiter(text)
    try:
        return _read(text, delimiter, strict=True)
    except csv.Error as error:
        if str(error) == UNFINISHED:
            # All that follows would be in one cell.
            raise NotATable from error
    try:
        # As "5" disk" in a cell.
        return _read(text, delimiter, strict=False)
    except csv.Error as error:
        raise NotATable from error


def _find_delimiter(text):
    head = QUOTED.sub("", text[:HEAD]).lstrip().split("\n", 1)[0]
    return max(DELIMITERS, key=head.count)


def _read(text, delimiter, strict):
    file = io.StringIO(text, newline="")
    return list(csv.reader(file, delimiter=delimiter, strict=strict))


def write_lines(lines):
    """Return lines of cells as a file that spreadsheets open as it is meant."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows(lines)
    return file.getvalue().encode("utf-8-sig")
