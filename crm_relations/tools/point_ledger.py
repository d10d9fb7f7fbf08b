"""A wallet of points made of lots, as a plain ledger without a database.

Each earning is a lot with its own last day. Spending takes from the lots that expire
first, then from the oldest; what no lot covers is owed, and the next points that come
in pay it. Taking back an earning takes what is left of its lot, then what has lapsed of
it, which is gone but once, then of the others;
giving back a spending fills the same lots again, the last taken first.

The rules are those of ledgers of paired credits (Salesforce Loyalty Management, "oldest
expiry first"; Odoo's own from 19.1): a spend is paired with the lots it used, so that
an award that lapses later is not subtracted twice.
"""

from dataclasses import dataclass, field
from datetime import date

from dateutil.relativedelta import relativedelta

PLACES = 4
ENDLESS = date.max


@dataclass
class Lot:
    """What is left of an earning.

    ``pending``: it is not usable yet. ``expires_on``: its last day, None for none.
    """

    id: int
    left: float
    expires_on: date | None = None
    pending: bool = False

    def get_turn(self):
        return self.expires_on or ENDLESS, self.id


@dataclass
class PointLedger:
    """The lots of one card, what is owed on it, and which spending used which lot.

    ``uses`` are ``{(spending, lot): points}`` in the order in which they were made; 0
    once all of it was given back. ``lapsed`` are those uses by which points expired,
    ``went_back`` says how much of an expiry did so after all.
    """

    lots: list = field(default_factory=list)
    owed: dict = field(default_factory=dict)
    uses: dict = field(default_factory=dict)
    lapsed: dict = field(default_factory=dict)
    went_back: dict = field(default_factory=dict)

    @property
    def balance(self):
        """Points that can be spent now, less what is owed."""
        usable = sum(lot.left for lot in self.lots if not lot.pending)
        return _round(usable - sum(self.owed.values()))

    @property
    def pending(self):
        return _round(sum(lot.left for lot in self.lots if lot.pending))

    def earn(self, number, points, expires_on=None, pending=False):
        """Add a lot; if it is usable, it pays what is owed first.

        :raise ValueError: the points are negative
        """
        _check(points)
        lot = Lot(number, _round(points), expires_on, pending)
        self.lots.append(lot)
        self.pay(lot)
        return lot

    def spend(self, number, points):
        """Take points from the lots that expire first.

        :return: what no lot covered: it is owed
        :raise ValueError: the points are negative
        """
        _check(points)
        left = _round(points)
        for lot in sorted(self.lots, key=Lot.get_turn):
            if not lot.pending:
                left = _round(left - self._use(number, lot, left))
        if left:
            self.owed[number] = _round(self.owed.get(number, 0) + left)
        return left

    def take_back(self, number, earning, points):
        """Take an earning back, from its own lot first, whatever has become of the
        rest.

        :param number: the movement that takes it back
        :param earning: number of the lot
        """
        _check(points)
        left = _round(points)
        for lot in self.lots:
            if lot.id == earning:
                left = _round(left - self._use(number, lot, left))
        left = self._take_lapsed(number, earning, left)
        if left:
            self.spend(number, left)

    def _take_lapsed(self, number, earning, points):
        """Let what has lapsed of an earning go back of it; return the rest."""
        for (lapse, lot_id), lapsed in self.lapsed.items():
            taken = min(lapsed, points)
            if lot_id == earning and taken:
                self.lapsed[lapse, lot_id] = _round(lapsed - taken)
                self.went_back[lapse] = _round(self.went_back.get(lapse, 0) + taken)
                self._pair(number, lot_id, taken)
                points = _round(points - taken)
        return points

    def give_back(self, spending, points):
        """Undo a spending: what it owes first, then the lots it used, last taken first.

        :return: points that this spending never took
        """
        _check(points)
        left = _round(points)
        owed = min(self.owed.get(spending, 0), left)
        if owed:
            self._set_owed(spending, self.owed[spending] - owed)
            left = _round(left - owed)
        for number, lot_id in reversed(list(self.uses)):
            if number == spending and left:
                taken = min(self.uses[number, lot_id], left)
                self.uses[number, lot_id] = _round(self.uses[number, lot_id] - taken)
                lot = next(lot for lot in self.lots if lot.id == lot_id)
                lot.left = _round(lot.left + taken)
                left = _round(left - taken)
                self.pay(lot)
        return left

    def renew(self, last_day):
        """Let all that can be spent last until this day; none ends earlier by it."""
        for lot in self.lots:
            if lot.left and not lot.pending:
                lot.expires_on = max(lot.expires_on or last_day, last_day)

    def ripen(self, *lots):
        """Pending lots become usable."""
        for lot in sorted(lots, key=Lot.get_turn):
            lot.pending = False
            self.pay(lot)

    def pay_from_all(self):
        """Let all usable lots cover what is owed, those that expire first before the
        others."""
        for lot in sorted(self.lots, key=Lot.get_turn):
            self.pay(lot)

    def pay(self, lot):
        """Let a usable lot cover what is owed, the oldest debt first."""
        for number in () if lot.pending else sorted(self.owed):
            covered = self._use(number, lot, self.owed[number])
            self._set_owed(number, self.owed[number] - covered)

    def _use(self, number, lot, points):
        """Pair a movement with a lot; return how much of the points it covers."""
        taken = min(lot.left, points)
        if taken <= 0:
            return 0
        lot.left = _round(lot.left - taken)
        self._pair(number, lot.id, taken)
        return taken

    def _pair(self, number, lot_id, points):
        self.uses[number, lot_id] = _round(self.uses.get((number, lot_id), 0) + points)

    def _set_owed(self, number, points):
        self.owed[number] = _round(points)
        if not self.owed[number]:
            del self.owed[number]


def get_last_day(day, mode, months):
    """Return the last day of points earned on a day, or None.

    :param mode: "never", "months" (so many months later), "year_end" (31 December of
        the year after), "activity" (so many months after the last movement)
    """
    if mode == "never":
        return None
    if mode == "year_end":
        return date(day.year + 1, 12, 31)
    return day + relativedelta(months=months)


def _round(points):
    return round(points, PLACES) + 0.0


def _check(points):
    if points < 0:
        raise ValueError("points cannot be negative")
