from odoo import api, fields, models


class CrmAccountLadderCriterion(models.Model):
    _inherit = "crm.account.ladder.criterion"

    evidence = fields.Selection(
        selection_add=[("satisfaction", "Average of the answers, of 100")],
        ondelete={"satisfaction": "cascade"},
    )

    @api.model
    def _get_windowed(self):
        return (*super()._get_windowed(), "satisfaction")
