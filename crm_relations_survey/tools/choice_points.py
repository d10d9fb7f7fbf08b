"""What answers to choose are likely to be worth. A proposal: people look at it."""

import re

from .names import get_key

NONE = {
    *("na", "doesnotapply", "notapplicable", "none", "idontknow", "dontknow"),
    *("noopinion", "不适用", "无", "不知道", "不清楚", "未经历", "没有经历"),
}
YES = {"yes", "y", "true", "done", "是", "有", "做到", "做到了", "已做到"}
NO = {"no", "n", "false", "notdone", "否", "没有", "未做到", "没做到"}
WORSE = re.compile(
    r"dis|un(sat|lik|hap|imp)|bad|poor|worst|terribl|never|not |不(?!错)|差|糟|未|从未",
    re.I,
)


def is_yes_or_no(names):
    """Return whether answers ask if something was done.

    >>> is_yes_or_no(["Yes", "No", "Does not apply"]), is_yes_or_no(["good", "bad"])
    (True, False)
    """
    keys = {get_key(name) for name in names} - NONE
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
    counted = [place for place, name in enumerate(names) if get_key(name) not in NONE]
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


def _get_values(names):
    """Return numbers that grow with satisfaction: those that stand there, unless the
    words say that 1 is the best."""
    numbers = _read_numbers(names)
    if len(set(numbers)) == len(names):
        ordered = [name for _number, name in sorted(zip(numbers, names, strict=True))]
        is_down = _is_worse_at_the_end(ordered)
        return [-number for number in numbers] if is_down else numbers
    if is_yes_or_no(names):
        return [int(get_key(name) in YES) for name in names]
    steps = list(range(len(names)))
    return steps[::-1] if _is_worse_at_the_end(names) else steps


def _read_numbers(names):
    """Return the numbers with which these begin, nothing where one has none."""
    found = [re.match(r"\d+", name.strip()) for name in names]
    return [int(number[0]) for number in found] if all(found) else []


def _is_worse_at_the_end(names):
    return bool(names and WORSE.search(names[-1]) and not WORSE.search(names[0]))
