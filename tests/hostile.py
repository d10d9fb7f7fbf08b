"""What a client may send over the API, as hypothesis makes it up."""

from hypothesis import strategies as st

NEVER = 2**31 - 2  # an id that could exist and does not

VALUES = st.sampled_from(
    [
        *(None, False, True, 0, 1, -1, 7, NEVER, 2**31, 2**40, 2**70, 1.5, 1e300),
        *(float("inf"), float("nan"), "", " ", "x", "7", "a\0b", "\ud800", "9" * 400),
        *("2026-13-01", "2026-02-30", "0001-01-01", "9999-12-31", "2999-01-01 25:61"),
        *("%s %(x)s {}", "' OR 1=1 --", "公海", "unlink", "__class__", "res.users"),
        *([], [1], ["x"], [None], [[1, 2], [3]], [{"id": 1}], [2**40], ["a\0b"]),
        *({}, {"id": 1}, {"a": [1]}, {"note": "a\0b"}, {"latitude": "x"}),
    ]
)


def ids_of(known):
    """Return a strategy of what stands for records, some of them ``known`` ones."""
    one = known[:1] or [NEVER]
    return st.sampled_from(
        [
            *([], one, one * 3, known or one, [NEVER], [*one, NEVER], [*one, 2**40]),
            *([0], [-1], [2**31], [2**70], [1.5], ["x"], [None], [True], [[1]], [{}]),
        ]
    )


def records_of(known):
    """Return a strategy of what Odoo itself takes for records."""
    one = known[:1] or [NEVER]
    return st.sampled_from([[], one, one * 3, known or one, [NEVER], [*one, NEVER]])


def values_of(known):
    """Return a strategy of values, some of them ids of ``known`` records."""
    return st.one_of(st.sampled_from(known), VALUES) if known else VALUES
