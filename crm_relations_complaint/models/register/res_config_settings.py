from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The company's answers about complaints."""

    _inherit = "res.config.settings"

    complaint_similar_days = fields.Integer(
        related="company_id.complaint_similar_days", readonly=False
    )

    def action_use_dealer_terms(self):
        """Take the categories of a car dealer into use, those of earlier too."""
        self.env["crm.complaint.category"]._use_dealer_terms()
        return self.env["crm.answer.summary"]._notify(
            self.env._("The terms of a car dealer are in use.")
        )
