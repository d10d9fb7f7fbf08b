from odoo import models


class MergePartnerWizard(models.TransientModel):
    """Whoever is merged into a customer with a salesperson is put aside no more; in the
    pool one day holds, the latest."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_values(self, src_partners, dst_partner):
        result = super()._update_values(src_partners, dst_partner)
        # Superuser: whose customer it is, and lines that nobody writes.
        survivor = dst_partner.sudo()
        lines = self.env["crm.pool.aside"].sudo()
        lines = lines._find_in_force(survivor.ids)
        over = lines if survivor.user_id else lines[:-1]
        if over:
            over._end()
        return result
