from odoo import models


class MergePartnerWizard(models.TransientModel):
    """Of members that become one, the membership that began first goes on, with the
    best level and the benefits used of all; the others end as history."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # Superuser: also memberships that who merges may not read.
        memberships = self.env["crm.club.membership"].sudo()
        found = memberships.search(
            [
                ("partner_id", "in", (src_partners | dst_partner).ids),
                ("state", "!=", "ended"),
            ]
        )
        kept = memberships.union(
            *(some._keep_oldest() for some in found.grouped("club_id").values())
        )
        self.env.flush_all()
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env.invalidate_all()
        kept._take_merged_card(dst_partner)
        return result
