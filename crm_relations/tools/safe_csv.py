"""Tables for spreadsheets in which nothing that people typed becomes a formula."""

from .csv_table import write_lines

# What a spreadsheet takes for the beginning of a formula, or strips before one.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def make_safe(cell):
    """Return a text that a spreadsheet shows as it is.

    >>> make_safe("=1+1"), make_safe("Acme"), make_safe(" @SUM(A1)")
    ("'=1+1", 'Acme', "' @SUM(A1)")
    """
    text = str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def write_safe_lines(lines):
    """Return lines of cells as a file that spreadsheets open as it is meant."""
    return write_lines([[make_safe(cell) for cell in line] for line in lines])
