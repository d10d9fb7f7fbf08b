from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools import geo

RAW = ("partner_latitude", "partner_longitude")
DECIDED = ("is_located", "geo_latitude", "geo_longitude")
ADDRESS = {"street", "zip", "city", "state_id", "country_id"}


class ResPartner(models.Model):
    """Where a customer is, in whatever datum it was entered; (0, 0) is a place too.

    Odoo keeps 0 where no position is known. ``is_located`` tells the difference.
    """

    _inherit = "res.partner"

    geo_datum = fields.Selection(
        selection=[("WGS84", "WGS-84 (GPS)"), ("GCJ02", "GCJ-02 (maps of China)")],
        string="Datum",
        help="In what latitude and longitude are given: as devices tell them, or as "
        "maps of mainland China show them, some hundred metres beside.",
    )
    is_located = fields.Boolean(
        string="Position Known",
        compute="_compute_is_located",
        store=True,
        readonly=False,
    )
    geo_latitude = fields.Float(
        string="Latitude (WGS-84)",
        compute="_compute_geo_position",
        store=True,
        aggregator=None,
        written_by="decided",
    )
    geo_longitude = fields.Float(
        string="Longitude (WGS-84)",
        compute="_compute_geo_position",
        store=True,
        aggregator=None,
        written_by="decided",
    )

    _geo_idx = models.Index(
        "USING gist (point(geo_longitude, geo_latitude)) WHERE is_located"
    )

    @api.depends("partner_latitude", "partner_longitude")
    def _compute_is_located(self):
        for partner in self:
            partner.is_located = bool(
                partner.partner_latitude or partner.partner_longitude
            )

    @api.depends("partner_latitude", "partner_longitude", "geo_datum")
    def _compute_geo_position(self):
        for partner in self:
            partner.geo_latitude, partner.geo_longitude = geo.to_wgs84(
                partner.partner_latitude,
                partner.partner_longitude,
                partner.geo_datum or geo.WGS84,
            )

    @api.constrains("partner_latitude", "partner_longitude")
    def _check_position(self):
        for partner in self:
            if not geo.is_position(partner.partner_latitude, partner.partner_longitude):
                raise ValidationError(
                    self.env._(
                        "%(partner)s: a latitude lies between -90 and 90 degrees, a "
                        "longitude between -180 and 180.",
                        partner=partner.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        at_zero = [_says_zero(vals) for vals in vals_list]
        if any(at_zero):
            partners.browse(
                partner.id
                for partner, zero in zip(partners, at_zero, strict=True)
                if zero
            )._locate_at_zero()
        else:
            partners._leave_unknown_position()
        return partners

    def _after_write(self, vals, memory):
        result = super()._after_write(vals, memory)
        # Together with an address it is Odoo's way to forget the former position.
        if _says_zero(vals) and not ADDRESS & set(vals):
            self._locate_at_zero()
        return result

    def copy_data(self, default=None):
        """A position that is not known is not copied as one at (0, 0)."""
        copies = super().copy_data(default)
        # Superuser: copying needs no role of ours.
        for partner, vals in zip(self.sudo(), copies, strict=True):
            if not partner.is_located:
                for name in RAW:
                    vals.pop(name, None)
        return copies

    def _leave_unknown_position(self):
        """Nothing has to be decided of those just created if nothing is known."""
        caches = [self._fields[name]._get_cache(self.env) for name in RAW]
        for known in caches:
            if not known.keys() >= set(self._ids) or any(map(known.get, self._ids)):
                return
        for name in DECIDED:
            self.env.remove_to_compute(self._fields[name], self)

    def _locate_at_zero(self):
        # Superuser: who may write the position need not have a role of ours.
        self.sudo().is_located = True


def _says_zero(vals):
    """Tell whether these values name the place at (0, 0), and do not just clear."""
    return "is_located" not in vals and all(
        name in vals
        and vals[name] is not False
        and vals[name] is not None
        and not vals[name]
        for name in RAW
    )
