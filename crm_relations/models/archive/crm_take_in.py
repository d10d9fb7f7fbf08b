from odoo import api, models


class CrmTakeIn(models.Model):
    _inherit = "crm.take.in"

    @api.model
    def _get_next_jobs(self):
        return [*super()._get_next_jobs(), "archive_completeness"]
