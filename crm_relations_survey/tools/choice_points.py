"""What answers to choose are likely to be worth. A proposal: people look at it."""

from .choice_words import NO, YES, is_no_answer, is_worse, read_rank
from .names import get_key


def is_yes_or_no(names):
    """Return whether answers ask if something was done.

    >>> is_yes_or_no(["Yes", "No", "Does not apply"]), is_yes_or_no(["good", "bad"])
    (True, False)
    """
    keys = {get_key(names[place]) for place in _get_counted(names)}
    return len(keys) == 2 and bool(keys & YES) and bool(keys & NO)


def get_choice_points(names, scores=()):
    """Return ``[(points, whether it counts)]`` for answers in their order: by the
    numbers that they are or were given, else from the worst to the best by what the
    words say, else the last one is the best.

    >>> get_choice_points(["1", "3", "5", "N/A"])
    [(0.0, True), (50.0, True), (100.0, True), (0.0, False)]
    >>> get_choice_points(["Very satisfied", "Satisfied", "Dissatisfied"])
    [(100.0, True), (50.0, True), (0.0, True)]
    >>> get_choice_points(["No", "Yes"]), get_choice_points(["是", "否"])
    ([(0.0, True), (100.0, True)], [(100.0, True), (0.0, True)])

    :param scores: the scores of a quiz, in the same order; all 0 says nothing
    """
    counted = _get_counted(names)
    values = _get_values([names[place] for place in counted])
    if any(scores):
        values = [scores[place] for place in counted]
    worst, best = min(values, default=0), max(values, default=0)
    reach = (best - worst) or 1
    points = dict(zip(counted, values, strict=True))
    return [
        (100 * (points[place] - worst) / reach, True)
        if place in points
        else (0.0, False)
        for place in range(len(names))
    ]


def _get_counted(names):
    """Return the places of those that are an answer."""
    last = len(names) - 1
    return [
        place
        for place, name in enumerate(names)
        if not is_no_answer(name, place == last)
    ]


def _get_values(names):
    """Return numbers that grow with satisfaction: those that stand there, unless the
    words say that 1 is the best."""
    if ranks := _read_ranks(names):
        by_rank = [name for _rank, name in sorted(zip(ranks, names, strict=True))]
        sign = -1 if _is_worse_at_the_end(by_rank) else 1
        return [sign * rank for rank in ranks]
    if is_yes_or_no(names):
        return [int(get_key(name) in YES) for name in names]
    steps = list(range(len(names)))
    return steps[::-1] if _is_worse_at_the_end(names) else steps


def _read_ranks(names):
    """Return the numbers of these, nothing where one has none or two have the same."""
    ranks = [read_rank(name) for name in names]
    return [] if None in ranks or len(set(ranks)) < len(names) else ranks


def _is_worse_at_the_end(names):
    return bool(names) and is_worse(names[-1], names[0])
