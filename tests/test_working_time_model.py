"""Working time agrees with a simulation that looks at the clock every minute.

The simulation knows no formula: it asks for each minute what the wall shows, and
whether people work then.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.crm_relations.tools.working_time import WorkingTime

MINUTE = timedelta(minutes=1)
UTC = ZoneInfo("UTC")
DAYS = 12
# Days around which clocks change somewhere, and ends of years and of February.
ANCHORS = [
    date(2024, 2, 27),
    date(2026, 3, 6),
    date(2026, 3, 26),
    date(2026, 4, 2),
    date(2026, 10, 1),
    date(2026, 10, 22),
    date(2026, 10, 30),
    date(2026, 12, 27),
    date(2027, 3, 25),
    date(2041, 10, 24),
]
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Shanghai",
    "Asia/Kathmandu",
    "America/St_Johns",
    "America/Nuuk",
    "Africa/Cairo",
    "Pacific/Chatham",
    "America/Havana",
    "UTC",
]


@st.composite
def hours_of_a_day(draw):
    """Return up to three pieces, those that touch or overlap included."""
    minutes = st.integers(0, 24 * 4).map(lambda quarter: quarter * 15)
    pieces = draw(st.lists(st.tuples(minutes, minutes), max_size=3))
    return [(a / 60, b / 60) for a, b in pieces if a < b]


@st.composite
def worlds(draw):
    """Return a calendar as a plain description, and a day near which to look."""
    weeks = draw(
        st.lists(
            st.lists(hours_of_a_day(), min_size=7, max_size=7), min_size=1, max_size=2
        )
    )
    assume(any(hours for week in weeks for hours in week))
    first = draw(st.sampled_from(ANCHORS)) + timedelta(days=draw(st.integers(-2, 2)))
    near = st.integers(0, DAYS).map(lambda number: first + timedelta(days=number))
    return {
        "tz": draw(st.sampled_from(ZONES)),
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
        weekday = day.weekday()
        if day in self.makeup_days:
            weekday = self.makeup_days[day]
        elif day in self.holidays:
            return False
        week = (day.toordinal() - 1) // 7 % 2 if len(self.weeks) == 2 else 0
        return any(a <= hour < b for a, b in self.weeks[week][weekday])

    def count(self, start, end):
        minutes = int((end - start) / MINUTE)
        return sum(self.works(start + number * MINUTE) for number in range(minutes))

    def plan(self, start, minutes, patience):
        """Return when ``minutes`` are worked, None after ``patience`` days."""
        for _number in range(patience * 24 * 60):
            minutes -= self.works(start)
            start += MINUTE
            if not minutes:
                return start
        return None

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
    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(world=worlds(), drawn=st.data())
    def test_elapsed_minutes_are_those_counted(self, world, drawn):
        assume(_is_minute_exact(world))
        start, end = sorted(
            drawn.draw(st.tuples(_moments(world["first"]), _moments(world["first"])))
        )
        counted = Simulation(world).count(start, end)
        elapsed = _build(world).elapsed(start, end, world["pauses"])
        self.assertEqual(elapsed, counted * 60)

    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(world=worlds(), drawn=st.data(), minutes=st.integers(1, 1500))
    def test_the_planned_end_is_the_one_waited_for(self, world, drawn, minutes):
        assume(_is_minute_exact(world))
        start = drawn.draw(_moments(world["first"]))
        waited = Simulation(world).plan(start, minutes, patience=20)
        assume(waited)
        planned = _build(world).plan(start, minutes * 60, world["pauses"])
        self.assertEqual(planned, waited)

    @settings(max_examples=25, deadline=None, derandomize=True)
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

    @settings(max_examples=300, deadline=None, derandomize=True)
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

    @settings(max_examples=300, deadline=None, derandomize=True)
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
