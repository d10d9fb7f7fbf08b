"""Business cards that are drawn, taken as by a phone, and read (AR-15): the share of
fields that are right, and the seconds a card takes; then photos of cards from an angle,
with shadows, on a table, turned in any way. The size is the number of cards of each, at
most those of which the figure in the notes was taken."""

from collections import Counter

import stopwatch

from odoo.addons.crm_relations.tests.common.card_photos import take_photo
from odoo.addons.crm_relations.tests.common.cards import draw_card, judge, read_fields
from odoo.addons.crm_relations.tools.card_reader import CardReader

MOST_CARDS = 80
PATIENCE = 600  # seconds that a card may take here


def run(env, size):
    """Return rows of what, seconds of a card, and twice nothing."""
    size = min(size, MOST_CARDS)
    # What is right is to be known on a loaded machine as well.
    reader = CardReader(seconds=PATIENCE)
    rows = [
        *_read("drawn", draw_card, size, reader),
        *_read("photographed", take_photo, size, reader),
    ]
    reader.stop()
    return rows


def _read(what, make, size, reader):
    right, seconds = Counter(), []
    for number in range(size):
        content, wanted = make(number)
        answer, spent = stopwatch.watch(reader.get_answer, content)
        seconds.append(spent)
        found = judge(read_fields(answer), wanted)
        right.update(name for name, ok in found.items() if ok)
    share = sum(right.values()) / (len(wanted) * size)
    mean = sum(seconds) / size
    return [
        stopwatch.row(f"{what}: {share:.1%} of fields right, a card", mean),
        stopwatch.row(f"{what}: the first", seconds[0]),
        *(
            (f"{what}, {name}: {right[name]} of {size}", 0.0, None, None)
            for name in wanted
        ),
    ]
