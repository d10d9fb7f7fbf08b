from odoo import models

# Ledger, what it decides and since when, and its column of the new value.
LEDGERS = [
    ("crm.tier.change", "tier_id", "tier_since", "new_tier_id"),
    ("crm.lifecycle.change", "lifecycle", "lifecycle_since", "new_layer"),
    (
        *("crm.relationship.change", "relationship_level"),
        *("relationship_since", "new_level"),
    ),
]


class MergePartnerWizard(models.TransientModel):
    """The survivor carries on where the joined ledgers end, with joined evidence."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._cut_circular_referrals(src_partners | dst_partner)
        self._merge_lost_customers(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _update_values(self, src_partners, dst_partner):
        result = super()._update_values(src_partners, dst_partner)
        # Superuser: what rules have decided moves along, though nobody may type it.
        survivor = dst_partner.sudo()
        if survivor.is_managed_customer:
            survivor.write(self._get_last_decisions(survivor))
            self._keep_tier_by_hand(survivor)
            survivor._refresh_classes(survivor.ids)
            survivor._refresh_relationship(survivor.ids)
        return result

    def _cut_circular_referrals(self, partners):
        """Forget that one of these customers was referred by another of them, also by
        way of others: nobody refers itself."""
        # Superuser: a circle may lead over customers that who merges does not see.
        for partner in partners.sudo().filtered("referred_by_id"):
            referrer = partner.referred_by_id
            while referrer and referrer not in partners:
                referrer = referrer.referred_by_id
            if referrer:
                partner.referred_by_id = False

    def _get_last_decisions(self, survivor):
        """Return the values with which the ledgers of ``survivor`` end; a tier that was
        set by hand stays."""
        values, company = {}, survivor._get_relation_company()
        for ledger, field, since, column in LEDGERS:
            change = survivor._get_latest_changes(ledger).get(survivor.id)
            by_hand = field == "tier_id" and survivor.tier_override_id
            if change and not by_hand and survivor[field] != change[column]:
                value = change[column]
                values[field] = value.id if field.endswith("_id") else value
                values[since] = company._get_relations_day(change.decided_at)
        return values

    def _keep_tier_by_hand(self, survivor):
        """What was set by hand for one of them holds for the survivor, and the joined
        ledger ends with it."""
        tier = survivor.tier_override_id
        change = survivor._get_latest_changes("crm.tier.change").get(survivor.id)
        last = change.new_tier_id if change else tier.browse()
        if tier and (last != tier or survivor.tier_id != tier):
            survivor.tier_id = last  # from where the line to come leads
            survivor._apply_tier_override(tier)

    def _merge_lost_customers(self, src_partners, dst_partner):
        """A customer has one open record, and the unique index would refuse the whole
        merge."""
        # Superuser: who merges need not be one who registers lost customers.
        lost = self.env["crm.lost.customer"].sudo()
        lost._unite((src_partners | dst_partner).ids)
