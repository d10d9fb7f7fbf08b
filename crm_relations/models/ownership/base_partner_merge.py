from odoo import models


class MergePartnerWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Nobody takes a customer by merging it into one of his own, nor a contact with
        its profile into one of his contacts."""
        if not self.env.su:
            partners = self.env["res.partner"].browse(partner_ids)
            partners.exists()._check_may_leave()
        return super()._merge(partner_ids, dst_partner, extra_checks)
