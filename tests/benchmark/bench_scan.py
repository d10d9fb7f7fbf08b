"""Business cards that are drawn, taken as by a phone, and read (AR-15): the share of
fields that are right, and the seconds a card takes. The size is the number of cards,
at most those of which the figure in the notes was taken."""

import time
from collections import Counter

from odoo.addons.crm_relations.tests.common.cards import draw_card, judge, read_fields
from odoo.addons.crm_relations.tools.card_reader import CardReader

MOST_CARDS = 80


def run(env, size):
    """Return rows of what, seconds of a card, and twice nothing."""
    size = min(size, MOST_CARDS)
    reader = CardReader()
    right, seconds = Counter(), []
    for number in range(size):
        content, wanted = draw_card(number)
        start = time.monotonic()
        answer = reader.get_answer(content)
        seconds.append(time.monotonic() - start)
        right.update(
            name for name, ok in judge(read_fields(answer), wanted).items() if ok
        )
    reader.stop()
    share = sum(right.values()) / (len(wanted) * size)
    rows = [(f"{share:.1%} of fields right, a card", sum(seconds) / size, None, None)]
    rows.append(("the first, with its models", seconds[0], None, None))
    return rows + [
        (f"{name}: {right[name]} of {size}", 0.0, None, None) for name in wanted
    ]
