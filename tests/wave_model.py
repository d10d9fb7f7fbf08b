"""Which night a customer leaves where a pool takes so many: a plain model in Python,
written from the docstring of ``crm.pool.wave`` alone. Days are counted from today."""

from collections import Counter
from itertools import count

from hypothesis import strategies as st

# So many a night; customers: when they may leave by the rule, and whether the night of
# the first round is kept by somebody who is followed up in between.
MOST = st.integers(1, 4)
DAYS = st.lists(st.integers(-20, 6), min_size=1, max_size=14)
LATER = st.lists(st.integers(-20, 6), max_size=6)


def give(most, due, held=None):
    """Return ``{customer: night}``.

    :param due: ``{customer: since when it may leave}``
    :param held: nights that were given before and stay
    """
    nights = {name: night for name, night in (held or {}).items() if name in due}
    taken = Counter(nights.values())
    waiting = [name for name in due if name not in nights]
    waiting.sort(key=lambda name: (max(due[name], 0), due[name], name))
    for name in waiting:
        first = max(due[name], 0)
        nights[name] = next(n for n in count(first) if taken[n] < most)
        taken[nights[name]] += 1
    return nights
