from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.letter_address import Address


class ResPartner(models.Model):
    """Who wants no letters, and where the others get them."""

    _inherit = "res.partner"

    care_letter_opt_out = fields.Boolean(string="No Letters of Care", tracking=True)

    @api.model
    def _get_opt_out_sql(self, channel, alias):
        own = super()._get_opt_out_sql(channel, alias)
        if channel != "letter":
            return own
        letters = SQL("%s IS TRUE", SQL.identifier(alias, "care_letter_opt_out"))
        return SQL("%s OR %s", own, letters)

    def _get_letter_address(self):
        """Return where a letter to this person, or customer, goes; where the person has
        no address, or only a part of one, that of the customer."""
        own = self._get_letter_address_at(self)
        if own.is_complete:
            return own
        return self._get_letter_address_at(self.commercial_partner_id)

    def _get_letter_address_at(self, place):
        self.ensure_one()
        customer = self.commercial_partner_id
        country, state = place.country_id, place.state_id
        values = {
            "person": not self.is_company and self.name,
            "company": customer.is_company and customer.name,
            **{name: place[name] for name in ("street", "street2", "city", "zip")},
            **{"state": state.name, "state_code": state.code},
            **{"country": country.name, "country_code": country.code},
            "form": country.address_format,
        }
        return Address(**{name: value or "" for name, value in values.items()})
