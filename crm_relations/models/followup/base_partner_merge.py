from odoo import models


class MergePartnerWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _get_fields_of_moved_rows(self):
        return [*super()._get_fields_of_moved_rows(), "last_followup_at"]
