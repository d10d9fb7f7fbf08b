from odoo import models


class MergePartnerWizard(models.TransientModel):
    """Plans of merged customers may overlap: that one which is in force stays, then the
    older; the others end, and are kept."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # Superuser: also plans that who merges may not read.
        plans = self.env["crm.account.plan"].sudo()
        merged = src_partners | dst_partner
        found = plans.search(
            [("partner_id", "in", merged.ids), ("state", "!=", "ended")],
            order="decided_at, id",
        ).sorted(lambda plan: plan.state != "approved")
        kept = plans.browse()
        for plan in found:
            if any(plan._overlaps(other) for other in kept):
                plan._end_at_once(
                    self.env._("Merged with a customer that has a plan for this time.")
                )
            else:
                kept |= plan
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)
