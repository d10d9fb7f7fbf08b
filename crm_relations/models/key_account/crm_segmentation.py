from odoo import api, models


class CrmSegmentation(models.AbstractModel):
    """Key accounts are scored by the figures of the night."""

    _inherit = "crm.segmentation"

    @api.model
    def _get_steps(self):
        return [*super()._get_steps(), "key_accounts"]

    @api.model
    def _decide_key_accounts(self, partner_ids):
        """Who is key is a matter of all customers together: at night."""
        if partner_ids is None:
            self.env["crm.key.account.scheme"]._run_all()
            self.env["crm.key.account.nomination"]._propose_ends()
