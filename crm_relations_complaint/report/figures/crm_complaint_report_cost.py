from odoo import fields, models
from odoo.tools import SQL


class CrmComplaintReport(models.Model):
    """What the remedies of complaints cost."""

    _inherit = "crm.complaint.report"
    _depends = {"crm.complaint": ["granted_amount"]}

    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    cost = fields.Monetary(
        string="Cost of Remedies",
        readonly=True,
        help="Remedies approved or booked, in the currency of your company.",
    )

    def _get_columns(self):
        return super()._get_columns() | {
            "currency_id": SQL("%s::int", self.env.company.currency_id.id),
            "cost": SQL(
                "COALESCE(complaint.granted_amount, 0) / company.rate * mine.rate"
            ),
        }
