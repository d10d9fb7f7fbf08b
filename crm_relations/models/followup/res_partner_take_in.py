from odoo import api, models
from odoo.tools import SQL

POSITION = ["is_located", "geo_datum", "geo_latitude", "geo_longitude"]


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _take_in(self, first, last):
        """Whose position Odoo knows is located, and numbers that Odoo could not place
        are cleaned: of customers and of others."""
        ids = super()._take_in(first, last)
        self._locate_taken_in(first, last)
        page = self.env.execute_query(
            SQL(
                "SELECT id FROM res_partner WHERE id BETWEEN %s AND %s"
                " AND phone <> '' AND phone_sanitized IS NULL",
                first,
                last,
            )
        )
        if page:
            self._refresh_phone_numbers([number for (number,) in page])
        return ids

    @api.model
    def _locate_taken_in(self, first, last):
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE res_partner
                   SET is_located = TRUE, geo_datum = 'WGS84',
                       geo_latitude = partner_latitude,
                       geo_longitude = partner_longitude
                 WHERE id BETWEEN %s AND %s AND is_located IS NULL
                   AND partner_latitude BETWEEN -90 AND 90
                   AND partner_longitude BETWEEN -180 AND 180
                   AND (partner_latitude <> 0 OR partner_longitude <> 0)
             RETURNING id
                """,
                first,
                last,
            )
        )
        located = self.browse(number for (number,) in rows)
        located.invalidate_recordset(POSITION)
