"""Hand out customers among colleagues."""


def distribute(customers, loads, capacities=None):
    """Give each customer to the candidate who carries least at that moment.

    Deterministic: the customers with the fewest candidates choose first, then in the
    order given; of equal loads the candidate named first takes the next one.

    :param customers: ``[(customer, candidates)]``, candidates a sequence
    :param loads: ``{candidate: number carried before}``
    :param capacities: ``{candidate: most that may be carried}``; without a number,
        or 0: any
    :return: ``{customer: candidate}``, None where every candidate is full

    >>> distribute([(1, "ab"), (2, "ab"), (3, "b")], {"a": 0, "b": 0})
    {3: 'b', 1: 'a', 2: 'a'}
    >>> distribute([(1, "ab"), (2, "ab")], {"a": 0, "b": 5}, {"a": 1, "b": 5})
    {1: 'a', 2: None}
    """
    loads = dict(loads)
    capacities = capacities or {}
    given = {}
    for customer, candidates in sorted(customers, key=lambda pair: len(pair[1])):
        free = [
            candidate
            for candidate in candidates
            if not capacities.get(candidate) or loads[candidate] < capacities[candidate]
        ]
        taker = min(free, key=loads.__getitem__, default=None)
        given[customer] = taker
        if taker is not None:
            loads[taker] += 1
    return given


def most_specific(places, territories):
    """Return the candidates whose territory fits best, in their order.

    :param places: the customer's places, from the narrowest to the widest, such as
        ``[("city", "leeds"), ("state", 7), ("country", 3)]``
    :param territories: ``{candidate: set of places}``

    >>> most_specific([("city", "leeds"), ("country", 3)],
    ...               {"a": {("country", 3)}, "b": {("city", "leeds")}})
    ['b']
    """
    for place in places:
        fitting = [name for name, places in territories.items() if place in places]
        if fitting:
            return fitting
    return []
