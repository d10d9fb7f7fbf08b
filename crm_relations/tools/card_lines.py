"""The printed lines of a business card in the order in which people read them."""

import re
import unicodedata
from typing import NamedTuple

MOST_LINES = 80
LONGEST_LINE = 300


class Line(NamedTuple):
    """A line as it is printed: ``box`` is left, top, right, bottom."""

    text: str
    score: float
    box: tuple

    @property
    def height(self):
        return self.box[3] - self.box[1]


def order(lines):
    """Return the lines from top to bottom; those side by side from left to right."""
    found = [
        Line(
            _normal(text),
            score,
            tuple(box),
        )
        for text, score, box in lines[:MOST_LINES]
    ]
    found = sorted((one for one in found if one.text), key=lambda one: one.box[1])
    rows = []
    for line in found:
        middle = (line.box[1] + line.box[3]) / 2
        if rows and middle < rows[-1][0].box[3]:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [one for row in rows for one in _join_pieces(row)]


def _join_pieces(row):
    """Return the lines of a row; what is printed alike with but a gap of a word between
    is one line."""
    joined = []
    for piece in sorted(row, key=lambda one: one.box[0]):
        if joined and _is_one(joined[-1], piece):
            before = joined.pop()
            (left, top, _end, low), (_start, high, right, bottom) = (
                before.box,
                piece.box,
            )
            piece = Line(
                f"{before.text} {piece.text}",
                min(before.score, piece.score),
                (left, min(top, high), right, max(low, bottom)),
            )
        joined.append(piece)
    return joined


def _is_one(before, piece):
    smaller, larger = sorted((before.height, piece.height))
    return piece.box[0] - before.box[2] < smaller * 0.7 and larger < smaller * 1.3


def _normal(text):
    """Return a line without full width and doubled gaps; a plus that was misread."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())[:LONGEST_LINE]
    return re.sub(r"\u00b1(?=\s?\d)", "+", text)
