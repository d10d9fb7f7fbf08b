"""Pieces of time: (from, to) pairs of numbers, ``to`` not included."""


def merge(pieces):
    """Return pieces sorted, those that touch or overlap made one, empty ones gone."""
    merged = []
    for start, stop in sorted(piece for piece in pieces if piece[0] < piece[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], stop))
        else:
            merged.append((start, stop))
    return merged


def get_gaps(closed, start, stop):
    """Yield what the sorted ``closed`` leave open from ``start`` to ``stop``."""
    for begin, end in closed:
        if begin >= stop:
            break
        if begin > start:
            yield start, begin
        start = max(start, end)
    if start < stop:
        yield start, stop


def get_overlap(pieces, start, stop):
    """Return how much of the pieces lies between ``start`` and ``stop``."""
    return sum(max(0, min(end, stop) - max(begin, start)) for begin, end in pieces)
