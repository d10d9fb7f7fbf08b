from datetime import date

from odoo import fields, models


class MergePartnerWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._end_twin_shares(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _end_twin_shares(self, src_partners, dst_partner):
        """Of several shares with one colleague the longest stays in force; the others
        become history, as there is one in force for customer and colleague."""
        # Superuser: also shares that who merges may not see.
        shares = self.env["crm.customer.share"].sudo()
        shares = shares._find_in_force((src_partners | dst_partner).ids)
        shares = shares.sorted(
            lambda share: (share.until or date.max, -share.id), reverse=True
        )
        for twins in shares.grouped("user_id").values():
            twins[1:].write(
                {
                    "active": False,
                    "ended_at": fields.Datetime.now(),
                    "ending": "merge",
                }
            )
        self.env.flush_all()

    def _update_values(self, src_partners, dst_partner):
        """The survivor keeps its owner, else takes that of a merged customer; it is in
        a pool only when nobody owns any of them."""
        # Superuser: whose customer it was decides, whoever merges.
        survivor = dst_partner.sudo()
        before = {survivor.id: survivor._get_owner_state()}
        since = survivor.owner_since
        owners = src_partners.sudo().user_id
        if survivor.user_id or owners:
            # Odoo fills what is empty: never a pool beside an owner.
            src_partners.sudo().write({"pool_id": False, "pool_since": False})
        result = super()._update_values(src_partners, dst_partner)
        survivor.owner_since = since
        if not survivor.user_id and owners and survivor.is_managed_customer:
            survivor.with_context(mail_auto_subscribe_no_notify=True)._give_to(
                owners[:1], "merge", before
            )
        self._end_shares_of_owner(survivor)
        return result

    def _end_shares_of_owner(self, survivor):
        """Whose customer it is now needs no share of it."""
        survivor.share_ids.filtered(
            lambda share: share.active and share.user_id == survivor.user_id
        ).write({"active": False, "ended_at": fields.Datetime.now(), "ending": "owner"})
