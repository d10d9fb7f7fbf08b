from odoo import fields, models

ITEM_KINDS = [("task", "Task"), ("criterion", "Exit Criterion")]


class CrmComplaintCrisisPlanLine(models.Model):
    """A task of an emergency plan, or what must be reached before the crisis ends."""

    _name = "crm.complaint.crisis.plan.line"
    _description = "Line of an Emergency Plan"
    _inherit = ["crm.colleague.mixin"]
    _order = "plan_id, kind desc, sequence, id"

    plan_id = fields.Many2one(
        comodel_name="crm.complaint.crisis.plan",
        string="Emergency Plan",
        required=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(
        selection=ITEM_KINDS,
        required=True,
        default="task",
        help="Tasks are done. The crisis ends only when every exit criterion is met.",
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    minutes = fields.Integer(
        string="Within (Minutes)",
        help="After the crisis was declared. 0: at no certain time.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person",
        index="btree_not_null",
        domain="[('share', '=', False)]",
        help="Empty: the leader of the crisis.",
    )

    _minutes_positive = models.Constraint(
        "CHECK(minutes BETWEEN 0 AND 525600)", "Within 0 minutes to a year."
    )
