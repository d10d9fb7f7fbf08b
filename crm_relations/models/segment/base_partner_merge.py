from odoo import models


class MergePartnerWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._merge_lost_customers(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _recompute_survivor(self, partner):
        result = super()._recompute_survivor(partner)
        partner._refresh_activity(partner.ids)
        return result

    def _merge_lost_customers(self, src_partners, dst_partner):
        """Of several open records one stays, the oldest: a customer has one, and the
        unique index would refuse the whole merge. It keeps what the others said."""
        # Superuser: who merges need not be one who registers lost customers.
        records = self.env["crm.lost.customer"].sudo()
        still_lost = records.search(
            [
                ("partner_id", "in", (src_partners | dst_partner).ids),
                ("state", "!=", "won_back"),
            ],
            order="lost_on, id",
        )
        kept, twins = still_lost[:1], still_lost[1:]
        if twins:
            kept._absorb(twins)
