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
        no address, that of the customer."""
        self.ensure_one()
        customer = self.commercial_partner_id
        place = self if (self.street or self.city) else customer
        country = place.country_id
        return Address(
            person="" if self.is_company else self.name or "",
            company=customer.name or "" if customer.is_company else "",
            street=place.street or "",
            street2=place.street2 or "",
            city=place.city or "",
            zip=place.zip or "",
            state=place.state_id.name or "",
            state_code=place.state_id.code or "",
            country=country.name or "",
            country_code=country.code or "",
            form=country.address_format or "",
        )
