from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import SQL

from ....tools import geo
from ....tools.arguments import Given

NEAREST = 1000


class ResPartner(models.Model):
    """Which customers are near a place."""

    _inherit = "res.partner"

    @api.model
    @api.readonly
    def nearby(
        self,
        latitude: Given,
        longitude: Given,
        radius_m: Given,
        datum: Given = "WGS84",
    ):
        """Return the customers within a radius, nearest first, 1,000 at most.

        Salespeople get the customers that are theirs or free (see
        ``_get_nearby_condition``), sales managers all. Customers whose position is not
        known are none.

        :param latitude: degrees, and ``longitude``, in ``datum``
        :param radius_m: metres; what lies exactly at the radius counts
        :param datum: ``WGS84`` as devices tell, ``GCJ02`` as maps of China do
        :return: ``[{"id": customer id, "distance_m": metres on a sphere}]``
        :raise AccessError: the caller has no role here
        :raise ValidationError: no position, no radius or no datum
        """
        if not (self.env.su or self.env.user.has_group("crm_relations.group_user")):
            raise AccessError(self.env._("Only roles of customer relations may ask."))
        here = self._read_position(latitude, longitude, datum)
        if not self._is_radius(radius_m):
            raise ValidationError(
                self.env._(
                    "A radius is a number of metres from 0 to %(most)s, not "
                    "“%(radius)s”.",
                    most=int(geo.FARTHEST_M),
                    radius=radius_m,
                )
            )
        self.env.flush_all()  # rooms ask their tables as well
        rows = self.env.execute_query(self._get_nearby_sql(*here, radius_m))
        return [
            {"id": partner_id, "distance_m": round(distance, 1)}
            for partner_id, distance in rows
        ]

    @api.model
    def _read_position(self, latitude, longitude, datum="WGS84"):
        """Return WGS-84 latitude and longitude of what a client says."""
        if datum not in geo.DATUMS:
            raise ValidationError(
                self.env._("The datum is WGS84 or GCJ02, not “%(datum)s”.", datum=datum)
            )
        if not geo.is_position(latitude, longitude):
            raise ValidationError(
                self.env._(
                    "Not a position: %(latitude)s, %(longitude)s. A latitude lies "
                    "between -90 and 90 degrees, a longitude between -180 and 180.",
                    latitude=latitude,
                    longitude=longitude,
                )
            )
        return geo.to_wgs84(latitude, longitude, datum)

    @api.model
    def _is_radius(self, radius_m):
        is_number = isinstance(radius_m, (int, float)) and not isinstance(
            radius_m, bool
        )
        return is_number and 0 <= radius_m <= geo.FARTHEST_M + 1

    @api.model
    def _get_nearby_sql(self, latitude, longitude, radius_m):
        return SQL(
            """
            SELECT id, distance
              FROM (SELECT partner.id, %(distance)s AS distance
                      FROM res_partner AS partner
                     WHERE partner.is_located AND (%(boxes)s)
                       AND partner.is_managed_customer AND partner.active
                       AND (partner.company_id IS NULL
                            OR partner.company_id IN %(companies)s)
                       AND %(visible)s) AS found
             WHERE distance <= %(radius)s
          ORDER BY distance, id
             LIMIT %(limit)s
            """,
            distance=self._get_distance_sql(latitude, longitude),
            boxes=self._get_boxes_sql(latitude, longitude, radius_m),
            companies=tuple(self.env.companies._get_open().ids),
            visible=self._get_nearby_visible_sql(),
            radius=radius_m,
            limit=NEAREST,
        )

    @api.model
    def _get_boxes_sql(self, latitude, longitude, radius_m):
        """Return the condition that an index answers: in the boxes round the circle."""
        return SQL(" OR ").join(
            SQL(
                "point(partner.geo_longitude, partner.geo_latitude)"
                " <@ box(point(%s, %s), point(%s, %s))",
                *(west, south, east, north),
            )
            for south, west, north, east in geo.bounding_boxes(
                latitude, longitude, radius_m
            )
        )

    @api.model
    def _get_distance_sql(self, latitude, longitude):
        """Return the SQL of the metres to ``partner`` on a sphere (haversine)."""
        return SQL(
            """
            2 * %(radius)s * asin(LEAST(1, sqrt(
                power(sin(radians(partner.geo_latitude - %(latitude)s) / 2), 2)
              + power(sin(radians(partner.geo_longitude - %(longitude)s) / 2), 2)
              * cos(radians(%(latitude)s)) * cos(radians(partner.geo_latitude)))))
            """,
            radius=geo.EARTH_RADIUS_M,
            latitude=latitude,
            longitude=longitude,
        )

    @api.model
    def _get_nearby_visible_sql(self):
        user = self.env.user
        if self.env.su or user.has_group("crm_relations.group_sales_manager"):
            return SQL("TRUE")
        return SQL("(%s)", self._get_nearby_condition("partner"))

    @api.model
    def _get_nearby_condition(self, alias):
        """Return the SQL of the customers that a salesperson is shown nearby: the own
        ones and those that nobody owns, in the pool or not. Rooms that share customers
        add theirs by ``OR``."""
        owner = SQL.identifier(alias, "user_id")
        return SQL("%s = %s OR %s IS NULL", owner, self.env.uid, owner)
