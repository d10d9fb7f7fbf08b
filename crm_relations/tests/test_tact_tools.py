from datetime import date, datetime, timedelta

from odoo.tests import BaseCase, tagged

from odoo.addons.crm_relations.tools.tact import (
    Bookings,
    Case,
    get_quiet_end,
    judge,
    leave_quiet_hours,
    to_local,
    to_utc,
)

NOW = datetime(2026, 5, 5, 10)


@tagged("post_install", "-at_install")
class TestTactTools(BaseCase):
    """CA-4: whether, and when, a customer is reached."""

    def _create_case(self, number=1, **values):
        values = {
            "id": number,
            "customer": 1,
            "channel": "sms",
            "due": NOW,
            "zone": "UTC",
            "importance": 1,
            "is_touch": True,
            "keep_days": 7,
        } | values
        return Case(**values)

    def _judge(self, *cases, now=NOW, taken=()):
        bookings = Bookings()
        for day in taken:
            bookings.take(1, day)
        for case in cases:
            if case.is_touch:
                bookings.wish(case, case.get_day(max(case.due, now)))
        due = [case for case in cases if case.due <= now]
        ranked = sorted(due, key=lambda case: case.rank)
        return {case.id: judge(case, now, bookings) for case in ranked}

    def test_quiet_hours_over_midnight_and_within_a_day(self):
        for hours, at, until in (
            ((21, 8), (20, 59), (20, 59)),
            ((21, 8), (21, 0), (32, 0)),
            ((21, 8), (0, 0), (8, 0)),
            ((21, 8), (7, 59), (8, 0)),
            ((21, 8), (8, 0), (8, 0)),
            ((12, 13.5), (12, 0), (13, 30)),
            ((12, 13.5), (13, 30), (13, 30)),
            ((0, 0), (3, 0), (3, 0)),
            ((9, 9), (9, 0), (9, 0)),
        ):
            with self.subTest(hours=hours, at=at):
                day = datetime(2026, 5, 5)
                found = leave_quiet_hours(
                    day + timedelta(hours=at[0], minutes=at[1]), *hours
                )
                self.assertEqual(
                    found, day + timedelta(hours=until[0], minutes=until[1])
                )

    def test_the_hour_that_summer_time_skips(self):
        """In Berlin 02:30 does not exist on 2026-03-29."""
        moment = to_utc(datetime(2026, 3, 29, 2, 30), "Europe/Berlin")
        self.assertEqual(to_local(moment, "Europe/Berlin").hour, 3)
        twice = to_utc(datetime(2026, 10, 25, 2, 30), "Europe/Berlin")
        self.assertEqual(twice, datetime(2026, 10, 25, 0, 30))

    def test_quiet_hours_never_end_before_they_are_left(self):
        """02:30 comes twice in Berlin on 2026-10-25, at 00:30 and at 01:30 UTC; 01:45
        twice in New York on 2026-11-01, and in the half hour of Lord Howe Island."""
        for zone, quiet, moment, end in (
            ("Europe/Berlin", (22, 2.5), "2026-10-25 00:15", "2026-10-25 00:30"),
            ("Europe/Berlin", (22, 2.5), "2026-10-25 00:45", "2026-10-25 00:45"),
            ("Europe/Berlin", (22, 2.5), "2026-10-25 01:15", "2026-10-25 01:30"),
            ("America/New_York", (21, 1.75), "2026-11-01 05:44", "2026-11-01 05:45"),
            ("America/New_York", (21, 1.75), "2026-11-01 06:44", "2026-11-01 06:45"),
            ("Australia/Lord_Howe", (21, 1.75), "2026-04-04 15:10", "2026-04-04 15:15"),
        ):
            with self.subTest(zone=zone, moment=moment):
                found = get_quiet_end(datetime.fromisoformat(moment), zone, *quiet)
                self.assertEqual(found, datetime.fromisoformat(end))

    def test_quiet_hours_are_those_of_the_customer(self):
        """10:00 UTC is 22:00 in Auckland, where the night ends at 20:00 UTC."""
        case = self._create_case(zone="Pacific/Auckland", quiet=(21, 8))
        verdict = self._judge(case)[1]
        self.assertEqual((verdict.kind, verdict.code), ("later", "care_quiet"))
        self.assertEqual(verdict.at, datetime(2026, 5, 5, 20))

    def test_people_are_not_bound_to_the_quiet_hours_of_messages(self):
        for channel, kind in (("activity", "go"), ("email", "later")):
            case = self._create_case(channel=channel, quiet=(8, 12))
            self.assertEqual(self._judge(case)[1].kind, kind)

    def test_the_more_important_wins_then_the_earlier_then_the_older(self):
        for first, second in (
            ({"importance": 2}, {"importance": 1}),
            ({"due": NOW - timedelta(hours=1)}, {}),
            ({}, {}),
        ):
            verdicts = self._judge(
                self._create_case(1, **first), self._create_case(2, **second)
            )
            self.assertEqual(verdicts[1].kind, "go")
            self.assertEqual(
                (verdicts[2].kind, verdicts[2].code, verdicts[2].at.date()),
                ("later", "care_crowded", date(2026, 5, 6)),
            )

    def test_what_comes_later_in_the_day_and_matters_more_is_waited_for(self):
        evening = self._create_case(2, due=NOW + timedelta(hours=8), importance=3)
        self.assertEqual(self._judge(self._create_case(), evening)[1].kind, "later")
        tomorrow = self._create_case(2, due=NOW + timedelta(days=1), importance=3)
        self.assertEqual(self._judge(self._create_case(), tomorrow)[1].kind, "go")

    def test_what_is_dropped_stands_in_nobodys_way(self):
        refused = self._create_case(2, importance=3, is_refused=True)
        self.assertEqual(self._judge(self._create_case(), refused)[1].kind, "go")

    def test_it_moves_past_taken_days_and_is_dropped_in_the_end(self):
        taken = [date(2026, 5, day) for day in (5, 6, 7)]
        moved = self._judge(self._create_case(), taken=taken)[1]
        self.assertEqual(moved.at, datetime(2026, 5, 8, 10))
        dropped = self._judge(self._create_case(keep_days=2), taken=taken)[1]
        self.assertEqual((dropped.kind, dropped.code), ("drop", "care_crowded"))
        at_once = self._judge(self._create_case(moves=False), taken=taken)[1]
        self.assertEqual(at_once.kind, "drop")

    def test_two_that_move_do_not_move_to_the_same_day(self):
        verdicts = self._judge(*(self._create_case(number) for number in (1, 2, 3)))
        days = [verdicts[number].at.date() for number in (2, 3)]
        self.assertEqual(days, [date(2026, 5, 6), date(2026, 5, 7)])

    def test_a_paused_customer_is_asked_again_every_day_up_to_a_limit(self):
        paused = self._create_case(is_paused=True)
        self.assertEqual(self._judge(paused)[1].at, datetime(2026, 5, 6, 10))
        old = self._create_case(
            is_paused=True, first_due=NOW - timedelta(days=7), keep_days=7
        )
        self.assertEqual(self._judge(old)[1].kind, "drop")

    def test_what_is_due_ahead_of_its_occasion_is_good_until_then(self):
        ahead = {"due": NOW - timedelta(days=3), "skip_before": NOW - timedelta(1)}
        verdicts = self._judge(
            self._create_case(1, occasion=date(2026, 5, 5), **ahead),
            self._create_case(2, occasion=date(2026, 5, 2), customer=2, **ahead),
        )
        self.assertEqual([verdicts[1].kind, verdicts[2].kind], ["go", "miss"])

    def test_what_has_waited_longer_goes_first(self):
        waiting = self._create_case(2, first_due=NOW - timedelta(days=3))
        verdicts = self._judge(self._create_case(1), waiting)
        self.assertEqual([verdicts[1].kind, verdicts[2].kind], ["later", "go"])

    def test_what_is_good_exactly_until_then_is_not_missed(self):
        for second, kind in ((0, "go"), (1, "miss")):
            case = self._create_case(skip_before=NOW + timedelta(seconds=second))
            self.assertEqual(self._judge(case)[1].kind, kind)

    def test_it_may_move_to_the_last_day_that_it_is_kept(self):
        taken = [date(2026, 5, day) for day in (5, 6)]
        moved = self._judge(self._create_case(keep_days=2), taken=taken)[1]
        self.assertEqual(moved.at, datetime(2026, 5, 7, 10))

    def test_what_moves_to_another_day_waits_for_the_end_of_its_night(self):
        early = self._create_case(due=NOW.replace(hour=7), quiet=(21, 8))
        moved = self._judge(early, taken=[date(2026, 5, 5)])[1]
        self.assertEqual(moved.at, datetime(2026, 5, 6, 8))

    def test_what_cannot_be_sent_does_not_wait_for_the_morning(self):
        case = self._create_case(lacks="number", quiet=(8, 12))
        verdict = self._judge(case)[1]
        self.assertEqual((verdict.kind, verdict.code), ("fall_back", "care_no_number"))

    def test_what_cannot_be_sent_stands_in_nobodys_way(self):
        lacking = self._create_case(2, importance=3, lacks="number")
        self.assertEqual(self._judge(self._create_case(), lacking)[1].kind, "go")

    def test_a_day_is_the_one_that_the_customer_has(self):
        """13:00 UTC is 01:00 of the next day in Auckland."""
        case = self._create_case(zone="Pacific/Auckland", channel="activity")
        later = NOW.replace(hour=13)
        self.assertEqual(self._judge(case, now=later)[1].day, date(2026, 5, 6))
        blocked = self._judge(case, now=later, taken=[date(2026, 5, 6)])[1]
        self.assertEqual(blocked.kind, "later")

    def test_what_is_no_touch_takes_no_day(self):
        paused = self._create_case(2, importance=3, is_touch=False, is_paused=True)
        moved = self._judge(self._create_case(), paused, taken=[date(2026, 5, 5)])[1]
        self.assertEqual(moved.at.date(), date(2026, 5, 6))

    def test_what_is_no_touch_goes_whatever_else_the_day_has(self):
        """It has no day, and leaves it to the next."""
        task = self._create_case(2, importance=3, is_touch=False)
        verdicts = self._judge(self._create_case(), task)
        self.assertEqual([verdicts[number].kind for number in (2, 1)], ["go", "go"])
        self.assertEqual((verdicts[2].day, verdicts[1].day), (None, NOW.date()))
        self.assertEqual(self._judge(task, taken=[NOW.date()])[2].kind, "go")

    def test_an_archived_customer_gets_nothing_whatever_else_is_said(self):
        for values in ({}, {"is_refused": True}, {"is_paused": True}):
            verdict = self._judge(self._create_case(is_wanted=False, **values))[1]
            self.assertEqual((verdict.kind, verdict.code), ("drop", "care_archived"))

    def test_what_wakes_nobody_moves_to_its_hour_of_another_day(self):
        early = self._create_case(
            due=NOW.replace(hour=7), quiet=(21, 8), channel="activity"
        )
        moved = self._judge(early, taken=[date(2026, 5, 5)])[1]
        self.assertEqual(moved.at, datetime(2026, 5, 6, 7))
