"""Whom to contact next, as plain numbers.

What a contact may keep is the product of three figures:

    at stake = value * chance of losing it * what a contact can still change

**Value**: sales of 12 months; who bought nothing in that time counts with what is
usual among the buyers of its tier, else of its company (the median: a few large
customers make the mean of a tier more than most of its customers bring), so that a
prospect is not worth nothing. An open quotation that is larger counts instead.

**Chance of losing it**: three groups of signs, each sign between 0 and 1 times its
weight. Signs of one group tell of the same thing, so the strongest of them counts; the
groups are taken as independent causes, any of which loses the customer (noisy OR, Pearl
1988): 1 - (1 - a)(1 - b)(1 - c).

* the customer is silent: its own rhythm (1 - P(active) of the activity model where it
  is fitted and knows two days with orders, else by how many intervals it is overdue),
  or its layer
* we are silent: the follow-up its tier asks for is due, or the release date is near
* the customer waits for us: an open quotation grows old, or a message is unanswered

**What a contact can still change**: nothing where the customer refuses contact or care
pauses; little on the day of a contact, recovering within a week, unless it has written
since; little while a contact is planned; less for whom we registered as lost.

The weights are settings of the company. The days below and the chances of the layers
are judgements of ours, kept in one place: they order a list, they promise nothing.
"""

from typing import NamedTuple

# Without a rhythm of its own only the layer tells. A prospect and a new customer have
# not decided for us yet; who is dormant has, more often than not, decided otherwise.
LAYER_CHANCES = {
    "potential": 0.2,
    "new": 0.3,
    "mature": 0.1,
    "loyal": 0.05,
    "dormant": 0.6,
    "lost": 0.9,
}
NO_LAYER_CHANCE = 0.1
# From the first day due to a full sign, in so many days.
DUE_DAYS = 14
# So many days before it, a release date begins to count.
RELEASE_DAYS = 14
# A quotation usually holds for 30 days.
QUOTATION_DAYS = 30
# Today a third, from the day after tomorrow on in full: who writes expects an answer
# within two working days.
MESSAGE_DAYS = 2
# What is older has been answered in another way, or is forgotten by both.
OLDEST_MESSAGE_DAYS = 30
# After a contact its effect fades; a week later the customer may be asked again.
RECOVERY_DAYS = 7
# Where nothing is known of anybody's value, all are worth the same.
UNKNOWN_VALUE = 1.0


class Weights(NamedTuple):
    """Shares of 1, by which signs count and contacts change less."""

    rhythm: float = 1.0
    layer: float = 1.0
    due: float = 0.5
    release: float = 0.8
    quotation: float = 0.5
    message: float = 0.7
    contacted: float = 0.1
    planned: float = 0.2
    lost: float = 0.3


class Customer(NamedTuple):
    """What is known of a customer today; None: there is no such thing."""

    sales: float = 0.0
    usual: float | None = None  # value of the buyers like it
    quoted: float = 0.0
    active: float | None = None  # P(active), where the model is fitted
    order_days: int = 0
    silent: int | None = None  # days since the last order
    interval: int | None = None  # after which the next was expected
    layer: str | None = None
    due_since: int | None = None  # days since the follow-up was due; negative: before
    release_in: int | None = None  # days until it is released; negative: since
    quotation_age: int | None = None  # days of the oldest open quotation
    message_age: int | None = None  # days of an unanswered message
    contacted: int | None = None  # days since the last follow-up
    is_planned: bool = False
    is_lost: bool = False
    refuses: bool = False


class Result(NamedTuple):
    value: float
    chance: float
    influence: float

    @property
    def at_stake(self):
        return self.value * self.chance * self.influence


def decide(customer, weights):
    """Return the ``Result`` of a customer."""
    return Result(
        get_value(customer),
        get_chance(get_signs(customer), weights),
        get_influence(customer, weights),
    )


def get_value(customer):
    """Return what is at stake.

    >>> get_value(Customer(sales=500, usual=900)), get_value(Customer(usual=900))
    (500, 900)
    >>> get_value(Customer(sales=500, quoted=800)), get_value(Customer(sales=-3))
    (800, 1.0)
    """
    bought = customer.sales if customer.sales > 0 else customer.usual or UNKNOWN_VALUE
    return max(bought, customer.quoted)


def get_signs(customer):
    """Return ``{sign: 0 to 1}``, before their weights."""
    return {
        "rhythm": get_rhythm_sign(customer),
        "layer": LAYER_CHANCES.get(customer.layer, NO_LAYER_CHANCE),
        "due": _rise(customer.due_since, 1, DUE_DAYS + 1),
        "release": _rise(
            None if customer.release_in is None else -customer.release_in,
            RELEASE_DAYS,
            RELEASE_DAYS,
        ),
        "quotation": _rise(customer.quotation_age, 0, QUOTATION_DAYS),
        "message": _rise(customer.message_age, 1, MESSAGE_DAYS + 1),
    }


def get_rhythm_sign(customer):
    """Return how surely the customer has fallen silent by its own rhythm.

    After orders on one day only the model takes everybody as active: there, and where
    it is not fitted, the intervals that have passed tell.

    >>> get_rhythm_sign(Customer(active=0.25, order_days=5, silent=1, interval=9))
    0.75
    >>> get_rhythm_sign(Customer(active=1, order_days=1, silent=40, interval=20))
    0.5
    >>> get_rhythm_sign(Customer(silent=20, interval=20)), get_rhythm_sign(Customer())
    (0.0, 0.0)
    """
    if customer.active is not None and customer.order_days > 1:
        return 1 - customer.active
    if not customer.interval or customer.silent <= customer.interval:
        return 0.0
    return 1 - customer.interval / customer.silent


def get_chance(signs, weights):
    """Return the chance of losing a customer with these signs.

    >>> signs = dict.fromkeys(Weights._fields, 0) | {"layer": 0.5, "rhythm": 0.5}
    >>> get_chance(signs, Weights())
    0.5
    >>> get_chance(signs | {"release": 1}, Weights())
    0.9
    """
    told = {name: sign * getattr(weights, name) for name, sign in signs.items()}
    kept = (
        (1 - max(told["rhythm"], told["layer"]))
        * (1 - max(told["due"], told["release"]))
        * (1 - max(told["quotation"], told["message"]))
    )
    return 1 - kept


def get_influence(customer, weights):
    """Return how much of it a contact can still change, 0 to 1.

    >>> get_influence(Customer(contacted=0), Weights())
    0.1
    >>> get_influence(Customer(contacted=7), Weights())
    1.0
    >>> get_influence(Customer(contacted=0, message_age=0), Weights())
    1.0
    >>> get_influence(Customer(is_planned=True, refuses=True), Weights())
    0.0
    """
    if customer.refuses:
        return 0.0
    share = 1.0
    if customer.contacted is not None and customer.message_age is None:
        recovered = min(max(customer.contacted, 0) / RECOVERY_DAYS, 1)
        share *= weights.contacted + (1 - weights.contacted) * recovered
    if customer.is_planned:
        share *= weights.planned
    if customer.is_lost:
        share *= weights.lost
    return share


def _rise(days, ahead, length):
    """Return how far ``days`` have come on the way from ``-ahead`` to the full sign
    ``length`` days later, 0 to 1; 0 for None.

    >>> _rise(None, 0, 30), _rise(-1, 1, 15), _rise(0, 1, 15) == 1 / 15, _rise(99, 1, 3)
    (0.0, 0.0, True, 1.0)
    """
    if days is None:
        return 0.0
    return min(max((days + ahead) / length, 0.0), 1.0)
