from odoo import api, fields, models
from odoo.exceptions import ValidationError

CALL_FIELDS = {
    *["call_number", "call_direction", "call_seconds", "recording_url", "call_id"],
    "call_match",
}


class CrmFollowup(models.Model):
    """Calls that an exchange has recorded; those of unknown numbers have no partner
    until somebody assigns them."""

    _inherit = "crm.followup"

    call_number = fields.Char(
        string="Telephone Number",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="In international spelling where the number is a valid one; empty where "
        "the caller withheld it.",
    )
    call_direction = fields.Selection(
        selection=[("in", "Incoming"), ("out", "Outgoing")],
        string="Direction",
        readonly=True,
        copy=False,
    )
    call_seconds = fields.Integer(string="Seconds", readonly=True, copy=False)
    recording_url = fields.Char(string="Recording", readonly=True, copy=False)
    call_id = fields.Char(string="Call ID of the Exchange", readonly=True, copy=False)
    call_match = fields.Selection(
        selection=[
            ("number", "By its number"),
            ("digits", "By the last digits"),
            ("several", "Several customers have this number"),
            ("unknown", "Unknown number"),
            ("hand", "By hand"),
        ],
        string="Found",
        readonly=True,
        copy=False,
        help="How the customer of a call was found.",
    )
    is_call_dismissed = fields.Boolean(
        string="Not a Customer",
        copy=False,
        help="A call that concerns no customer need not be assigned.",
    )

    _call_uniq = models.UniqueIndex("(call_id) WHERE call_id IS NOT NULL")
    _unassigned_idx = models.Index(
        "(date DESC) WHERE partner_id IS NULL AND NOT is_call_dismissed"
    )

    @api.model
    def _get_measured_fields(self):
        return super()._get_measured_fields() | CALL_FIELDS

    def _has_partner(self):
        return super()._has_partner() or bool(self.call_direction)

    def _is_measured(self):
        return super()._is_measured() or bool(self.call_direction)

    @api.constrains("partner_id")
    def _check_call_stays(self):
        # Only what has never been assigned may be without a customer.
        if any(
            call.call_direction and not call.partner_id and call.call_match != "unknown"
            for call in self
        ):
            raise ValidationError(
                self.env._("Whom did you talk to? Choose the customer of this call.")
            )

    @api.model
    def _get_unassigned_domain(self):
        """Return which calls wait for somebody who knows whose they are."""
        return [("call_direction", "!=", False), ("partner_id", "=", False)]

    def write(self, vals):
        result = super().write(vals)
        if vals.get("partner_id") and not self.env.su:
            # Superuser: this field is none of the user's, but tells of what he did.
            self.sudo().filtered("call_direction").call_match = "hand"
        return result

    def action_assign_call(self):
        """Ask whose calls these are."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Assign to customer"),
            "res_model": "crm.call.assign.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_followup_ids": self.ids},
        }

    def action_assign_call_to_new(self):
        action = self.action_assign_call()
        return action | {
            "name": self.env._("New customer"),
            "context": {**action["context"], "default_is_new": True},
        }

    def action_dismiss_call(self):
        """Mark as no call of a customer; of many, those that the caller may change."""
        calls = self.filtered(lambda call: not call.partner_id)
        own = calls._filtered_access("write").filtered("may_change")
        if len(self) == 1 or not own:
            own = calls
        own.is_call_dismissed = True
        left = len(calls - own)
        if not left:
            return None
        return self.env["crm.act"]._tell(
            self.env._(
                "Calls of no customer: %(count)s. Left, as calls of others: %(left)s.",
                count=len(own),
                left=left,
            )
        )

    def _assign_call(self, partner):
        self.write({"partner_id": partner.id, "is_call_dismissed": False})
