"""What a customer bought, net, in plain Python: a stack of what was taken back."""

from typing import NamedTuple

CENT = 0.01


class Line(NamedTuple):
    """A line of an order: its amount, and ``[(document, amount), …]`` of what was
    invoiced (credited: negative), in the order in which it was made."""

    ordered: float
    documents: list
    cost: float = 0


class Order(NamedTuple):
    customer: str
    day: int
    rate: float
    lines: list
    is_confirmed: bool = True

    @property
    def amount(self):
        return sum(line.ordered for line in self.lines)


def get_returned(line):
    """Return ``{document: amount}`` of what stays taken back of this line."""
    sign = -1 if line.ordered < 0 else 1
    cents = CENT * len(line.documents)
    invoiced, taken = _take_back(line, sign, cents)
    if sign * line.ordered - invoiced <= cents + 1e-6:
        return {}
    return {document: sign * part for document, part in taken if part > cents + 1e-6}


def _take_back(line, sign, cents):
    """Return what is invoiced in the end, and ``[[document, amount]]`` of what took
    something back of it."""
    ordered = sign * line.ordered
    invoiced, taken = 0, []
    for document, amount in line.documents:
        amount *= sign
        invoiced += amount
        if amount < 0:
            taken.append([document, -amount])
        elif amount <= sum(part for _document, part in taken) + cents + 1e-6:
            drop_latest(taken, amount)
        left = max(ordered - max(invoiced, 0), 0)
        drop_latest(taken, sum(part for _document, part in taken) - left)
    return invoiced, taken


def drop_latest(taken, amount):
    while taken and amount > 0:
        part = min(taken[-1][1], amount)
        taken[-1][1] -= part
        amount -= part
        if taken[-1][1] < 1e-9:
            taken.pop()


def get_figures(orders, customer):
    """Return what the suite should say about this customer."""
    orders = [one for one in orders if one.is_confirmed and one.customer == customer]
    purchases = [order for order in orders if order.amount > -CENT / 2]
    sales, margin, taken = _add_up(orders)
    return {
        "sales": round(sales, 2),
        "margin": round(margin, 2),
        "orders": len(purchases),
        "days": sorted({order.day for order in purchases}),
        "returns": {number for number, amount in taken.items() if amount > 0},
    }


def _add_up(orders):
    """Return sales, margin and ``{document: what it took back}``."""
    sales = margin = 0
    taken = {}
    for order in orders:
        sales += order.amount / order.rate
        for line in order.lines:
            left = line.ordered / order.rate - line.cost
            margin += left
            for document, amount in get_returned(line).items():
                sales -= amount / order.rate
                margin -= left * amount / line.ordered
                taken[document] = taken.get(document, 0) + amount
    return sales, margin, taken
