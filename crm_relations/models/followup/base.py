from odoo import models

from ...tools.phone_numbers import get_dialled


class Base(models.AbstractModel):
    """Numbers of contacts, leads and blacklists are placed as they are meant."""

    _inherit = "base"

    def _phone_format_number(
        self, number, country, force_format="E164", raise_exception=False
    ):
        """Odoo takes what lacks its plus for a number of the country where it can be
        one, and knows 00 only where the country dials it."""
        *likelier, last = get_dialled(number or "", country.code)
        for text in likelier:
            if placed := super()._phone_format_number(text, country, force_format):
                return placed
        return super()._phone_format_number(
            last, country, force_format, raise_exception
        )
