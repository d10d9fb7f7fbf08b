from odoo import api, models


class CrmSegmentation(models.AbstractModel):
    """The ladders of key accounts read what the night has found before."""

    _inherit = "crm.segmentation"

    @api.model
    def _get_steps(self):
        return [*super()._get_steps(), "account_ladders"]

    @api.model
    def _decide_account_ladders(self, partner_ids):
        self.env["crm.account.ladder"]._judge_all(
            partner_ids, commit=partner_ids is None
        )
