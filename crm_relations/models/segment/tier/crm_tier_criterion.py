from odoo import fields, models

# What people rate, and the points of their ratings; what nobody rated has none.
RATED = {
    "payment_behaviour": (
        "credit_standing",
        {"excellent": 100, "good": 75, "fair": 50, "poor": 25, "blocked": 0},
    ),
    "growth_potential": (
        "growth_potential",
        {"5": 100, "4": 75, "3": 50, "2": 25, "1": 0},
    ),
    "strategic_importance": (
        "strategic_importance",
        {"5": 100, "4": 75, "3": 50, "2": 25, "1": 0},
    ),
}


class CrmTierCriterion(models.Model):
    """What counts how much in a weighted score.

    Each criterion gives 0 to 100 points. A figure gives the percent rank of the
    customer among all that the scheme judges: nobody has less, 0; nobody has more,
    100; equal ones get the same; where all are equal, 50. A rating gives 0, 25, 50,
    75 or 100 for its five steps, and 0 while nobody has rated the customer.
    """

    _name = "crm.tier.criterion"
    _description = "Criterion of a weighted score"
    _order = "scheme_id, sequence, id"
    _rec_name = "kind"

    scheme_id = fields.Many2one(
        comodel_name="crm.tier.scheme",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        selection=[
            ("revenue", "Order revenue"),
            ("margin", "Margin"),
            ("paid", "Paid amount"),
            ("orders", "Number of orders"),
            ("payment_behaviour", "Payment behaviour (rated)"),
            ("growth_potential", "Growth potential (rated)"),
            ("strategic_importance", "Strategic importance (rated)"),
        ],
        string="Criterion",
        required=True,
        help="Payment behaviour is the credit standing in the customer's archive; "
        "growth potential and strategic importance are rated there as well.",
    )
    weight = fields.Float(
        string="Weight (%)",
        digits=(5, 2),
        required=True,
        help="The weights of all criteria of a scheme add up to 100 %.",
    )

    _weight_positive = models.Constraint(
        "CHECK(weight > 0 AND weight <= 100)",
        "A weight lies above 0 % and does not exceed 100 %.",
    )
    _kind_once = models.Constraint(
        "UNIQUE(scheme_id, kind)", "Each criterion stands in a scheme once."
    )
