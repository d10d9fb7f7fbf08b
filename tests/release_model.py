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
# When opened, and how long ago closed; None is still open.
OPPORTUNITY = st.tuples(st.integers(1, 24 * 90), NOBODY | st.integers(0, 24 * 90))
ORDERS = st.lists(HOURS_AGO, max_size=2)
CLOCKS = ["followup", "opportunity", "order", "repurchase", "held", "date"]
EXEMPTIONS = ["tier", "city", "opportunity", "ordered"]
# Days from today: holidays of all, days worked although they are none, leave.
DAY = st.integers(-95, 120)
DAYS_OFF = st.fixed_dictionaries(
    {
        "holidays": st.lists(st.tuples(DAY, st.integers(0, 12)), max_size=3),
        "makeup": st.sets(DAY, max_size=4),
        "leave": st.lists(st.tuples(DAY, st.integers(0, 30)), max_size=3),
    }
)
CUSTOMER = st.fixed_dictionaries(
    {
        "owned": st.sampled_from([True, True, True, False]),
        "active": st.sampled_from([True, True, True, True, False]),
        "owned_hours": HOURS_AGO,
        "followups": FOLLOWUPS,
        "opportunities": st.lists(OPPORTUNITY, max_size=2),
        "orders": ORDERS,
        # Days from today on of dates that the company keeps; of a contact or not.
        "dates": st.lists(st.tuples(st.booleans(), st.integers(-90, 60)), max_size=2),
        "kept": NOBODY | st.integers(-30, 90),
        "tier": NOBODY | st.sampled_from([0, 1]),
        "city": st.sampled_from(CITIES),
        "company": COMPANY,
        "relation_company": COMPANY,
    }
)
RULE = st.fixed_dictionaries(
    {
        "clock": st.sampled_from(CLOCKS),
        "days": st.integers(1, 90),
        "working": st.booleans(),
        "skip_leave": st.booleans(),
        "exempt": st.sets(st.sampled_from(EXEMPTIONS), max_size=2),
        "tiers": st.sets(st.sampled_from([0, 1]), max_size=2),
        "domain": st.sampled_from(sorted(DOMAINS)),
        "start": NOBODY | st.sampled_from([-30, 0, 1, 5, 40]),
        "sequence": st.integers(1, 3),
        "company": COMPANY,
    }
)
CUSTOMERS = st.lists(CUSTOMER, min_size=1, max_size=6)
RULES = st.lists(RULE, max_size=4)


def decide(customer, rules, now, today, days_off):
    """Return the release date and the place of the rule, (None, None) for never.

    :param now: a naive UTC datetime; hours count back from it
    :param today: the day on which rules have started or not
    :param days_off: days from today on, as in DAYS_OFF
    """
    ranked = _rank(customer, rules)
    dates = {
        place: _release(rule, customer, now, today, days_off) for rule, place in ranked
    }
    started = [place for rule, place in ranked if _start(rule, today) <= today]
    for rule, place in ranked:
        # What starts later counts for those whom today's rules keep until then.
        kept = dates[started[0]] if started else None
        if place in started or kept is None or kept >= _start(rule, today):
            return _keep(dates[place], place, customer, today)
    return None, None


def _keep(date, place, customer, today):
    """A clock that stands still releases nobody; an agreement keeps until its day."""
    if date is None:
        return None, None
    if customer["kept"] is not None:
        date = max(date, today + timedelta(days=customer["kept"]))
    return date, place


def _precedence(rule, place):
    """The own company's rule first, then the more specific, the lower, the older."""
    specificity = DOMAINS[rule["domain"]][0] + bool(rule["tiers"])
    specificity += rule["company"] is not None
    return rule["company"] is None, -specificity, rule["sequence"], place


def _rank(customer, rules):
    """Return ``[(rule, place)]`` of those that take the customer, by precedence."""
    if not customer["owned"] or not customer["active"]:
        return []
    taking = [
        (_precedence(rule, place), rule, place)
        for place, rule in enumerate(rules)
        if _takes(rule, customer)
    ]
    return [(rule, place) for _key, rule, place in sorted(taking, key=lambda t: t[0])]


def _get_company(customer):
    own = customer["company"]
    return customer["relation_company"] if own is None else own


def _takes(rule, customer):
    has_tier = not rule["tiers"] or customer["tier"] in rule["tiers"]
    is_of_company = rule["company"] in (None, _get_company(customer))
    return (
        has_tier
        and DOMAINS[rule["domain"]][1](customer["city"])
        and is_of_company
        and _has_clock(rule, customer)
        and not any(_is_exempt(kind, customer) for kind in rule["exempt"])
    )


def _has_clock(rule, customer):
    """What starts with a purchase or a date needs one."""
    needed = {"repurchase": customer["orders"], "date": customer["dates"]}
    return bool(needed.get(rule["clock"], True))


def _is_exempt(kind, customer):
    return {
        "tier": customer["tier"] == 0,
        "city": customer["city"] == "There",
        "opportunity": _has_open_opportunity(customer),
        "ordered": bool(customer["orders"]),
    }[kind]


def _has_open_opportunity(customer):
    return any(closed is None for _opened, closed in customer["opportunities"])


def _clock(rule, customer, now, today):
    """The local day of the last event, or of the taking over if that is later."""
    hours = [customer["owned_hours"], *_get_events(rule["clock"], customer)]
    companies = [customer["company"], customer["relation_company"], 0]
    company = next(number for number in companies if number is not None)
    start = local_day(now - timedelta(hours=min(hours)), company)
    if rule["clock"] == "date":
        latest = max(number for _of_contact, number in customer["dates"])
        return max(start, today + timedelta(days=latest))
    return start


def _get_events(clock, customer):
    """Return how many hours ago each event was by which a clock starts anew."""
    followups = [ago for counts, ago in customer["followups"] if counts]
    opportunities = [
        opened if closed is None else min(opened, closed)
        for opened, closed in customer["opportunities"]
    ]
    orders = customer["orders"]
    events = {"followup": followups, "opportunity": opportunities}
    return {**events, "order": orders, "repurchase": orders}.get(clock, [])


def local_day(moment, company):
    zone = pytz.timezone(ZONES[company])
    return pytz.utc.localize(moment).astimezone(zone).date()


def _start(rule, today):
    return today + timedelta(days=rule["start"] if rule["start"] is not None else -999)


def _release(rule, customer, now, today, days_off):
    """Count day after day from the clock on; None while it stands still."""
    if rule["clock"] == "opportunity" and _has_open_opportunity(customer):
        return None
    day, left = _clock(rule, customer, now, today), rule["days"]
    while left:
        day += timedelta(days=1)
        left -= _counts(rule, day, (day - today).days, days_off)
    return max(day, _start(rule, today))


def _counts(rule, day, number, days_off):
    if rule["skip_leave"] and _within(number, days_off["leave"]):
        return False
    return not rule["working"] or works(day, number, days_off)


def works(day, number, days_off):
    """Monday to Friday but holidays; a make-up day wins over both."""
    if number in days_off["makeup"]:
        return True
    return day.weekday() < 5 and not _within(number, days_off["holidays"])


def _within(number, spans):
    return any(first <= number <= first + length for first, length in spans)
