from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    complaint_asks_by_mail = fields.Boolean(
        string="Ask for Confirmation by E-mail",
        default=True,
        help="Who has solved a complaint sends the customer what was done, with links "
        "to confirm it and to rate the handling.",
    )
    complaint_most_tries = fields.Integer(
        string="Tries to Reach the Customer",
        default=3,
        help="After so many tries on which the customer was not reached a solved "
        "complaint can be closed as not reached.",
    )

    _complaint_most_tries_positive = models.Constraint(
        "CHECK(complaint_most_tries > 0)", "Try at least once to reach the customer."
    )
