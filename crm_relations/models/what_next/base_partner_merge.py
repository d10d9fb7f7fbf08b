from odoo import models


class MergePartnerWizard(models.TransientModel):
    """Of merged customers that are put off, the one of the survivor's salesperson that
    comes back first stays put off; the others become history."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        owner = dst_partner.sudo().user_id or src_partners.sudo().user_id[:1]
        # Superuser: also lines that who merges may not read.
        lines = self.env["crm.not.now"].sudo()
        lines = lines._find_in_force((src_partners | dst_partner).ids)
        kept = lines.filtered(lambda line: line.user_id == owner)
        kept = kept.sorted(lambda line: (line.until, line.id))[:1]
        (lines - kept)._end("merge")
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)
