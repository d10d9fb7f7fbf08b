"""When a customer is released: a plain model in Python, and random worlds for it.

Written from the requirements and docstrings alone. Places, tiers and companies are
numbers here; the test knows the records.
"""

from datetime import timedelta

import pytz
from hypothesis import strategies as st

ZONES = ["UTC", "Asia/Shanghai"]
CITIES = ["Here", "There"]
DOMAINS = {
    "[]": (0, lambda city: True),
    "[('city', '=', 'Here')]": (1, lambda city: city == "Here"),
    "['|', ('city', '=', 'Here'), ('city', '=', 'There')]": (2, lambda city: True),
    "[('city', '=', 'There'), ('is_company', '=', True)]": (
        2,
        lambda city: city == "There",
    ),
}
NOBODY = st.none()
COMPANY = NOBODY | st.sampled_from([0, 1])
HOURS_AGO = st.integers(1, 24 * 90)
FOLLOWUPS = st.lists(st.tuples(st.booleans(), HOURS_AGO), max_size=3)
CUSTOMER = st.fixed_dictionaries(
    {
        "owned": st.sampled_from([True, True, True, False]),
        "active": st.sampled_from([True, True, True, True, False]),
        "owned_hours": HOURS_AGO,
        "followups": FOLLOWUPS,
        "tier": NOBODY | st.sampled_from([0, 1]),
        "city": st.sampled_from(CITIES),
        "company": COMPANY,
        "relation_company": COMPANY,
    }
)
RULE = st.fixed_dictionaries(
    {
        "days": st.integers(1, 90),
        "tiers": st.sets(st.sampled_from([0, 1]), max_size=2),
        "domain": st.sampled_from(sorted(DOMAINS)),
        "start": NOBODY | st.sampled_from([-30, 0, 1, 5, 40]),
        "sequence": st.integers(1, 3),
        "company": COMPANY,
    }
)
CUSTOMERS = st.lists(CUSTOMER, min_size=1, max_size=6)
RULES = st.lists(RULE, max_size=4)


def decide(customer, rules, now, today):
    """Return the release date and the place of the rule, (None, None) for never.

    :param now: a naive UTC datetime; hours count back from it
    :param today: the day on which rules have started or not
    """
    taking = [
        (_precedence(rule, place), rule, place)
        for place, rule in enumerate(rules)
        if customer["owned"] and customer["active"] and _takes(rule, customer)
    ]
    ranked = [(rule, place) for _key, rule, place in sorted(taking, key=lambda t: t[0])]
    clock = _clock(customer, now)
    started = [rule for rule, _place in ranked if _start(rule, today) <= today]
    kept_until = _release(started[0], clock, today) if started else None
    for rule, place in ranked:
        # What starts later counts for those whom today's rules keep until then.
        if kept_until is None or rule in started or kept_until >= _start(rule, today):
            return _release(rule, clock, today), place
    return None, None


def _precedence(rule, place):
    """The own company's rule first, then the more specific, the lower, the older."""
    specificity = DOMAINS[rule["domain"]][0] + bool(rule["tiers"])
    specificity += rule["company"] is not None
    return rule["company"] is None, -specificity, rule["sequence"], place


def _takes(rule, customer):
    company = customer["company"]
    if company is None:
        company = customer["relation_company"]
    return (
        (not rule["tiers"] or customer["tier"] in rule["tiers"])
        and DOMAINS[rule["domain"]][1](customer["city"])
        and rule["company"] in (None, company)
    )


def _clock(customer, now):
    """The local day of the last follow-up that counts, or of the taking over."""
    counting = [hours for counts, hours in customer["followups"] if counts]
    moment = now - timedelta(hours=min([customer["owned_hours"], *counting]))
    companies = [customer["company"], customer["relation_company"], 0]
    company = next(number for number in companies if number is not None)
    zone = pytz.timezone(ZONES[company])
    return pytz.utc.localize(moment).astimezone(zone).date()


def _start(rule, today):
    return today + timedelta(days=rule["start"] if rule["start"] is not None else -999)


def _release(rule, clock, today):
    return max(clock + timedelta(days=rule["days"]), _start(rule, today))
