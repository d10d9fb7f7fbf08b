from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import mute_logger

from ....tools.arguments import Given, Id, Text

# Who checks out later than this has forgotten to: the minutes say nothing.
LONGEST_VISIT = timedelta(hours=12)


class CrmFollowup(models.Model):
    """Check-in and check-out: from the browser, or from an app over the JSON API."""

    _inherit = "crm.followup"

    @api.model
    def check_in(
        self,
        partner_id: Id,
        latitude: Given,
        longitude: Given,
        accuracy_m: Given,
        datum: Given = "WGS84",
        reason: Text = "",
        photo: Given = None,
    ):
        """Begin a visit where the caller's device is; return the id of its follow-up.

        Checked in there already, the open visit comes back.

        :param accuracy_m: metres within which the device supposes itself to be
        :param reason: why the visit takes place out of the range of the settings
        :param photo: base64
        :raise UserError: out of range without a reason, or checked in elsewhere
        :raise ValidationError: no position; nothing is logged
        """
        self.check_access("create")
        partner = self._get_visited(partner_id)
        position = self._read_device(latitude, longitude, accuracy_m, datum)
        visit = self._get_open_visit()
        if visit and visit.partner_id == partner:
            return visit.id
        if visit:
            raise UserError(
                self.env._(
                    "You are still checked in at %(customer)s: check out there first.",
                    customer=visit.partner_id.display_name,
                )
            )
        distance, result = self._measure(partner, position)
        vals = {
            **self._prepare_visit_vals(partner, fields.Datetime.now()),
            "check_in_latitude": latitude,
            "check_in_longitude": longitude,
            "check_in_accuracy_m": accuracy_m,
            "check_in_distance_m": distance,
            "position_datum": datum,
            "visit_result": result,
            "out_of_range_reason": self._check_reason(
                partner, distance, result, reason
            ),
            "visit_photo": photo,
        }
        return self._begin_visit(vals).id

    @api.model
    def _begin_visit(self, vals):
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                # Superuser: what the device tells is not for users to write.
                return self.sudo().create(vals)
        except UniqueViolation:
            # Two taps at once: Odoo runs this one again, and it finds the visit.
            raise ConcurrencyError("check-in") from None

    def check_out(
        self,
        latitude: Given = None,
        longitude: Given = None,
        accuracy_m: Given = None,
        datum: Given = "WGS84",
        reason: Text = "",
    ):
        """End this visit; return the minutes it took. Parameters as in ``check_in``.

        Without a position the visit ends as well, but is not verified.
        """
        self.ensure_one()
        self.check_access("write")
        if not self.is_open_visit:
            raise UserError(self.env._("This visit has no check-in, or is over."))
        vals = {"check_out_at": fields.Datetime.now()}
        result = "incomplete"
        # A manager ends a visit that a colleague left open; where the manager is says
        # nothing of it.
        is_visitor = self.user_id == self.env.user
        if is_visitor and (latitude is not None or longitude is not None):
            position = self._read_device(latitude, longitude, accuracy_m, datum)
            distance, result = self._measure(self.partner_id, position)
            reason = self._check_reason(self.partner_id, distance, result, reason)
            latitude, longitude = self._convert(latitude, longitude, datum)
            vals |= {
                "is_check_out_located": True,
                "check_out_latitude": latitude,
                "check_out_longitude": longitude,
                "check_out_accuracy_m": accuracy_m,
                "check_out_distance_m": distance,
                "out_of_range_reason": self.out_of_range_reason or reason,
            }
        if self.visit_result == "verified":
            vals["visit_result"] = result
        vals |= self._prepare_length_vals(vals["check_out_at"] - self.check_in_at)
        # Superuser: as in check_in.
        self.sudo().write(vals)
        return self.duration_minutes

    @api.model
    def _prepare_visit_vals(self, partner, now):
        return {
            "partner_id": partner.id,
            "kind_id": self.env["crm.followup.kind"]._get_for_channel("visit").id,
            "purpose": self.env._("Visit"),
            "date": now,
            "user_id": self.env.uid,
            "check_in_at": now,
        }

    @api.model
    def _prepare_length_vals(self, length):
        if length > LONGEST_VISIT:
            return {"visit_result": "forgotten"}
        return {"duration_minutes": round(length.total_seconds() / 60)}

    def check_out_here(self, position: Given):
        """End this visit where the browser is; ask for a reason if out of range."""
        self.ensure_one()
        position = self._pick_position(position)
        is_visitor = self.user_id == self.env.user
        if position and is_visitor and self._is_far(self.partner_id, position):
            return self._ask_for_reason(self.partner_id, position)
        self.check_out(**position)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _ask_for_reason(self, partner, position):
        """Return the action of the wizard that checks in, or out of this visit."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Out of range"),
            "res_model": "crm.visit.wizard",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_partner_id": partner.id,
                "default_followup_id": self.id,
                "default_position": position,
                "default_distance_m": self._measure(
                    partner, self._read_device(**position)
                )[0],
            },
        }

    @api.model
    def _get_visited(self, partner_id):
        partner = self.env["res.partner"].browse(partner_id).exists()
        if not partner:
            raise UserError(self.env._("This customer does not exist any more."))
        partner.check_access("read")
        return partner

    @api.model
    def _get_open_visit(self):
        # Superuser: also one at a customer of a company that is switched off now.
        return self.sudo().search(
            [
                ("user_id", "=", self.env.uid),
                ("check_in_at", "!=", False),
                ("check_out_at", "=", False),
            ],
            limit=1,
        )
