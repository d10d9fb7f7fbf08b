from odoo import fields, models


class ResCompany(models.Model):
    """When a favour is to be returned, and when a relationship is overdrawn."""

    _inherit = "res.company"

    favour_return_days = fields.Integer(
        string="Return Favours Within (days)",
        default=180,
        help="A favour that we have received is returned within so many days, or who "
        "has received it is reminded; it holds for favours recorded from now on. "
        "0: nobody is reminded.",
    )
    favour_overdrawn_at = fields.Integer(
        string="Overdrawn From",
        default=5,
        help="When they have done so much more for us than we for them, the customer's "
        "form warns. 0: never.",
    )

    _favour_settings_range = models.Constraint(
        "CHECK((favour_return_days IS NULL OR favour_return_days BETWEEN 0 AND 3650) "
        "AND (favour_overdrawn_at IS NULL OR favour_overdrawn_at BETWEEN 0 AND 1000))",
        "Favours are returned within 0 to 3650 days, and overdrawn from 0 to 1000.",
    )
