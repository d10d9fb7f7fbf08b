from odoo import models


class MergePartnerWizard(models.TransientModel):
    """Merged customers have one referrer, the one who was registered first, and have
    not brought themselves."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # Superuser: also referrals that who merges may not read.
        referrals = self.env["crm.referral"].sudo()
        merged = src_partners | dst_partner
        found = referrals.search(
            [("referred_id", "in", merged.ids), ("state", "!=", "refused")], order="id"
        )
        own = found.filtered(lambda one: (one.partner_id | one.referrer_id) & merged)
        standing = found - own
        own._drop(self.env._("Both were the same customer."))
        standing[1:]._drop(self.env._("Somebody else had brought it before."))
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)
