from odoo import models


class MergePartnerWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_values(self, src_partners, dst_partner):
        """A position is taken as a whole, with its datum: Odoo fills it number by
        number, and would put the survivor into another place."""
        place = self._get_place(src_partners, dst_partner)
        result = super()._update_values(src_partners, dst_partner)
        # Superuser: as the rest of the merge.
        dst_partner.sudo().write(place)
        return result

    def _get_place(self, src_partners, dst_partner):
        """Return the values of where the survivor is, else of one merged into it."""
        # Superuser: as above.
        located = (dst_partner | src_partners).sudo().filtered("is_located")[:1]
        names = ("partner_latitude", "partner_longitude", "geo_datum", "is_located")
        return {name: located[name] for name in names} if located else {}
