from odoo import models


class MergePartnerWizard(models.TransientModel):
    """Merged customers are one key account, the one that has been so longest; the other
    nominations stay as history."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # Superuser: also nominations that who merges may not read.
        nominations = self.env["crm.key.account.nomination"].sudo()
        merged = src_partners | dst_partner
        open_ones = nominations.search(
            [
                ("partner_id", "in", merged.ids),
                ("state", "in", ("asked", "approved")),
            ],
            order="since, id",
        )
        keys = open_ones.filtered(lambda one: one.state == "approved")
        asked = open_ones - keys
        word = self.env._("Merged with another customer that was one already.")
        keys[1:]._end(word)
        (asked if keys else asked[1:]).write(
            {"state": "refused", "refusal_reason": word}
        )
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)
