from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    complaint_free_amount = fields.Monetary(
        string="Goodwill Without Approval",
        help="Remedies up to this sum for one complaint need no approval. 0: each that "
        "costs money needs one.",
    )

    _complaint_free_amount_positive = models.Constraint(
        "CHECK(complaint_free_amount >= 0)",
        "What is given without approval is not below zero.",
    )
