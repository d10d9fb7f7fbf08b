from odoo import models


class MergePartnerWizard(models.TransientModel):
    """What was lent of a merged customer ends: it was lent of that one, and the
    survivor has more. What is lent of the survivor goes on."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self.env["crm.archive.loan"]._end_of(
            [("partner_id", "in", src_partners.ids)], "merge"
        )
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _update_values(self, src_partners, dst_partner):
        result = super()._update_values(src_partners, dst_partner)
        # Superuser: whose customer it is now.
        owner = dst_partner.sudo().user_id
        self.env["crm.archive.loan"]._end_of(
            [("partner_id", "=", dst_partner.id), ("user_id", "=", owner.id)], "owner"
        )
        return result
