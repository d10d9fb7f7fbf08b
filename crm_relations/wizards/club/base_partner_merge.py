from odoo import models


class MergePartnerWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge_loyalty_cards(self, src_partners, dst_partner):
        """Wallets of a club become one with all their lots, each with its last day;
        Odoo then finds nothing left to add up."""
        programs = self.env["crm.club"]._get_programs()
        # Superuser: all cards of those who become one.
        cards = self.env["loyalty.card"].sudo()
        for program in programs:
            domain = [("program_id", "=", program)]
            kept = cards.search([*domain, ("partner_id", "=", dst_partner.id)], limit=1)
            gone = cards.search([*domain, ("partner_id", "in", src_partners.ids)])
            if gone:
                kept = kept or gone[0]
                (gone - kept)._move_ledger(kept)
        return super()._merge_loyalty_cards(src_partners, dst_partner)
