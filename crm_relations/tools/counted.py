"""A number of something in words: one of them, or many.

A sentence that names a number and a noun takes both from here, so that it is right for
one as well."""

from .sentences import tell_number


def tell_days(env, count):
    return env._("1 day") if is_one(count) else env._("%s days", tell(count))


def tell_working_days(env, count):
    if is_one(count):
        return env._("1 working day")
    return env._("%s working days", tell(count))


def tell_months(env, count):
    return env._("1 month") if is_one(count) else env._("%s months", tell(count))


def tell_years(env, count):
    return env._("1 year") if is_one(count) else env._("%s years", tell(count))


def tell_times(env, count):
    return env._("once") if is_one(count) else env._("%s times", tell(count))


def tell_customers(env, count):
    return env._("1 customer") if is_one(count) else env._("%s customers", tell(count))


def tell_orders(env, count):
    return env._("1 order") if is_one(count) else env._("%s orders", tell(count))


def tell_points(env, count):
    return env._("1 point") if is_one(count) else env._("%s points", tell(count))


def is_one(count):
    return tell(count) == "1"


def tell(count):
    """Return the number as it is told; words of somebody who has told it stay."""
    return count if isinstance(count, str) else tell_number(count or 0)
