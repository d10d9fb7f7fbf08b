"""Time limits of laws and schemes that others have published, with their last moment.

Sources: FCA, DISP 1.5 (third business day) and 1.6 (eight weeks); manual of the CFPB
for companies (15 and 60 calendar days; 10 before 2011); BBB (14 days); section 10 of
the British FOIA with the deadlines over Christmas 2014 that confirmordeny and the
Information Commissioner count; the
European Regulation 1182/71, article 3 (a period ends with its last hour, of the next
working day where the last day is a day off); articles 201 to 203 of the Civil Code of
China with the make-up days of 2026; Berend v ICO (a day lasts until midnight); a
walkthrough of five working days from 1 February 2022; the months of the Information
Commissioner's guide to requests of data subjects (31 March, 25 November), of article 3
of 1182/71 and of articles 202 and 203 of the Civil Code; DISP 1.6.2A (15 and 35
business days), the Irish Consumer Protection Code (5 and 40 working days), 14 CFR
259.7 (60 days), RG 271 of the ASIC (30 days), directive 2011/83/EU (14 days), the
Canadian Bank Act (56 days), the Indian rules of e-commerce (48 hours), the Chinese
measures for complaints to market regulators (7 and 15 working days, 45 days) and
article 25 of the law of consumers (7 days). Facts only.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from odoo.tests import BaseCase, freeze_time, tagged

from odoo.addons.crm_relations.tools import public_holidays
from odoo.addons.crm_relations.tools.working_time import WorkingTime

from ..tools.clock_time import ClockTime
from .common.clock import ClockCommon

OFFICE = [[(9, 17)]] * 5 + [[]] * 2
# Zone, days off, received, how much, due; on the wall. 24:00 is the midnight after.
LONDON = ("Europe/London", "GB", "ENG")
BERLIN = ("Europe/Berlin", "DE")
SHANGHAI = ("Asia/Shanghai", "CN")
CHICAGO = ("America/Chicago", "US")
NEW_YORK = ("America/New_York", "US")
TORONTO = ("America/Toronto", "CA", "ON")
SYDNEY = ("Australia/Sydney", "AU", "NSW")
DUBLIN = ("Europe/Dublin", "IE")
LIMITS = (
    # Eight weeks over the change of the clocks, received at night.
    (LONDON, "2026-03-02 23:30", 56, "any_day", "2026-04-27 24:00"),
    (LONDON, "2026-10-01 00:10", 56, "any_day", "2026-11-26 24:00"),
    # The third business day, over Easter and from a Saturday.
    (LONDON, "2026-04-01 16:59", 3, "day", "2026-04-08 17:00"),
    (LONDON, "2026-05-23 12:00", 3, "day", "2026-05-28 17:00"),
    # Calendar days end on a Sunday, on New Year's Eve, on 29 February.
    (CHICAGO, "2026-07-11 08:00", 15, "any_day", "2026-07-26 24:00"),
    (CHICAGO, "2026-11-01 00:30", 60, "any_day", "2026-12-31 24:00"),
    (CHICAGO, "2028-02-19 18:00", 10, "any_day", "2028-02-29 24:00"),
    (CHICAGO, "2026-03-01 01:30", 14, "any_day", "2026-03-15 24:00"),
    # Last day a Saturday, a Sunday, 25 December (a Friday), a working day.
    (BERLIN, "2026-08-13 10:00", 30, "any_day_open", "2026-09-14 24:00"),
    (BERLIN, "2026-08-14 10:00", 30, "any_day_open", "2026-09-14 24:00"),
    (BERLIN, "2026-11-25 10:00", 30, "any_day_open", "2026-12-28 24:00"),
    (BERLIN, "2026-08-17 10:00", 30, "any_day_open", "2026-09-16 24:00"),
    # Within the week of National Day; on a Saturday that is worked instead of one of
    # its days; on a Sunday before it that is worked.
    (SHANGHAI, "2026-09-18 10:00", 15, "any_day_open", "2026-10-08 24:00"),
    (SHANGHAI, "2026-09-25 10:00", 15, "any_day_open", "2026-10-10 24:00"),
    (SHANGHAI, "2026-09-05 10:00", 15, "any_day_open", "2026-09-20 24:00"),
    # Months: no such date, a week-end and a bank holiday after it; Christmas.
    (LONDON, "2022-03-31 10:00", 1, "any_month_open", "2022-05-03 24:00"),
    (LONDON, "2025-11-25 10:00", 1, "any_month_open", "2025-12-29 24:00"),
    (LONDON, "2026-09-03 23:30", 1, "any_month", "2026-10-03 24:00"),
    (BERLIN, "2026-01-31 10:00", 1, "any_month", "2026-02-28 24:00"),
    (BERLIN, "2026-01-31 10:00", 1, "any_month_open", "2026-03-02 24:00"),
    (BERLIN, "2027-11-30 10:00", 3, "any_month", "2028-02-29 24:00"),
    (SHANGHAI, "2026-08-31 10:00", 1, "any_month_open", "2026-09-30 24:00"),
    (SHANGHAI, "2026-09-01 10:00", 1, "any_month_open", "2026-10-08 24:00"),
    # Business days over Christmas (the day after it is a Saturday: Monday is off), over
    # Saint Patrick's Day, over Easter, of which Friday is worked in Ireland.
    (LONDON, "2026-12-21 10:00", 15, "day", "2027-01-14 17:00"),
    (LONDON, "2026-12-21 10:00", 35, "day", "2027-02-11 17:00"),
    (DUBLIN, "2026-03-13 16:00", 5, "day", "2026-03-23 17:00"),
    (DUBLIN, "2026-04-01 09:00", 40, "day", "2026-05-29 17:00"),
    # Days of the calendar over New Year, over the change of clocks in the south, to a
    # first of May; hours through the night that has one less.
    (NEW_YORK, "2026-12-31 23:50", 60, "any_day", "2027-03-01 24:00"),
    (SYDNEY, "2026-09-20 23:30", 30, "any_day", "2026-10-20 24:00"),
    (BERLIN, "2026-04-17 18:00", 14, "any_day_open", "2026-05-04 24:00"),
    (TORONTO, "2026-01-31 12:00", 56, "any_day", "2026-03-28 24:00"),
    (NEW_YORK, "2026-03-07 10:00", 48, "any_hour", "2026-03-09 11:00"),
    (NEW_YORK, "2026-10-31 10:00", 48, "any_hour", "2026-11-02 09:00"),
    # Working days of China over National Day and over the Spring Festival, of which
    # two Saturdays are worked; days of the calendar within National Day.
    (SHANGHAI, "2026-09-24 10:00", 7, "day", "2026-10-12 17:00"),
    (SHANGHAI, "2026-02-10 10:00", 15, "day", "2026-03-09 17:00"),
    (SHANGHAI, "2026-09-28 20:00", 7, "any_day_open", "2026-10-08 24:00"),
    (SHANGHAI, "2026-08-20 10:00", 45, "any_day", "2026-10-04 24:00"),
    # Five working days from a Tuesday; 4 and 5 February are Friday and Saturday.
    (("Asia/Hong_Kong", None), "2022-02-01 09:00", 5, "day", "2022-02-08 17:00"),
)


def to_utc(zone, text):
    day, clock = text.split()
    moment = datetime.fromisoformat(day)
    if clock == "24:00":
        moment += timedelta(days=1)
    else:
        moment = datetime.fromisoformat(text)
    moment = moment.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
    return moment.replace(tzinfo=None)


def make_time(zone, country, part=None, more=()):
    days, makeup = dict.fromkeys(more), {}
    for year in range(2014, 2029) if country else ():
        days |= public_holidays.get_holidays(country, year, part)
        made_up = public_holidays.get_makeup_days(country, year)
        makeup |= {day: weekday for day, (_name, weekday) in made_up.items()}
    closings = [
        tuple(to_utc(zone, f"{day} {clock}") for clock in ("00:00", "24:00"))
        for day in days
    ]
    return ClockTime(WorkingTime(zone, [OFFICE], closings, makeup))


@tagged("post_install", "-at_install")
class TestPublishedLimits(BaseCase):
    def test_limits(self):
        for place, start, amount, unit, due in LIMITS:
            zone = place[0]
            with self.subTest(zone=zone, start=start):
                time = make_time(*place)
                found = time.plan(to_utc(zone, start), amount, unit)
                self.assertEqual(found, to_utc(zone, due))

    def test_twenty_working_days_over_christmas(self):
        """Days off anywhere in the United Kingdom count nowhere: 1 December 2014 and
        2 January 2015 were days off in Scotland; a request is received on either."""
        zone, scottish = "Europe/London", (date(2014, 12, 1), date(2015, 1, 2))
        time = make_time(*LONDON, scottish)
        for start, due in (("2014-12-01", "2014-12-31"), ("2014-12-02", "2015-01-05")):
            found = time.plan(to_utc(zone, f"{start} 10:00"), 20, "day")
            self.assertEqual(found, to_utc(zone, f"{due} 17:00"))

    def test_after_hours_counts_as_the_next_working_day(self):
        """What is received at closing time is in time, a second later it is not; before
        opening and at lunch it is the same day. Hours count as ever."""
        time = make_time(*LONDON)
        for start, amount, unit, due in (
            ("2026-03-06 17:00:00", 3, "day", "2026-03-11 17:00"),
            ("2026-03-06 17:00:01", 3, "day", "2026-03-12 17:00"),
            ("2026-03-07 12:00", 14, "any_day", "2026-03-23 24:00"),
            ("2026-03-06 07:00", 14, "any_day", "2026-03-20 24:00"),
            # The Thursday before Easter, at night: the Tuesday after.
            ("2026-04-02 22:00", 1, "any_month", "2026-05-07 24:00"),
            ("2026-03-06 18:00", 4, "hour", "2026-03-09 13:00"),
            ("2026-03-06 18:00", 4, "any_hour", "2026-03-06 22:00"),
        ):
            with self.subTest(start=start, unit=unit):
                found = time.plan(
                    to_utc(LONDON[0], start), amount, unit, from_opening=True
                )
                self.assertEqual(found, to_utc(LONDON[0], due))

    def test_days_without_work_put_a_month_off(self):
        zone = "Europe/Berlin"
        pause = tuple(to_utc(zone, f"2026-06-{day} 10:00") for day in ("03", "05"))
        found = make_time(*BERLIN).plan(
            to_utc(zone, "2026-06-01 10:00"), 1, "any_month", [pause]
        )
        self.assertEqual(found, to_utc(zone, "2026-07-03 24:00"))

    def test_a_pause_of_calendar_days(self):
        """Two days of it do not count; due while it is on, it is due after it."""
        zone = "Europe/Berlin"
        time = make_time(*BERLIN)
        start = to_utc(zone, "2026-06-01 10:00")
        for begin, end, due in (
            ("2026-06-03 10:00", "2026-06-05 10:00", "2026-06-13 24:00"),
            ("2026-06-10 10:00", "2026-06-14 10:00", "2026-06-15 24:00"),
            ("2026-06-12 00:00", "2026-06-14 10:00", "2026-06-11 24:00"),
        ):
            with self.subTest(begin=begin):
                pause = to_utc(zone, begin), to_utc(zone, end)
                found = time.plan(start, 10, "any_day", [pause])
                self.assertEqual(found, to_utc(zone, due))
        still_on = [(to_utc(zone, "2026-06-03 10:00"), None)]
        self.assertIsNone(time.plan(start, 10, "any_day", still_on))

    def test_who_is_warned_of_midnight_is_warned_while_people_work(self):
        """A limit over on Sunday at midnight: an hour of work before is on Friday."""
        zone = "Europe/Berlin"
        start, deadline = (
            to_utc(zone, text) for text in ("2026-06-01 10:00", "2026-06-14 24:00")
        )
        for minutes, moment in (
            (-60, "2026-06-12 16:00"),
            (0, "2026-06-14 24:00"),
            (60, "2026-06-15 10:00"),
        ):
            with self.subTest(minutes=minutes):
                found = make_time(*BERLIN).get_moment(
                    start, deadline, minutes, "any_day"
                )
                self.assertEqual(found, to_utc(zone, moment))


@tagged("post_install", "-at_install")
class TestCalendarDays(ClockCommon):
    """Clocks in calendar days, of a complaint."""

    def _start(self, text, target, unit):
        line = self.policy.line_ids.filtered(lambda one: one.kind_id == self.solution)
        line.write({"target": target, "unit": unit, "again_target": 0})
        complaint = self._register_at(text)
        return complaint, self._get_clock(complaint, self.solution)

    def test_the_whole_of_the_last_day_is_in_time(self):
        for moment, result in (("+Sun 23:59", "met"), ("++Mon 0:01", "late")):
            complaint, clock = self._start("Sat 23:30", 8, "any_day")
            self.assertEqual(clock.deadline_at, self.at("++Mon 0:00"))
            complaint._record("solved", self.at(moment))
            self.assertResult(clock, result)

    def test_one_that_must_end_on_a_working_day_waits_for_it(self):
        _complaint, clock = self._start("Thu 9:00", 10, "any_day_open")
        self.assertEqual(clock.deadline_at, self.at("++Tue 0:00"))

    def test_months_are_told_and_counted(self):
        complaint, clock = self._start("Mon 9:00", 1, "any_month")
        self.assertEqual(clock.target_words, "1 calendar month")
        self.assertEqual(str(clock.deadline_at), "2026-04-02 16:00:00")
        with freeze_time(self.at("Mon 9:00")):
            self.env.invalidate_all()
            self.assertEqual(clock.standing, "31 days left")
        complaint._record("solved", self.at("Tue 9:00"))
        self.assertResult(clock, "met")

    def test_after_hours_is_of_the_policy_and_stays_with_the_clock(self):
        for is_on, due in ((False, "+Tue 17:00"), (True, "+Wed 17:00")):
            self.policy.from_opening = is_on
            complaint, clock = self._start("Fri 18:00", 2, "day")
            self.policy.from_opening = not is_on
            self.assertEqual(clock.deadline_at, self.at(due))
            complaint._record("solved", self.at("+Wed 16:00"))
            self.assertResult(clock, "met" if is_on else "late")
        self.policy.from_opening = True
        self.assertIn("After hours counts as the next", self.policy.sentence)

    def test_what_is_left_is_told_in_days_and_on_the_last_in_hours(self):
        complaint, clock = self._start("Sat 23:30", 8, "any_day")
        self.assertEqual(clock.target_words, "8 calendar days")
        for moment, words in (
            ("Sat 23:40", "8 days left"),
            ("+Sat 0:00", "2 days left"),
            ("+Sat 23:59", "1 day left"),
            ("+Sun 14:00", "10 h left"),
            ("++Mon 9:00", "9 h overdue"),
            ("++Tue 0:30", "1 day overdue"),
        ):
            with freeze_time(self.at(moment)), self.subTest(moment):
                self.env.invalidate_all()
                self.assertEqual(clock.standing, words)
        complaint._record("solved", self.at("+Sun 20:00"))
        self.assertEqual(clock.standing, "Met, 4 h to spare")

    def test_a_policy_says_so_in_its_sentence(self):
        line = self.policy.line_ids.filtered(lambda one: one.kind_id == self.solution)
        line.write({"target": 15, "unit": "any_day_open", "again_target": 1})
        self.assertIn(
            "within 15 calendar days, the last one a working day (after reopening 1)",
            self.policy.sentence,
        )
