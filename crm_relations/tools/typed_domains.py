"""Conditions that somebody typed."""

from ast import literal_eval

from odoo.fields import Domain

PROBLEMS = (ValueError, SyntaxError, TypeError, KeyError, AssertionError)


def parse_domain(text, model):
    """Return conditions as a Domain, checked against the fields of ``model``.

    :param text: a literal; empty means everybody
    :raise ValueError: it does not parse, or names no field of the model
    """
    try:
        domain = Domain(literal_eval(text or "[]"))
        domain.validate(model.sudo())
    except PROBLEMS as error:
        raise ValueError(str(error)) from error
    return domain
