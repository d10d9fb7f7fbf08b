"""What clocks of a complaint show: a plain model in Python, random histories for it.

Written from the requirements alone. It knows no formula: it walks from minute to minute
and asks whether people work then and no pause is on. Minutes count from Monday 0:00 on
the wall; people work Monday to Friday, 8 to 12 and 13 to 17.
"""

from hypothesis import strategies as st

DAY = 24 * 60
HOURS = [(8 * 60, 12 * 60), (13 * 60, 17 * 60)]
# Kind: (starts, stops, unit, target, target after reopening, whether pauses count).
KINDS = {
    "contact": (("registered", "reopened"), ("contacted",), "minute", 60, 60, True),
    "solution": (("registered", "reopened"), ("solved",), "day", 2, 1, True),
    "term": (("registered",), ("solved",), "hour", 6, 6, False),
    "confirmation": (("solved",), ("confirmed", "disputed"), "hour", 4, 4, True),
}
SOLVED_ENDS = {"contact", "solution", "term"}
ENDINGS = {"closed", "withdrawn"}
EVENTS = st.sampled_from(
    [
        *("pause", "pause", "resume", "resume", "contacted", "solved", "disputed"),
        *("confirmed", "close", "reopen", "withdraw"),
    ]
)
# What happens, and how many minutes after what happened before.
HISTORIES = st.lists(
    st.tuples(EVENTS, st.integers(0, 3 * DAY) | st.integers(0, 240)), max_size=12
)
STARTS = st.integers(0, 7 * DAY)


def works(minute):
    day, rest = divmod(minute, DAY)
    return day % 7 < 5 and any(begin <= rest < end for begin, end in HOURS)


class Clock:
    def __init__(self, kind, start, number):
        self.kind, self.start, self.number = kind, start, number
        _starts, _stops, self.unit, first, again, self.pauses_count = KINDS[kind]
        self.target = again if number > 1 else first
        self.pauses, self.result, self.used = [], "running", None

    def pause(self, at):
        if self.result == "running" and self.pauses_count:
            self.pauses.append([at, None])
            self.result = "paused"

    def resume(self, at):
        if self.result == "paused":
            self.pauses[-1][1] = at
            self.result = "running"

    def stop(self, at, is_event):
        deadline = self.get_deadline(at)
        is_late = deadline is not None and at > deadline
        self.used = self.count(at)
        self.result = "late" if is_late else "met" if is_event else "cancelled"
        self.pauses = [[a, at if b is None else b] for a, b in self.pauses]

    def stands_still(self, minute):
        return any(a <= minute and (b is None or minute < b) for a, b in self.pauses)

    def count(self, until):
        return sum(
            works(minute) and not self.stands_still(minute)
            for minute in range(self.start, until)
        )

    def get_deadline(self, now):
        """Return the first minute at which the target is used up, None if the pause
        that is on comes before."""
        if self.unit == "day":
            return self._get_last_day(now)
        left = self.target * (60 if self.unit == "hour" else 1)
        minute = self.start
        while left:
            if any(b is None and a <= minute for a, b in self.pauses):
                return None
            left -= works(minute) and not self.stands_still(minute)
            minute += 1
        return minute

    def _get_last_day(self, now):
        """Day after day: a working day counts unless a pause was on as it began. Where
        a pause is on as the last one ends, the next end of work after it."""
        day, left = self.start // DAY, self.target
        while left:
            day += 1
            counts = works(day * DAY + HOURS[0][0])
            left -= counts and not self._begins_in_a_pause(day, now)
        minute = day * DAY + HOURS[-1][1]
        while pause := self._get_pause_at_the_end(minute):
            if pause[1] is None:
                return None
            minute = self._get_next_end_of_work(minute)
        return minute

    def _get_pause_at_the_end(self, minute):
        """Return the pause that is on as work ends at this minute."""
        on = (
            (begin, end)
            for begin, end in self.pauses
            if begin < minute and (end is None or minute <= end)
        )
        return next(on, None)

    def _begins_in_a_pause(self, day, now):
        return any(
            a // DAY < day <= (now if b is None else b) // DAY for a, b in self.pauses
        )

    def _get_next_end_of_work(self, minute):
        minute += DAY
        while not works(minute - 1):
            minute += DAY
        return minute


class Complaint:
    """What may happen to a complaint, and what becomes of its clocks."""

    def __init__(self, start):
        self.round, self.state, self.is_paused = 1, "new", False
        self.clocks = []
        self._turn("registered", start)

    def happen(self, event, at):
        """Let it happen if it can; return the name of the event, else None."""
        name = self._get_event(event)
        if name:
            self._turn(name, at)
        return name

    def _get_event(self, event):
        is_open = self.state in ("new", "solved")
        can = {
            "pause": self.state == "new" and not self.is_paused,
            "resume": self.is_paused,
            "contacted": is_open,
            "solved": self.state == "new",
            "disputed": self.state == "solved",
            "confirmed": self.state == "solved",
            "close": is_open,
            "reopen": not is_open and self.state != "withdrawn",
            "withdraw": is_open,
        }
        names = {"pause": "paused", "resume": "resumed", "close": "closed"}
        names |= {"reopen": "reopened", "withdraw": "withdrawn"}
        return names.get(event, event) if can[event] else None

    def _turn(self, event, at):
        opened = [one for one in self.clocks if one.result in ("running", "paused")]
        for clock in opened:
            stops = event in KINDS[clock.kind][1]
            stops |= event == "solved" and clock.kind in SOLVED_ENDS
            if stops or event in ENDINGS:
                clock.stop(at, stops)
        states = {"solved": "solved", "closed": "closed", "withdrawn": "withdrawn"}
        self.state = states.get(event, self.state)
        if event in ("reopened", "disputed"):
            self.state = "new"
        self.round += event == "reopened"
        self._turn_pauses(event, at)
        self._start(event, at)

    def _turn_pauses(self, event, at):
        if event == "paused":
            self.is_paused = True
            for clock in self.clocks:
                clock.pause(at)
        elif event == "resumed" or event == "solved" or event in ENDINGS:
            self.is_paused = False
            for clock in self.clocks:
                clock.resume(at)

    def _start(self, event, at):
        for kind, (starts, *_rest) in KINDS.items():
            running = [
                one.result in ("running", "paused")
                for one in self.clocks
                if one.kind == kind
            ]
            had = any(
                one.number == self.round for one in self.clocks if one.kind == kind
            )
            repeats = kind == "confirmation"
            if event in starts and not any(running) and (repeats or not had):
                clock = Clock(kind, at, self.round)
                self.clocks.append(clock)
