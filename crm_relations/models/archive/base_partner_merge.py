from odoo import models
from odoo.models import MAGIC_COLUMNS

from ...tools.told_source import told_as

# Fields that mean something only together: taken over as a whole or not at all.
UNITS = [
    ("birth_day", ["birth_calendar", "birth_year", "birth_month", "birth_leap_month"]),
    ("id_number", ["id_country_id"]),
]


class MergePartnerWizard(models.TransientModel):
    """Merging customers loses nothing of ours.

    Odoo deletes *all* rows of a table whose unique key clashes while it moves them
    to the surviving partner; a room with such a table moves its rows itself.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        with told_as("merge"):
            return super()._merge(partner_ids, dst_partner, extra_checks)

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._merge_profiles(src_partners, dst_partner)
        self.env.flush_all()
        result = super()._update_foreign_keys(src_partners, dst_partner)
        # Superuser: figures of the survivor, whoever merges.
        dst_partner.sudo()._rows_moved()
        return result

    def _update_values(self, src_partners, dst_partner):
        managed = any(src_partners.sudo().mapped("is_managed_customer"))
        # Superuser: what rules have decided moves along, though nobody may type it.
        result = super()._update_values(src_partners.sudo(), dst_partner.sudo())
        survivor = dst_partner.sudo()
        if managed and survivor.commercial_partner_id == survivor:
            survivor.is_managed_customer = True
        return result

    def _merge_profiles(self, src_partners, dst_partner):
        """Move profiles to the survivor; where it has one, keep both facts: fill its
        empty fields from the other, then drop that."""
        # Superuser: profiles move along, also those that who merges may not read.
        profiles = self.env["crm.person.profile"].sudo()
        kept = profiles.search([("partner_id", "=", dst_partner.id)])
        for profile in profiles.search([("partner_id", "in", src_partners.ids)]):
            if not kept:
                profile.partner_id = dst_partner
                kept = profile
            else:
                self._fill_profile(kept, profile)
                profile.unlink()

    def _fill_profile(self, kept, lost):
        kept.write(self._get_units_to_fill(kept, lost))
        kept.write(
            {
                name: kept._fields[name].convert_to_write(lost[name], lost)
                for name in self._get_single_fields(kept)
                if not kept[name] and lost[name]
            }
        )
        lost.family_member_ids.profile_id = kept
        kept.message_subscribe(lost.message_partner_ids.ids)
        lost.message_ids.res_id = kept.id

    def _get_units_to_fill(self, kept, lost):
        return {
            name: lost[name].id if name.endswith("_id") else lost[name]
            for key, names in UNITS
            if lost[key] and not kept[key]
            for name in [key, *names]
        }

    def _get_single_fields(self, profile):
        """Return the names of typed fields that mean something by themselves."""
        together = {name for key, names in UNITS for name in [key, *names]}
        return [
            name
            for name, field in profile._fields.items()
            if field.store
            and not (field.compute or field.related)
            and field.type not in ("one2many", "many2many")
            and name not in together.union(MAGIC_COLUMNS)
        ]
