from odoo import fields, models
from odoo.tools import SQL


class CrmComplaintReport(models.Model):
    """What the remedies of complaints cost."""

    _inherit = "crm.complaint.report"
    _depends = {"crm.complaint": ["granted_amount", "merged_into_id"]}

    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    cost = fields.Monetary(
        string="Cost of Remedies",
        readonly=True,
        help="Remedies approved or booked, in the currency of your company; of what "
        "was merged where it went.",
    )

    def _get_columns(self):
        return super()._get_columns() | {
            "currency_id": SQL("%s::int", self.env.company.currency_id.id),
            "cost": SQL(
                """
                (COALESCE(complaint.granted_amount, 0) + COALESCE((
                    SELECT sum(merged.granted_amount) FROM crm_complaint AS merged
                     WHERE merged.merged_into_id = complaint.id), 0))
                / company.rate * mine.rate
                """
            ),
        }
