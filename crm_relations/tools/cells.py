"""What the cells of somebody's table say."""

from datetime import date, datetime

DAYS = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")


def read_day(text):
    """Return the date, None for an empty cell.

    :raise ValueError: it is no date
    """
    text = text.strip()
    if not text:
        return None
    for form in DAYS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return date.fromisoformat(text[:10])
