from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ....tools import geo

DEVICE = ("latitude", "longitude", "accuracy_m")
RANGE_M = 300
ACCURACY_M = 100


class CrmFollowup(models.Model):
    """What the position of a device says of a visit."""

    _inherit = "crm.followup"

    @api.model
    def _pick_position(self, position):
        """Return what a browser tells, ``{}`` if it tells nothing: from the client it
        may be anything."""
        if not position:
            return {}
        told = position if isinstance(position, dict) else {}
        return {name: told.get(name) for name in DEVICE}

    @api.model
    def _is_far(self, partner, position):
        device = self._read_device(**position)
        return self._measure(partner, device)[1] == "far"

    @api.model
    def _read_device(self, latitude, longitude, accuracy_m, datum="WGS84"):
        """Return WGS-84 latitude, longitude and the accuracy in metres."""
        position = self.env["res.partner"]._read_position(latitude, longitude, datum)
        is_number = isinstance(accuracy_m, (int, float)) and not isinstance(
            accuracy_m, bool
        )
        if not is_number or not 0 <= accuracy_m <= geo.FARTHEST_M:
            raise ValidationError(
                self.env._(
                    "The accuracy of a position is a number of metres, not "
                    "“%(accuracy)s”.",
                    accuracy=accuracy_m,
                )
            )
        return (*position, accuracy_m)

    @api.model
    def _measure(self, partner, device):
        """Return metres to the place of the partner, and what that makes the visit.

        A contact with a position of its own, as a branch, is visited there.
        """
        *here, accuracy = device
        # Superuser: positions are read for the measure alone.
        partners = (partner | partner.commercial_partner_id).sudo()
        place = partners.filtered("is_located")[:1]
        if not place:
            return 0.0, "unlocated"
        distance = geo.distance_m(*here, place.geo_latitude, place.geo_longitude)
        limit, accuracy_limit = self._get_visit_limits()
        if distance > limit:
            return distance, "far"
        return distance, "verified" if accuracy <= accuracy_limit else "inaccurate"

    def _measure_again(self):
        """These visits turned out to be visits to another customer."""
        for visit in self:
            device = self._read_device(
                visit.check_in_latitude,
                visit.check_in_longitude,
                visit.check_in_accuracy_m,
                visit.position_datum,
            )
            distance, result = self._measure(visit.partner_id, device)
            vals = {"check_in_distance_m": distance}
            if result != "verified" or visit.visit_result == "far":
                vals["visit_result"] = result
            # Superuser: as in check_in.
            visit.sudo().write(vals)

    @api.model
    def _check_reason(self, partner, distance, result, reason):
        """Return the reason, where one is needed; without it the visit is refused."""
        reason = str(reason or "").strip()
        if result != "far":
            return False
        if not reason:
            raise UserError(
                self.env._(
                    "You are %(distance)s m from %(customer)s; the range is %(range)s "
                    "m. Say why the visit takes place elsewhere.",
                    distance=f"{distance:,.0f}",
                    customer=partner.display_name,
                    range=self._get_visit_limits()[0],
                )
            )
        return reason

    @api.model
    def _get_visit_limits(self):
        """Return the range of a verified visit and the accuracy it needs, in metres."""
        # Superuser: settings that everyone is judged by.
        settings = self.env["ir.config_parameter"].sudo()
        return tuple(
            int(settings.get_param(f"crm_relations.visit_{name}_m", default))
            for name, default in (("range", RANGE_M), ("accuracy", ACCURACY_M))
        )

    def _convert(self, latitude, longitude, datum):
        """Return a position in the datum in which this visit keeps its positions."""
        if datum == self.position_datum:
            return latitude, longitude
        if self.position_datum == geo.GCJ02:
            return geo.gcj02_from_wgs84(latitude, longitude)
        return geo.to_wgs84(latitude, longitude, datum)
