from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmFollowupKind(models.Model):
    """A way to be in touch: whether it counts as follow-up, and how much."""

    _name = "crm.followup.kind"
    _description = "Kind of follow-up"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    channel = fields.Selection(
        selection=[
            ("visit", "Visit"),
            ("call", "Call"),
            ("missed_call", "Unanswered call"),
            ("meeting", "Meeting"),
            ("email", "E-mail"),
            ("sms", "SMS"),
            ("chat", "Chat"),
            ("reception", "Reception"),
            ("note", "Internal note"),
        ],
        required=True,
        default="call",
    )
    counts_as_followup = fields.Boolean(
        string="Counts as Follow-up",
        default=True,
        help="Such a record restarts the clock of the public pool.",
    )
    weight = fields.Float(
        default=1.0,
        help="How much one of these counts in the workload, compared with a call.",
    )

    # The upper bound also keeps out what is no number.
    _weight_positive = models.Constraint(
        "CHECK(weight >= 0 AND weight <= 1000)", "The weight lies between 0 and 1000."
    )

    @api.model
    def _get_for_channel(self, channel):
        """Return the first kind of this channel; in use ones go first."""
        # Superuser: kinds are the same for everybody, also the archived ones.
        kinds = self.sudo().with_context(active_test=False)
        kind = kinds.search(
            [("channel", "=", channel)], order="active DESC, sequence, id", limit=1
        )
        if not kind:
            labels = dict(self._fields["channel"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "No kind of follow-up has the channel “%(channel)s”. An "
                    "administrator adds one under Configuration.",
                    channel=labels[channel],
                )
            )
        return kind
