from odoo import fields, models


class ResCompany(models.Model):
    """How long a complaint counts as a repeat of an earlier one."""

    _inherit = "res.company"

    complaint_similar_days = fields.Integer(
        string="Days of Repeats",
        default=90,
        help="A complaint of the same customer about the same product, lot or category "
        "within so many days is a repeated complaint, and shown while one is typed.",
    )

    _complaint_similar_days_positive = models.Constraint(
        "CHECK (complaint_similar_days >= 0)",
        "The days of repeated complaints cannot be negative.",
    )
