from odoo import fields, models

from ..crm_care_rule_channel import CHANNELS, SUPERVISORS


class CrmCareLineMixin(models.AbstractModel):
    """A line of the maintenance table: what is done at which stage, what for, by whom,
    under whose eyes, within what time, by what means."""

    _name = "crm.care.line.mixin"
    _description = "Line of a care programme"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    stage = fields.Char(
        required=True, translate=True, help="When in the life of a customer."
    )
    name = fields.Char(string="Content", required=True, translate=True)
    purpose = fields.Text(translate=True)
    executor = fields.Selection(
        selection=[
            ("owner", "Salesperson of the customer"),
            ("leader", "Leader of the salesperson's team"),
            ("user", "One person"),
        ],
        required=True,
        default="owner",
    )
    supervisor = fields.Selection(
        selection=SUPERVISORS,
        required=True,
        default="leader",
    )
    limit_number = fields.Integer(
        string="Time Limit",
        help="Within so long after it has come up it is to be done. 0: on the day.",
    )
    limit_unit = fields.Selection(
        selection=[("minutes", "Minutes"), ("hours", "Hours"), ("days", "Days")],
        string="Unit",
        required=True,
        default="hours",
    )
    channel = fields.Selection(
        selection=CHANNELS,
        required=True,
        default="activity",
    )

    def _get_line_fields(self):
        """Return the names of the columns that a preset gives to the programme."""
        return [
            *["sequence", "stage", "name", "purpose", "executor", "supervisor"],
            *["limit_number", "limit_unit", "channel"],
        ]
