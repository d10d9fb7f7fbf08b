from odoo import api, fields, models
from odoo.exceptions import ValidationError

LONGEST_WAIT_HOURS = 24 * 366


class CrmCallbackOutcome(models.Model):
    """How a call ends, what follows from it, and how it counts in the rates.

    The first nine of an agent's screen have the digits 1 to 9.
    """

    _name = "crm.callback.outcome"
    _description = "Outcome of a call"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(
        default=10, help="The first nine outcomes have the keys 1 to 9."
    )
    active = fields.Boolean(default=True)
    category = fields.Selection(
        selection=[
            ("I", "I: complete"),
            ("P", "P: partial"),
            ("R", "R: refusal or break-off"),
            ("NC", "NC: non-contact"),
            ("O", "O: other, eligible"),
            ("UH", "UH: unknown whether the number is the customer's"),
            ("UO", "UO: unknown whether eligible"),
            ("NE", "Not eligible"),
        ],
        string="AAPOR Category",
        required=True,
        default="NC",
        help="The final disposition of the AAPOR Standard Definitions. Response, "
        "cooperation, refusal and contact rates are computed from it.",
    )
    consequence = fields.Selection(
        selection=[
            ("complete", "Done"),
            ("retry", "Call again after the delay"),
            ("appointment", "Call again when agreed"),
            ("close", "Give up"),
            ("invalid_number", "The number is wrong: try another one"),
            ("opt_out", "Give up and call this number never again"),
        ],
        required=True,
        default="retry",
        help="What happens to the callback. A wrong number is not dialled again until "
        "somebody corrects it. “Never again” puts the number on the blacklist.",
    )
    retry_hours = fields.Float(
        string="Retry Delay (hours)",
        default=3,
        help="The callback comes up again after so many hours: working hours where "
        "the rule counts in working time.",
    )
    attempt_limit = fields.Integer(
        default=3,
        help="After so many attempts with this outcome the callback is given up. "
        "0: no limit but that of the rule.",
    )
    is_contact = fields.Boolean(
        string="Counts as Contact",
        help="The customer was talked to: a follow-up is logged, which restarts the "
        "clock of the public pool.",
    )
    is_invalid = fields.Boolean(
        string="Invalid Callback",
        help="Counts as invalid in the analysis of invalid callbacks.",
    )
    colour = fields.Selection(
        selection=[
            ("success", "Green"),
            ("secondary", "Grey"),
            ("warning", "Yellow"),
            ("danger", "Red"),
        ],
        required=True,
        default="secondary",
        help="Colour of the button on the agent's screen.",
    )

    @api.constrains("retry_hours", "attempt_limit")
    def _check_limits(self):
        for outcome in self:
            if not 0 <= outcome.retry_hours <= LONGEST_WAIT_HOURS:
                raise ValidationError(
                    self.env._("The retry delay lies between 0 hours and a year.")
                )
            if not 0 <= outcome.attempt_limit <= 100:
                raise ValidationError(
                    self.env._("The limit of attempts lies between 0 and 100.")
                )

    @api.constrains("category", "is_contact")
    def _check_category(self):
        for outcome in self:
            if outcome.is_contact and outcome.category in ("NC", "UH", "UO"):
                raise ValidationError(
                    self.env._(
                        "“%(outcome)s” cannot be a contact: its AAPOR category says "
                        "that nobody was reached.",
                        outcome=outcome.name,
                    )
                )

    def _get_question(self):
        """Return what is asked before this is saved, "" for what does no harm."""
        if self.consequence == "opt_out":
            return self.env._(
                "This number is never called again, for no reason, and all other calls "
                "to it are dropped. Has the customer asked for that?"
            )
        if self.consequence == "invalid_number":
            return self.env._(
                "This number is not dialled any more for this customer. Is it wrong?"
            )
        return ""
