"""The lines of the first sheet of a spreadsheet (XLSX), as text."""

import io
import zipfile
from datetime import datetime, time

from openpyxl import load_workbook

from .not_a_table import NotATable

HEAD = b"PK\x03\x04"
MOST_BYTES = 400 * 1024 * 1024  # unpacked: what is packed may be a bomb
# Up to here a number without decimals is written digit by digit: a telephone number.
WRITTEN_OUT = 10**18
# Of a day alone, which a spreadsheet keeps as its midnight.
MIDNIGHT = time()


def read_lines(content):
    """Return the lines of cells of the first sheet that is shown.

    A number is written as a spreadsheet shows it: “3”, not “3.0”; with “%” if its cell
    shows a percentage. A formula is what it gave when the file was saved.

    :raise NotATable: it is no spreadsheet, or one that unpacks without end
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_BYTES:
                raise NotATable
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:
        # A broken file makes the library fail in any way.
        raise NotATable from error
    try:
        sheet = next(one for one in book.worksheets if one.sheet_state == "visible")
        sheet.reset_dimensions()  # what the file says of its size may be wrong
        return [[_get_text(cell) for cell in row] for row in sheet.iter_rows()]
    except Exception as error:
        raise NotATable from error
    finally:
        book.close()


def _get_text(cell):
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _get_number_text(value, cell.number_format or "")
    if isinstance(value, datetime):
        return _get_moment_text(value)
    return str(value)


def _get_moment_text(value):
    return value.date().isoformat() if value.time() == MIDNIGHT else str(value)


def _get_number_text(value, number_format):
    if "%" in number_format:
        return f"{100 * value:.12g}%"
    if value % 1 == 0 and abs(value) < WRITTEN_OUT:
        return str(int(value))
    return f"{value:.15g}"
