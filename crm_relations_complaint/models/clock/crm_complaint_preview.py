from odoo import api, fields, models

from .crm_complaint import MATCHED


class CrmComplaint(models.Model):
    """By which policy each clock of a complaint runs, while it is typed already."""

    _inherit = "crm.complaint"

    limits = fields.Text(
        string="Time Limits",
        compute="_compute_limits",
        help="How long what may take, and the policy that says so.",
    )

    @api.depends(*sorted(MATCHED), "round")
    @api.depends_context("lang")
    def _compute_limits(self):
        found = self.env["crm.complaint.policy"]._get_lines(self)
        for complaint in self:
            complaint.limits = "\n".join(
                f"{line._tell()} – {line.policy_id.name}"
                for kind, line in sorted(
                    found[complaint].items(), key=lambda pair: pair[0].sequence
                )
            )
