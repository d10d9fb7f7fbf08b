"""Texts that fit where there is little room."""


def clip(text, longest):
    """Return a text in one line, cut behind a word where it is longer; Chinese has no
    spaces and is cut anywhere. A Chinese sign is as wide as two letters.

    >>> clip("two  words\\n more", 20)
    'two words more'
    >>> clip("several words of a sentence", 16)
    'several words…'
    >>> clip("客户关系经理", 8)
    '客户关…'
    >>> clip("", 5)
    ''
    """
    words = " ".join((text or "").split())
    if _measure(words) <= longest:
        return words
    kept, width = "", 1
    for sign in words:
        width += _measure(sign)
        if width > longest:
            break
        kept += sign
    head, _space, tail = kept.rpartition(" ")
    if head and tail.isascii() and len(tail) < longest // 3:
        kept = head
    return f"{kept.rstrip()}…"


def fit(sections, rows, width):
    """Return these sections with so many rows at most: of the longest ones the last
    lines are left out.

    :param sections: ``[(title, [(label, value)])]``
    :param width: of a value, in letters: what is longer takes another row

    >>> fit([("A", [("a", "x"), ("b", "y")]), ("B", [("c", "z" * 7)])], 3, 4)
    [('A', [('a', 'x')]), ('B', [('c', 'zzzzzzz')])]
    """
    kept = [(title, list(lines)) for title, lines in sections]

    def measure(lines):
        return sum(1 + (_measure(value) - 1) // width for _label, value in lines)

    while sum(measure(lines) for _title, lines in kept) > rows:
        _title, longest = max(kept, key=lambda section: measure(section[1]))
        if len(longest) < 2:
            break
        longest.pop()
    return kept


def _measure(text):
    """Return how many letters wide a text is."""
    return sum(2 if ord(sign) >= 0x2E80 else 1 for sign in text)
