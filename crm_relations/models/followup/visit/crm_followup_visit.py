from odoo import api, fields, models

from ....tools import geo

VISIT_FIELDS = {
    *["check_in_at", "check_in_latitude", "check_in_longitude", "check_in_accuracy_m"],
    *["check_in_distance_m", "check_out_at", "check_out_latitude"],
    *["check_out_longitude", "check_out_accuracy_m", "check_out_distance_m"],
    *["position_datum", "visit_result", "is_check_out_located", "out_of_range_reason"],
}


class CrmFollowup(models.Model):
    """Visits at which the device of the visitor told where it was."""

    _inherit = "crm.followup"

    check_in_at = fields.Datetime(string="Checked In", readonly=True, copy=False)
    check_in_latitude = fields.Float(
        digits=(10, 7), readonly=True, copy=False, aggregator=None
    )
    check_in_longitude = fields.Float(
        digits=(10, 7), readonly=True, copy=False, aggregator=None
    )
    check_in_accuracy_m = fields.Float(
        string="Accuracy at Check-in",
        digits=(16, 0),
        readonly=True,
        copy=False,
        aggregator=None,
        help="Metres within which the device supposed itself to be.",
    )
    check_in_distance_m = fields.Float(
        string="Distance at Check-in",
        digits=(16, 0),
        readonly=True,
        copy=False,
        aggregator=None,
        help="Metres from the position of the customer at that time.",
    )
    check_out_at = fields.Datetime(
        string="Checked Out", readonly=True, copy=False, index="btree_not_null"
    )
    is_check_out_located = fields.Boolean(
        string="Position at Check-out", readonly=True, copy=False
    )
    check_out_latitude = fields.Float(
        digits=(10, 7), readonly=True, copy=False, aggregator=None
    )
    check_out_longitude = fields.Float(
        digits=(10, 7), readonly=True, copy=False, aggregator=None
    )
    check_out_accuracy_m = fields.Float(
        string="Accuracy at Check-out",
        digits=(16, 0),
        readonly=True,
        copy=False,
        aggregator=None,
    )
    check_out_distance_m = fields.Float(
        string="Distance at Check-out",
        digits=(16, 0),
        readonly=True,
        copy=False,
        aggregator=None,
    )
    position_datum = fields.Selection(
        selection=[(datum, datum) for datum in geo.DATUMS],
        string="Datum",
        readonly=True,
        copy=False,
        help="In what the device told its positions.",
    )
    visit_result = fields.Selection(
        selection=[
            ("verified", "Verified"),
            ("inaccurate", "Position not accurate enough"),
            ("far", "Out of range"),
            ("unlocated", "Position of the customer not known"),
            ("incomplete", "No position at check-out"),
            ("forgotten", "Check-out forgotten"),
        ],
        string="Visit",
        readonly=True,
        copy=False,
        help="Verified: the device was at the customer, as near and as accurate as the "
        "settings ask for, at check-in and at check-out.",
    )
    out_of_range_reason = fields.Char(
        string="Why Out of Range", readonly=True, copy=False
    )
    visit_photo = fields.Image(
        string="Photo", max_width=1920, max_height=1920, copy=False
    )
    is_open_visit = fields.Boolean(compute="_compute_is_open_visit")
    is_customer_located = fields.Boolean(related="customer_id.is_located")

    # One cannot be in two places. Also what makes two taps at once one visit.
    _open_visit_uniq = models.UniqueIndex(
        "(user_id) WHERE check_in_at IS NOT NULL AND check_out_at IS NULL",
        "You are checked in at a customer already: check out there first.",
    )

    @api.depends("check_in_at", "check_out_at")
    def _compute_is_open_visit(self):
        for followup in self:
            followup.is_open_visit = bool(
                followup.check_in_at and not followup.check_out_at
            )

    @api.model
    def _get_measured_fields(self):
        return super()._get_measured_fields() | VISIT_FIELDS

    def _is_measured(self):
        return super()._is_measured() or bool(self.check_in_at)

    def write(self, vals):
        before = {visit.id: visit.customer_id for visit in self if visit.check_in_at}
        result = super().write(vals)
        if "partner_id" in vals:
            moved = self.filtered(
                lambda visit: (
                    before.get(visit.id, visit.customer_id) != visit.customer_id
                )
            )
            moved._measure_again()
        return result

    def action_check_out(self):
        """Ask the browser for its position, then check out."""
        self.ensure_one()
        return self._get_locate_action("check_out_here", self, optional=True)

    def action_store_position(self):
        """Remember where this visit checked in as the position of its customer."""
        self.ensure_one()
        self.customer_id.write(
            {
                "partner_latitude": self.check_in_latitude,
                "partner_longitude": self.check_in_longitude,
                "geo_datum": self.position_datum,
            }
        )

    @api.model
    def _get_locate_action(self, method, records, optional=False):
        """Return the client action that asks the browser where it is and calls
        ``method`` of the records with ``{"latitude", "longitude", "accuracy_m"}``.

        :param optional: without a position, call it with False
        """
        return {
            "type": "ir.actions.client",
            "tag": "crm_relations_locate",
            "params": {
                "model": records._name,
                "ids": records.ids,
                "method": method,
                "optional": optional,
            },
        }

    def _open_visit(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Visit"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
