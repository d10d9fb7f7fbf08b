from collections import defaultdict

from odoo import api, models

from ...tools.country_zones import get_zone_of, has_several_clocks


class ResPartner(models.Model):
    """On whose clock a customer is cared for and called: on that of its country, though
    Odoo takes that of whoever enters it. A time zone that somebody gives stays."""

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        customers = self._get_customers_of_persons(vals_list)
        return super().create([self._add_zone(vals, customers) for vals in vals_list])

    @api.model
    def _get_customers_of_persons(self, vals_list):
        """Return whose persons these will be, to be read all at once."""
        ids = {
            self._read_ids(vals)["parent_id"]
            for vals in vals_list
            if vals.get("parent_id") and "tz" not in vals
        }
        # Superuser: whoever adds a person to a customer, they live there together.
        return self.sudo().browse(filter(None, ids))

    @api.model
    def _add_zone(self, vals, customers):
        """Return the values with a time zone, where the country or the customer of a
        person says which."""
        if "tz" in vals or not (vals.get("country_id") or vals.get("parent_id")):
            return vals
        ids = self._read_ids(vals)
        customer = customers.browse(ids.get("parent_id")).with_prefetch(customers.ids)
        zone = customer.tz or self.env.context.get("tz")
        if country := self.env["res.country"].browse(ids.get("country_id")):
            number = vals.get("phone")
            if number and has_several_clocks(country.code):
                number = self._phone_format(number=number, country=country)
            zone = get_zone_of(country.code, number, zone)
        return {**vals, "tz": zone}

    def _after_write(self, vals, memory):
        result = super()._after_write(vals, memory)
        if vals.get("country_id") and "tz" not in vals:
            self.filtered("partner_share")._follow_country()
        return result

    def _follow_country(self):
        """Let these have a time zone of their country."""
        moved = defaultdict(self.browse)
        for partner in self:
            known = partner.tz
            number = partner.phone_sanitized
            zone = get_zone_of(partner.country_id.code, number, known)
            if zone != known:
                moved[zone] += partner
        for zone, partners in moved.items():
            partners._write_ours({"tz": zone})
