from odoo import models


class MergePartnerWizard(models.TransientModel):
    """Teams of merged customers become one: of what excludes another the survivor's
    line stays, then the older one; the others are history."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # Superuser: also members that who merges may not see.
        members = self.env["crm.account.team.member"].sudo()
        found = members.search(
            [
                ("partner_id", "in", (src_partners | dst_partner).ids),
                ("state", "=", "open"),
            ],
            order="since, id",
        ).sorted(lambda member: member.partner_id != dst_partner)
        kept, lost = members.browse(), members.browse()
        for member in found:
            if any(member._excludes(other) for other in kept):
                lost |= member
            else:
                kept |= member
        lost._finish("merge")
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _update_values(self, src_partners, dst_partner):
        result = super()._update_values(src_partners, dst_partner)
        dst_partner._apply_team_access()
        self.env["crm.account.team.member"]._trigger_next()
        return result
