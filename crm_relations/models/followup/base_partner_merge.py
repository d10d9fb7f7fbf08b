from odoo import models


class MergePartnerWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _get_fields_of_moved_rows(self):
        names = super()._get_fields_of_moved_rows()
        return [*names, "last_followup_at", "contact_due_date"]
