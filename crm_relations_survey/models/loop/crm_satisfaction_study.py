from odoo import fields, models


class CrmSatisfactionStudy(models.Model):
    """What follows from a low answer."""

    _inherit = "crm.satisfaction.study"

    low_task_to = fields.Selection(
        selection=[
            ("leader", "The leader of the salesperson"),
            ("responsible", "The responsible of the study"),
            ("salesperson", "The salesperson"),
        ],
        string="Low Answers Go To",
        required=True,
        default="leader",
        help="Who gets a task at once when an answer is low. Where there is no such "
        "person, the responsible of the study.",
    )
    low_task_days = fields.Integer(
        string="To Settle Within (Days)",
        required=True,
        default=1,
        aggregator=None,
        help="On which day the task is due.",
    )
    low_callback = fields.Boolean(
        string="Call Back After a Low Answer",
        help="Besides the task, an agent calls the customer back.",
    )

    _low_task_days_positive = models.Constraint(
        "CHECK(low_task_days >= 0)", "A task is not due before the answer."
    )
