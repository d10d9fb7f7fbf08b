from odoo import api, models


class CrmSegmentation(models.AbstractModel):
    """Returns are counted when the night has decided who is key."""

    _inherit = "crm.segmentation"

    @api.model
    def _get_steps(self):
        return [*super()._get_steps(), "account_returns"]

    @api.model
    def _decide_account_returns(self, partner_ids):
        """At night only: during the day they are counted when somebody opens them."""
        if partner_ids is None:
            self.env["crm.account.return"]._cron_count()
