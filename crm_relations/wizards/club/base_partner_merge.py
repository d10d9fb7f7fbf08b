from odoo import models


class MergePartnerWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge_loyalty_cards(self, src_partners, dst_partner):
        """Wallets of a club become one with all their lots, each with its last day;
        Odoo then finds nothing left to add up."""
        programs = self.env["crm.club"]._get_programs()
        # Superuser: all cards of those who become one.
        cards = self.env["loyalty.card"].sudo().with_context(active_test=False)
        cards = cards.search(
            [
                ("program_id", "in", list(programs)),
                ("partner_id", "in", (src_partners | dst_partner).ids),
            ]
        )
        for those in cards.grouped("program_id").values():
            # The one in use stays, if there are more that of who stays.
            kept = those.sorted(
                lambda card: (not card.active, card.partner_id != dst_partner, card.id)
            )[:1]
            (those - kept)._move_ledger(kept)
        return super()._merge_loyalty_cards(src_partners, dst_partner)
