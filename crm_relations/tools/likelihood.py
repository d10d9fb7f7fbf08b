"""Which parameters make what happened most likely: the search that all models of
customers share. It needs scipy; who imports this does not."""

import math

LEAST_CUSTOMERS = 30
# The customers of one company are told apart by less than this; beyond it the history
# does not say where a parameter lies. In logarithms, of weeks where a time is meant.
WIDEST_LOG = 10.0


class FitError(Exception):
    """No parameters: ``code`` is one of scipy, few, no_repeats, diverged."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def to_rows(histories, columns):
    """Return these histories as an array, and how many customers they are of.

    :param histories: iterable of rows, the number of customers in the last column
    :raise FitError: scipy is missing, or customers are too few
    """
    try:
        import numpy as np  # noqa: PLC0415, optional
        import scipy.optimize  # noqa: F401, PLC0415, optional
    except ImportError as error:
        raise FitError("scipy") from error
    rows = np.asarray(list(histories), dtype=float).reshape(-1, columns)
    customers = rows[:, -1].sum()
    if customers < LEAST_CUSTOMERS:
        raise FitError("few")
    return rows, customers


def find_least(cost, starts):
    """Return the parameters of least cost, and this cost.

    The search is in logarithms, so that no parameter becomes negative, from several
    starts, and the best end is taken.

    :param cost: function of an array of parameters; the mean of all customers
    :raise FitError: the search ends nowhere: such a history fits any number
    """
    import numpy as np  # noqa: PLC0415, optional
    from scipy.optimize import minimize  # noqa: PLC0415, optional

    ends = [
        minimize(
            lambda logs: cost(np.exp(logs)),
            np.log(start),
            method="L-BFGS-B",
            bounds=[(-WIDEST_LOG, WIDEST_LOG)] * len(start),
            options={"ftol": 1e-13, "gtol": 1e-7, "maxiter": 500},
        )
        for start in starts
    ]
    best = min(ends, key=lambda end: end.fun)
    at_edge = (np.abs(best.x) > WIDEST_LOG - 0.01).any()
    if not best.success or at_edge or not math.isfinite(best.fun):
        raise FitError("diverged")
    return tuple(map(float, np.exp(best.x))), float(best.fun)
