from odoo import api, models

from ...tools.retries import retry


class CrmSegmentation(models.AbstractModel):
    """What Next reads the figures of the night."""

    _inherit = "crm.segmentation"

    @api.model
    def _get_steps(self):
        return [*super()._get_steps(), "usual_values", "not_now"]

    @api.model
    def _decide_usual_values(self, partner_ids):
        """What is usual is measured of all customers, at night."""
        if partner_ids is None:
            retry(self.env, self.env["crm.usual.value"]._refresh)
            self.env["ir.cron"]._commit_progress(0)

    @api.model
    def _decide_not_now(self, partner_ids):
        """The list itself asks for the day: this closes the line in the report."""
        if partner_ids is None:
            self.env["crm.not.now"]._end_all_due()
