"""Whether, and when, a customer may be cared for: plain functions and objects.

Moments are naive UTC datetimes unless they are said to be local.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from .time_zones import get_zone

MESSAGES = ("sms", "email")
ACTIVITY = "activity"


def to_local(moment, zone):
    """Return what the clock on the wall shows, a naive datetime."""
    aware = moment.replace(tzinfo=timezone.utc).astimezone(get_zone(zone))
    return aware.replace(tzinfo=None)


def to_utc(local, zone, again=False):
    """Return the moment at which the clock shows ``local``; where it skips that hour,
    one hour later, where it shows it twice, the first time, or the second, ``again``.
    """
    zone = get_zone(zone)
    if hasattr(zone, "localize"):  # pytz
        aware = zone.localize(local, is_dst=not again)
    else:
        aware = local.replace(tzinfo=zone, fold=int(again))
    return aware.astimezone(timezone.utc).replace(tzinfo=None)


def leave_quiet_hours(local, start, end):
    """Return the first local moment from ``local`` on outside the quiet hours.

    :param start, end: hours, ``start`` belongs to the quiet hours and ``end`` does
        not; they may span midnight; the same hour twice means none
    """
    if start == end:
        return local
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    hour = (local - midnight) / timedelta(hours=1)
    until = midnight + timedelta(minutes=round(end * 60))
    if start < end:
        return until if start <= hour < end else local
    if hour >= start:
        return until + timedelta(days=1)
    return until if hour < end else local


def get_quiet_end(moment, zone, start, end):
    """Return ``moment``, or the end of the quiet hours it falls into: never before,
    also where the clock shows that end twice."""
    local = to_local(moment, zone)
    until = leave_quiet_hours(local, start, end)
    if until == local:
        return moment
    found = to_utc(until, zone)
    return found if found > moment else to_utc(until, zone, again=True)


@dataclass(frozen=True)
class Case:
    """One care task that is due, with all that is to be weighed."""

    id: int
    customer: int
    channel: str
    due: datetime
    zone: str
    importance: int = 0
    first_due: datetime | None = None
    occasion: date | None = None
    is_wanted: bool = True  # rule and customer are still active
    is_refused: bool = False
    is_paused: bool = False
    lacks: str = ""  # number, mail or provider
    is_touch: bool = False
    moves: bool = True  # else it is dropped where it finds the day taken
    skip_before: datetime | None = None  # what was good until before is missed
    keep_days: int = 0
    quiet: tuple = (0.0, 0.0)

    @property
    def first(self):
        return self.first_due or self.due

    @property
    def rank(self):
        """The lower wins: more important, then earlier, then older."""
        return -self.importance, self.first, self.id

    @property
    def last_good(self):
        """The moment from which on it is overdue: what is due ahead of its occasion
        makes sense until then."""
        if not self.occasion:
            return self.due
        clock = to_local(self.due, self.zone).time()
        local = datetime.combine(self.occasion, clock)
        return max(self.due, to_utc(local, self.zone))

    def get_day(self, moment):
        return to_local(moment, self.zone).date()

    def get_quiet_end(self, moment):
        """Return ``moment``, or the end of the quiet hours it falls into."""
        return get_quiet_end(moment, self.zone, *self.quiet)


@dataclass(frozen=True)
class Verdict:
    """``kind``: go, later (at ``at``), drop, miss, or fall_back to an activity."""

    kind: str
    code: str = ""
    at: datetime | None = None
    day: date | None = None


class Bookings:
    """Which customers are touched on which local day, or are going to be."""

    def __init__(self):
        self._taken = set()
        # By customer, then by day: a customer is found without a look at the others.
        self._wishes = defaultdict(lambda: defaultdict(dict))

    def take(self, customer, day):
        self._taken.add((customer, day))

    def wish(self, case, day):
        """Say that a planned touch wants this day: a more important one gets it."""
        self._wishes[case.customer][day][case.id] = case.rank

    def is_free(self, case, day):
        wishes = self._wishes[case.customer][day]
        return (case.customer, day) not in self._taken and not any(
            rank < case.rank for number, rank in wishes.items() if number != case.id
        )

    def forget(self, case):
        """The task does not take place: it stands in nobody's way any more."""
        for wishes in self._wishes[case.customer].values():
            wishes.pop(case.id, None)


def judge(case, now, bookings):
    """Return what becomes of a task that is due ``now``; book its day if it goes."""
    verdict = _refuse(case) or _put_off(case, now, bookings)
    if verdict:
        bookings.forget(case)
        if verdict.at and case.is_touch:
            bookings.wish(case, case.get_day(verdict.at))
        return verdict
    if case.lacks:
        bookings.forget(case)
        return Verdict("fall_back", f"care_no_{case.lacks}")
    if not case.is_touch:
        return Verdict("go")
    day = case.get_day(now)
    bookings.take(case.customer, day)
    return Verdict("go", day=day)


def _refuse(case):
    """Return the verdict that ends a task for good, if there is one."""
    if not case.is_wanted:
        return Verdict("drop", "care_archived")
    if case.is_refused:
        return Verdict("drop", "care_refused")
    if case.skip_before and case.last_good < case.skip_before:
        return Verdict("miss", "care_skipped")
    return None


def _put_off(case, now, bookings):
    """Return the verdict that moves a task, or drops it after too many moves."""
    if case.is_paused:
        return _find_day(case, now, None, "care_paused")
    if case.lacks:
        return None
    if case.channel in MESSAGES:
        end = case.get_quiet_end(now)
        if end != now:
            return Verdict("later", "care_quiet", at=end)
    if case.is_touch and not bookings.is_free(case, case.get_day(now)):
        if not case.moves:
            return Verdict("drop", "care_crowded")
        return _find_day(case, now, bookings, "care_crowded")
    return None


def _find_day(case, now, bookings, code):
    """Return the next day, at the same hour, that is free."""
    clock = to_local(case.due, case.zone).time()
    last = case.get_day(case.first) + timedelta(days=case.keep_days)
    day = case.get_day(now) + timedelta(days=1)
    while day <= last:
        moment = to_utc(datetime.combine(day, clock), case.zone)
        if case.channel in MESSAGES:
            moment = case.get_quiet_end(moment)
        if bookings is None or bookings.is_free(case, case.get_day(moment)):
            return Verdict("later", code, at=moment)
        day += timedelta(days=1)
    return Verdict("drop", code)
