"""Working time agrees with a simulation that looks at the clock every minute.

The simulation knows no formula: it asks for each minute what the wall shows, and
whether people work then.
"""

from datetime import date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from trials import trials

from odoo.tests import BaseCase, tagged

from odoo.addons.crm_relations.tools.working_time import WorkingTime

MINUTE = timedelta(minutes=1)
UTC = ZoneInfo("UTC")
DAYS = 10
# Where clocks change, and a day on which they do; then zones in which they do not.
CHANGES = [
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("Europe/Berlin", date(2041, 10, 27)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("America/St_Johns", date(2026, 11, 1)),
    ("America/Nuuk", date(2026, 3, 28)),
    ("America/Nuuk", date(2026, 10, 24)),
    ("Africa/Cairo", date(2026, 4, 24)),
    ("Africa/Cairo", date(2026, 10, 29)),
    ("Pacific/Chatham", date(2026, 9, 27)),
    ("America/Santiago", date(2026, 9, 6)),
    ("America/Santiago", date(2026, 4, 5)),
    ("Asia/Beirut", date(2026, 3, 29)),
    ("America/Havana", date(2026, 3, 8)),
    ("America/Havana", date(2026, 11, 1)),
    ("Asia/Shanghai", date(2024, 2, 29)),
    ("Asia/Kathmandu", date(2026, 12, 31)),
    ("UTC", date(2027, 2, 28)),
]


@st.composite
def hours_of_a_day(draw):
    """Return up to three pieces, those that touch, overlap or go on after midnight
    included."""
    minutes = st.integers(0, 24 * 4).map(lambda quarter: quarter * 15)
    pieces = draw(st.lists(st.tuples(minutes, minutes), max_size=3))
    return [(a / 60, b / 60) for a, b in pieces if a != b]


@st.composite
def worlds(draw):
    """Return a calendar as a plain description, and a day near which to look."""
    weeks = draw(
        st.lists(
            st.lists(hours_of_a_day(), min_size=7, max_size=7), min_size=1, max_size=2
        )
    )
    assume(any(hours for week in weeks for hours in week))
    zone, change = draw(st.sampled_from(CHANGES))
    first = change - timedelta(days=draw(st.integers(1, 8)))
    near = st.integers(0, DAYS).map(lambda number: first + timedelta(days=number))
    return {
        "tz": zone,
        "weeks": weeks,
        "first": first,
        "holidays": draw(st.sets(near, max_size=4)),
        "makeup_days": draw(st.dictionaries(near, st.integers(0, 6), max_size=3)),
        "closings": draw(st.lists(_spans(first, 90, 600), max_size=2)),
        "pauses": draw(st.lists(_spans(first, 1, 4000), max_size=3)),
    }


def _moments(first):
    start = datetime.combine(first, time())
    return st.integers(0, DAYS * 24 * 60).map(lambda number: start + number * MINUTE)


def _spans(first, shortest, longest):
    return st.tuples(_moments(first), st.integers(shortest, longest)).map(
        lambda drawn: (drawn[0], drawn[0] + drawn[1] * MINUTE)
    )


class Simulation:
    """Look at the clock every minute."""

    def __init__(self, world):
        self.__dict__.update(world)
        self.zone = ZoneInfo(self.tz)

    def works(self, moment):
        """Return whether the minute that begins at ``moment`` is worked."""
        if any(a <= moment < b for a, b in [*self.closings, *self.pauses]):
            return False
        local = moment.replace(tzinfo=UTC).astimezone(self.zone)
        return self.is_rostered(local.date(), local.hour + local.minute / 60)

    def is_rostered(self, day, hour):
        if day in self.holidays and day not in self.makeup_days:
            return False
        weekday = self.makeup_days.get(day, day.weekday())
        return any(a <= hour < b for a, b in self.get_hours(day, weekday))

    def get_hours(self, day, weekday):
        """Return what is worked on this day, as if it were that day of its week."""
        # Day 1 was a Monday, of the first week.
        days = [hours for week in self.weeks for hours in week]
        place = (day.toordinal() - day.isoweekday() + weekday) % len(days)
        today = [(a, b if a < b else 24) for a, b in days[place]]
        # What began yesterday and ends after midnight.
        return today + [(0, b) for a, b in days[place - 1] if b < a]

    def count_up(self, start, days):
        """Return how much has been worked after each minute from ``start`` on."""
        minutes = (start + number * MINUTE for number in range(days * 24 * 60))
        return list(accumulate(map(self.works, minutes), initial=0))

    def is_workday(self, day):
        start = datetime.combine(day, time()) - timedelta(days=1)
        moments = [start + number * MINUTE for number in range(3 * 24 * 60)]
        return any(
            self.works(moment)
            for moment in moments
            if moment.replace(tzinfo=UTC).astimezone(self.zone).date() == day
        )


def _build(world):
    """Return the calendar: a holiday is a closing from midnight to midnight, written
    as Odoo writes it."""
    plain = WorkingTime(world["tz"], world["weeks"])
    holidays = [plain.get_day_bounds(day) for day in sorted(world["holidays"])]
    return WorkingTime(
        world["tz"],
        world["weeks"],
        [(start, end - timedelta(seconds=1)) for start, end in holidays]
        + world["closings"],
        world["makeup_days"],
    )


def _is_minute_exact(world):
    """Return whether no closing of some hours ends within the last minute of a day
    or, with its neighbours, takes a whole one: those have rules of their own."""
    calendar = _build({**world, "makeup_days": {}})
    if any(
        calendar.is_closed(day) and day not in world["holidays"]
        for day in world["makeup_days"]
    ):
        return False
    zone = ZoneInfo(world["tz"])
    ends = [b.replace(tzinfo=UTC).astimezone(zone) for _a, b in world["closings"]]
    return all((end.hour, end.minute) != (23, 59) for end in ends)


@tagged("post_install", "-at_install")
class TestWorkingTimeModel(BaseCase):
    @settings(max_examples=trials(120), deadline=None, derandomize=True)
    @given(world=worlds(), random=st.randoms(use_true_random=False))
    def test_every_minute_counts_as_the_clock_says(self, world, random):
        """From one start on, to many ends and for many lengths."""
        assume(_is_minute_exact(world))
        calendar, pauses = _build(world), world["pauses"]
        start = datetime.combine(world["first"], time())
        start += random.randrange(24 * 60) * MINUTE
        worked = Simulation(world).count_up(start, DAYS)
        for number in random.sample(range(len(worked)), 60):
            end = start + number * MINUTE
            elapsed = calendar.elapsed(start, end, pauses)
            self.assertEqual(elapsed, worked[number] * 60)
        lengths = range(1, worked[-1] + 1)
        for minutes in random.sample(lengths, min(60, len(lengths))):
            end = start + worked.index(minutes) * MINUTE
            self.assertEqual(calendar.plan(start, minutes * 60, pauses), end)

    @settings(max_examples=trials(25), deadline=None, derandomize=True)
    @given(world=worlds(), shift=st.integers(0, DAYS), days=st.integers(1, 4))
    def test_workdays_are_days_with_a_minute_of_work(self, world, shift, days):
        world["pauses"] = []
        assume(_is_minute_exact(world))
        simulation, calendar = Simulation(world), _build(world)
        start = world["first"] + timedelta(days=shift)
        following = [start + timedelta(days=number) for number in range(1, 8)]
        works = [day for day in following if simulation.is_workday(day)]
        self.assertEqual(calendar.get_workdays(following[0], following[-1]), works)
        if len(works) >= days:
            self.assertEqual(calendar.plan_workdays(start, days), works[days - 1])

    @settings(max_examples=trials(300), deadline=None, derandomize=True)
    @given(world=worlds(), drawn=st.data(), seconds=st.integers(0, 3_000_000))
    def test_planned_time_elapses_exactly(self, world, drawn, seconds):
        """Seconds and years ahead, where nobody wants to count minutes."""
        calendar, pauses = _build(world), world["pauses"]
        start = drawn.draw(_moments(world["first"])) + timedelta(seconds=seconds % 60)
        end = calendar.plan(start, seconds, pauses)
        self.assertEqual(calendar.elapsed(start, end, pauses), seconds)
        if seconds:
            before = end - timedelta(seconds=1)
            self.assertEqual(calendar.elapsed(start, before, pauses), seconds - 1)

    @settings(max_examples=trials(300), deadline=None, derandomize=True)
    @given(
        world=worlds(),
        drawn=st.data(),
        seconds=st.integers(0, 500_000),
        more=st.integers(0, 500_000),
    )
    def test_more_work_or_a_later_start_never_ends_earlier(
        self, world, drawn, seconds, more
    ):
        calendar, pauses = _build(world), world["pauses"]
        start = drawn.draw(_moments(world["first"]))
        end = calendar.plan(start, seconds, pauses)
        self.assertLessEqual(end, calendar.plan(start, seconds + more, pauses))
        later = start + timedelta(seconds=more)
        self.assertLessEqual(end, calendar.plan(later, seconds, pauses))
        self.assertLessEqual(calendar.plan(start, seconds, []), end)
