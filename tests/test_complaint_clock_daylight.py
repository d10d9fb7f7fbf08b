"""CO-4: clocks of a calendar in Berlin while its time changes, against a plain model
that looks at the clock on the wall every minute."""

from datetime import datetime, timedelta
from functools import cache
from itertools import product
from zoneinfo import ZoneInfo

from odoo.tests import BaseCase, tagged

from odoo.addons.crm_relations.tools.working_time import WorkingTime
from odoo.addons.crm_relations_complaint.tools.clock_time import ClockTime

ZONE = "Europe/Berlin"
MINUTE = timedelta(minutes=1)
# The Saturdays before: at 2:00 of the Sunday it is 3:00, at 3:00 of it 2:00.
CHANGES = {"spring": datetime(2026, 3, 28), "autumn": datetime(2026, 10, 24)}
HOURS = {"day": [(8, 12), (13, 17)], "night": [(0, 6), (22, 24)]}
TARGETS = ((90, "minute"), (5, "hour"), (11, "hour"), (2, "day"), (26, "any_hour"))


@cache
def look_at_wall(moment):
    wall = moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(ZONE))
    return wall.date(), wall.hour + wall.minute / 60


class Model:
    """Knows no formula: minute after minute, whether people work and no pause is on."""

    def __init__(self, hours, pauses):
        self.hours, self.pauses = hours, pauses

    def works(self, moment, unit="minute"):
        _day, hour = look_at_wall(moment)
        return unit == "any_hour" or any(a <= hour < b for a, b in self.hours)

    def stands_still(self, moment):
        return any(a <= moment < b for a, b in self.pauses)

    def get_deadline(self, start, target, unit):
        if unit == "day":
            return self._get_last_day(start, target)
        left = target * (1 if unit == "minute" else 60)
        while left:
            left -= self.works(start, unit) and not self.stands_still(start)
            start += MINUTE
        return start

    def _get_last_day(self, start, days):
        """The end of work on the last of so many local days, all of which are worked:
        those that begin within a pause do not count."""
        day, _hour = look_at_wall(start)
        moment, last = start, None
        while True:
            now, _hour = look_at_wall(moment)
            if now != day:
                if not days:
                    break
                day = now
                days -= not self.stands_still(moment)
            if not days and self.works(moment):
                last = moment + MINUTE
            moment += MINUTE
        return last

    def count(self, start, stop, unit):
        minutes = range(int((stop - start) / MINUTE))
        moments = (start + number * MINUTE for number in minutes)
        return sum(self.works(m, unit) and not self.stands_still(m) for m in moments)


@tagged("post_install", "-at_install")
class TestComplaintClockDaylight(BaseCase):
    def test_clocks_agree_with_the_clock_on_the_wall(self):
        for change, shift, pauses, start in self._get_cases():
            with self.subTest(f"{change} {shift} {start} {pauses}"):
                hours = HOURS[shift]
                time = ClockTime(WorkingTime(ZONE, [[hours] * 7]))
                begin = CHANGES[change] + start * MINUTE
                self._compare(time, Model(hours, pauses), begin)

    def _get_cases(self):
        """Yield change, shift, pauses and the minute of the Saturday on which it
        starts."""
        for change, shift in product(CHANGES, HOURS):
            pauses = self._get_pauses(CHANGES[change])
            starts = range(-300, 48 * 60, 307)
            yield from product([change], [shift], pauses, starts)

    def _get_pauses(self, saturday):
        """None; over the change; from within the hour that is left out or comes twice;
        two of one hour each around it."""
        at = lambda hours: saturday + timedelta(hours=hours)  # noqa: E731
        return (
            (),
            ((at(20), at(30)),),
            ((at(24.5), at(33)),),
            ((at(22.5), at(23.5)), (at(25), at(26))),
        )

    def _compare(self, time, model, start):
        for target, unit in TARGETS:
            deadline = time.plan(start, target, unit, model.pauses)
            if unit == "day" and any(a < deadline <= b for a, b in model.pauses):
                continue  # the next end of work after it, see the model of clocks
            self.assertEqual(deadline, model.get_deadline(start, target, unit), unit)
            for stop in (deadline - 7 * MINUTE, deadline + 61 * MINUTE):
                stop = max(start, stop)
                used = time.get_used(start, stop, unit, model.pauses)
                self.assertEqual(used, model.count(start, stop, unit), unit)
                begun, ended = sorted((stop, deadline))
                over = model.count(begun, ended, unit) * (1 if stop > deadline else -1)
                found = time.get_over(deadline, stop, unit, model.pauses)
                self.assertEqual(found, over, unit)

    def test_a_night_is_as_long_as_it_lasts(self):
        """22:00 to 6:00: seven hours in spring, nine in autumn."""
        time = ClockTime(WorkingTime(ZONE, [[HOURS["night"]] * 7]))
        for (change, saturday), hours in zip(CHANGES.items(), (7, 9), strict=True):
            evening = saturday + timedelta(hours=21 if change == "spring" else 20)
            morning = saturday + timedelta(hours=28 if change == "spring" else 29)
            with self.subTest(change):
                self.assertEqual(time.plan(evening, hours, "hour"), morning)
                self.assertEqual(time.get_used(evening, morning, "hour"), hours * 60)
                day = time.plan(evening, 24, "any_hour")
                self.assertEqual(day, evening + timedelta(hours=24))
