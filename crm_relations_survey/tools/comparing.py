"""What may be said of two figures, and of a tree of factors. Plain functions."""

from math import inf

from .metrics import CONFIDENCE, FEW, Figure, is_difference, weighted_index

NOTHING = Figure(None, None, 0)


def get_margin(figure):
    """Return half of the interval that holds the true value 19 times out of 20; None
    where the error is not known.

    >>> round(get_margin(Figure(50, 2.0, 100)), 2)
    3.92
    """
    return None if figure.error is None else CONFIDENCE * figure.error


def is_few(count, minimum=FEW):
    """Return whether so many answers are too few to judge by; the minimum is enough.

    >>> is_few(29, 30), is_few(30, 30)
    (True, False)
    """
    return count < minimum


def get_direction(figure, other, minimum=FEW):
    """Return 1 if ``figure`` is higher than ``other``, -1 if lower, 0 if that may be
    chance, or cannot be said.

    >>> get_direction(Figure(60, 5, 100), Figure(40, 5, 100))
    1
    >>> get_direction(Figure(60, 8, 100), Figure(40, 8, 100))
    0
    """
    if not is_difference(figure, other, minimum):
        return 0
    return 1 if figure.value > other.value else -1


def get_direction_to_target(figure, target, minimum=FEW):
    """Return the same for a target, which is a number and has no error; without one 0.

    >>> get_direction_to_target(Figure(70, 2, 40), 80)
    -1
    >>> get_direction_to_target(Figure(79, 2, 40), 80)
    0
    """
    if not target:
        return 0
    return get_direction(figure, Figure(target, 0.0, inf), minimum)


def roll_up(factors, figures):
    """Return the figure of each factor of a tree: its own, or without, that of its
    sub-factors, weighted and divided by the weights of those that have some.

    Its error is at most the weighted one of its parts, which the same customers
    judged; its answers are as many as the part has that most of them judged.

    :param factors: ``{factor: (parent or None, weight)}``
    :param figures: ``{factor: own Figure}``
    :return: ``{factor: Figure}`` of those that have a value

    >>> tree = {"a": (None, 1), "b": ("a", 1), "c": ("a", 3)}
    >>> roll_up(tree, {"b": Figure(40, 4, 30), "c": Figure(80, 2, 50)})["a"]
    Figure(value=70.0, error=2.5, count=50)
    """
    below = {}
    for factor, (parent, _weight) in factors.items():
        below.setdefault(parent if parent in factors else None, []).append(factor)
    found = {}

    def look(factor):
        parts = {child: look(child) for child in below.get(factor, ())}
        own = figures.get(factor, NOTHING)
        if own.value is None:
            weights = {child: factors[child][1] for child in parts}
            own = _weigh(parts, weights)
        if own.value is not None:
            found[factor] = own
        return own

    for factor in below.get(None, ()):
        look(factor)
    return found


def _weigh(parts, weights):
    value = weighted_index(
        {key: figure.value for key, figure in parts.items()}, weights
    )
    if value is None:
        return NOTHING
    answered = {
        key: figure for key, figure in parts.items() if figure.value is not None
    }
    known = all(figure.error is not None for figure in answered.values())
    errors = {key: figure.error for key, figure in answered.items()}
    return Figure(
        value,
        weighted_index(errors, weights) if known else None,
        max(figure.count for figure in answered.values()),
    )
