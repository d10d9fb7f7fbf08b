"""Several people make a card for the same customer at the same moment; run by
``scratch.Workers``."""

from parallel_followups import _at_once

from odoo.exceptions import ValidationError


def fill(env):
    """No company allows a second card."""
    env["res.company"].search([]).duplicate_policy = "forbid"


def save(env, number, phone, vat=""):
    """Save a customer; being refused is an answer."""
    values = {"name": f"Card {number}", "is_managed_customer": True}
    values |= {"phone": phone or False, "vat": vat or False}

    try:
        _at_once(env, lambda: env["res.partner"].create(values))
    except ValidationError as error:
        env.cr.rollback()  # as a request that fails
        assert "is that of Card" in str(error), error  # noqa: S101
