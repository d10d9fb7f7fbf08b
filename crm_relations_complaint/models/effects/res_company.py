from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    complaint_handling_cost = fields.Monetary(
        string="Cost of Handling a Complaint",
        help="Counted for each complaint in the return on key accounts, besides what "
        "the customer was given and the time of contacts. 0: nothing.",
    )

    _complaint_handling_cost_bounds = models.Constraint(
        "CHECK(complaint_handling_cost BETWEEN 0 AND 1000000)",
        "Handling a complaint costs between 0 and 1,000,000.",
    )
