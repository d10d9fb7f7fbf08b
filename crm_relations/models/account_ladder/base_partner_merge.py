from odoo import models


class MergePartnerWizard(models.TransientModel):
    """The survivor is judged anew, by the joined evidence."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_values(self, src_partners, dst_partner):
        result = super()._update_values(src_partners, dst_partner)
        # Superuser: the ladder decides, whoever merges.
        self.env["crm.account.ladder"].sudo()._judge_all(dst_partner.ids)
        return result
