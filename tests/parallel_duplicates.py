"""Several people make a card for the same customer at the same moment; run by
``scratch.Workers``."""

import gate

from odoo.exceptions import ValidationError


def fill(env):
    """No company allows a second card."""
    env["res.company"].search([]).duplicate_policy = "forbid"


def save(env, number, column, value):
    """Save a customer; being refused is an answer."""
    values = {"name": f"Card {number}", "is_managed_customer": True, column: value}

    try:
        gate.act(env, lambda: env["res.partner"].create(values))
    except ValidationError as error:
        # As for any request that ends in an error.
        env.cr.rollback()
        assert "is that of Card" in str(error), error  # noqa: S101
