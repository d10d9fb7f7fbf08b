"""Response, cooperation, refusal and contact rates of calls.

The formulae are those of The American Association for Public Opinion Research,
"Standard Definitions: Final Dispositions of Case Codes and Outcome Rates for Surveys",
10th edition (2023), section "Outcome rates". Letters as there:

I complete, P partial, R refusal or break-off, NC non-contact, O other; UH unknown
whether there is such a household (here: such a customer behind the number), UO unknown,
other; NE stands for "not eligible".

``e``, the share of unknown cases that would be eligible, is estimated by the
proportional allocation (CASRO) method: of the cases whose eligibility is known, the
share of the eligible ones.
"""

CATEGORIES = ("I", "P", "R", "NC", "O", "UH", "UO", "NE")
RATES = (
    *("RR1", "RR2", "RR3", "RR4", "RR5", "RR6"),
    *("COOP1", "COOP2", "COOP3", "COOP4"),
    *("REF1", "REF2", "REF3"),
    *("CON1", "CON2", "CON3"),
)
INTERVIEWED = ("I", "P")
REACHED = ("I", "P", "R", "O")
ELIGIBLE = ("I", "P", "R", "NC", "O")
UNKNOWN = ("UH", "UO")
# Rate: what is counted, of which cases, and whether cases of unknown eligibility are
# left out (None), all taken in (1) or taken in by their share e ("e").
FORMULAE = {
    "RR1": (("I",), ELIGIBLE, 1),
    "RR2": (INTERVIEWED, ELIGIBLE, 1),
    "RR3": (("I",), ELIGIBLE, "e"),
    "RR4": (INTERVIEWED, ELIGIBLE, "e"),
    "RR5": (("I",), ELIGIBLE, None),
    "RR6": (INTERVIEWED, ELIGIBLE, None),
    "COOP1": (("I",), REACHED, None),
    "COOP2": (INTERVIEWED, REACHED, None),
    "COOP3": (("I",), ("I", "P", "R"), None),
    "COOP4": (INTERVIEWED, ("I", "P", "R"), None),
    "REF1": (("R",), ELIGIBLE, 1),
    "REF2": (("R",), ELIGIBLE, "e"),
    "REF3": (("R",), ELIGIBLE, None),
    "CON1": (REACHED, ELIGIBLE, 1),
    "CON2": (REACHED, ELIGIBLE, "e"),
    "CON3": (REACHED, ELIGIBLE, None),
}


def response_rates(outcomes):
    """Return the rates of final dispositions.

    >>> cases = ["I"] * 50 + ["P"] * 10 + ["R"] * 20 + ["NC"] * 20
    >>> rates = response_rates(cases + ["UH"] * 50 + ["NE"] * 100)
    >>> rates["e"], rates["RR1"], rates["RR3"], rates["RR5"]
    (0.5, 0.3333333333333333, 0.4, 0.5)
    >>> rates["COOP3"], rates["REF3"], rates["CON3"]
    (0.625, 0.2, 0.8)

    :param outcomes: a list of categories, or a dict of category and number of cases
    :return: ``{"e": share, "RR1": share, ...}``, each from 0 to 1; None where there is
        no case to divide by. Without any case of known eligibility e is 1: what is
        not known is taken for eligible, which never flatters
    :raise ValueError: a category that is none, or a negative number
    """
    counts = _count(outcomes)
    known = _sum(counts, ELIGIBLE) + counts["NE"]
    share = _sum(counts, ELIGIBLE) / known if known else 1.0
    weights = {None: 0, 1: 1, "e": share}
    rates = {"e": share}
    for name, (counted, cases, unknown) in FORMULAE.items():
        base = _sum(counts, cases) + weights[unknown] * _sum(counts, UNKNOWN)
        rates[name] = _sum(counts, counted) / base if base else None
    return rates


def _count(outcomes):
    counts = dict.fromkeys(CATEGORIES, 0)
    pairs = (
        outcomes.items()
        if isinstance(outcomes, dict)
        else ((category, 1) for category in outcomes)
    )
    for category, number in pairs:
        if category not in counts or number < 0:
            raise ValueError(category)
        counts[category] += number
    return counts


def _sum(counts, categories):
    return sum(counts[category] for category in categories)
