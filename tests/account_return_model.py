"""What a customer brought and cost, counted one document after another."""

from dataclasses import dataclass
from datetime import date


@dataclass
class Rate:
    user: str  # "": of the role
    role: str  # "": of everybody, where user is empty, too
    since: date
    amount: float
    currency: str


@dataclass
class Document:
    kind: str
    day: date
    amount: float = 0
    currency: str = "home"
    minutes: float = 0
    user: str = ""
    cost: float = 0
    discount: int = 0


class Ledger:
    """Roles are given from the most senior one down; ``quotes`` by currency, from the
    earliest on, as units of it for one at home."""

    def __init__(self, roles, rates, quotes):
        self.roles = roles
        self.rates = rates
        self.quotes = quotes

    def count(self, documents, first, last):
        sums = dict.fromkeys(
            ("revenue", "margin", "given", "minutes", "time_cost", "discounts"), 0
        )
        sums["unpriced"] = 0
        for one in documents:
            if first <= one.day <= last:
                getattr(self, f"_add_{one.kind}")(sums, one)
        return sums

    def _add_order(self, sums, one):
        price = one.amount * (100 - one.discount) / 100
        sums["revenue"] += price
        sums["discounts"] += one.amount - price
        if one.cost:
            sums["margin"] += price - one.cost

    def _add_gift(self, sums, one):
        sums["given"] += self._at_home(one.amount, one.currency, one.day)

    _add_concession = _add_gift

    def _add_contact(self, sums, one):
        sums["minutes"] += one.minutes
        rate = self._find_rate(one.user, one.day)
        if rate:
            cost = one.minutes / 60 * rate.amount
            sums["time_cost"] += self._at_home(cost, rate.currency, one.day)
        elif one.minutes:
            sums["unpriced"] += 1

    def _find_rate(self, user, day):
        begun = [rate for rate in self.rates if rate.since <= day]
        ways = [lambda rate: rate.user == user]
        ways += [
            lambda rate, role=role: not rate.user and rate.role == role
            for role in self.roles[user]
        ]
        ways.append(lambda rate: not rate.user and not rate.role)
        for way in ways:
            fitting = [rate for rate in begun if way(rate)]
            if fitting:
                return max(fitting, key=lambda rate: rate.since)
        return None

    def _at_home(self, amount, currency, day):
        if currency == "home":
            return amount
        quotes = self.quotes[currency]
        known = [quote for since, quote in quotes if since <= day]
        return amount / (known[-1] if known else quotes[0][1])
