from odoo import fields, models

LEVELS = [
    ("4", "IV · one branch"),
    ("3", "III · one region"),
    ("2", "II · the company"),
    ("1", "I · the public"),
]


class CrmComplaintCrisisPlan(models.Model):
    """An emergency plan, made in quiet times: who leads and who speaks, what is done in
    which minute, what must be reached before it is over."""

    _name = "crm.complaint.crisis.plan"
    _description = "Emergency Plan"
    _inherit = ["crm.colleague.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: for every company.",
    )
    level = fields.Selection(
        selection=LEVELS,
        required=True,
        default="3",
        help="The level a crisis of this plan begins with; it can be raised.",
    )
    leader_id = fields.Many2one(
        comodel_name="res.users",
        index="btree_not_null",
        domain="[('share', '=', False)]",
        help="Leads the crisis. Empty: whoever declares it.",
    )
    spokesman_id = fields.Many2one(
        comodel_name="res.users",
        index="btree_not_null",
        domain="[('share', '=', False)]",
        help="The only one who speaks to the outside; approves what others say. Empty: "
        "the leader.",
    )
    report_minutes = fields.Integer(
        string="Report Every (Minutes)",
        default=60,
        help="As long as the crisis is open the leader reports so often.",
    )
    line_ids = fields.One2many(
        comodel_name="crm.complaint.crisis.plan.line",
        inverse_name="plan_id",
        string="What Is Done and Reached",
        copy=True,
    )

    _report_minutes_positive = models.Constraint(
        "CHECK(report_minutes BETWEEN 5 AND 10080)",
        "A report is due every 5 minutes to every week.",
    )
