"""Share work out among people. Plain functions."""

from hashlib import md5
from heapq import heapify, heapreplace

PARTS = 10000


def share_out(loads, count):
    """Return who gets each of ``count`` pieces: always who has least to do, among
    equals the one named first.

    >>> share_out({7: 2, 8: 0}, 4)
    [8, 8, 7, 8]

    :param loads: ``{person: pieces that the person has already}``
    """
    heap = [(load, place, person) for place, (person, load) in enumerate(loads.items())]
    heapify(heap)
    receivers = []
    for _piece in range(count if heap else 0):
        load, place, person = heap[0]
        receivers.append(person)
        heapreplace(heap, (load + 1, place, person))
    return receivers


def is_sampled(key, percent):
    """Tell whether ``key`` belongs to a sample of ``percent``: always the same answer
    for the same key.

    >>> is_sampled("1-2-visit", 100), is_sampled("1-2-visit", 0)
    (True, False)
    """
    # A hash that PostgreSQL knows as well; nothing is kept secret by it.
    digest = md5(key.encode(), usedforsecurity=False).hexdigest()
    return int(digest[:8], 16) % PARTS < round(percent * PARTS / 100)
