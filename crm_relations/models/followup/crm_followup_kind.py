from odoo import fields, models


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

    _weight_positive = models.Constraint(
        "CHECK(weight >= 0)", "The weight cannot be negative."
    )
