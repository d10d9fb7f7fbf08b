"""The pool as one person after the other would have lived it: no database, no locks."""

from collections import Counter

CLAIMS = ("claim", "swap")


def replay(lines, cap, a_day):
    """Go through the ledger in its order.

    Two lines of one customer, and two of one person, were written by transactions of
    which one had seen the other: their order is that of their ids. So whatever went
    wrong between two processes shows as a step that nobody could have made alone.

    :param lines: ``[(customer, kind, from user, to user, from pool, to pool)]``
    :return: owners ``{customer: (user, pool)}``, held ``{user: n}``, claims ``{user:
        n}`` and what could not have happened
    """
    places, held, claims, wrong = {}, Counter(), Counter(), []
    for number, line in enumerate(lines):
        customer, kind, former, heir, from_pool, to_pool = line
        user, pool = places.get(customer, (None, from_pool))
        if (user, pool) != (former, from_pool):
            wrong.append((number, line, "was", user, pool))
        if (heir is None) == (to_pool is None):
            wrong.append((number, line, "in both or in none"))
        held[former] -= 1
        held[heir] += 1
        claims[heir] += kind in CLAIMS and heir is not None
        if heir and held[heir] > cap:
            wrong.append((number, line, "above the cap", held[heir]))
        if claims[heir] > a_day:
            wrong.append((number, line, "above the day", claims[heir]))
        places[customer] = heir, to_pool
    del held[None], claims[None]
    return places, held, claims, wrong
