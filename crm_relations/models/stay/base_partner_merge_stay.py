from odoo import fields, models


class MergePartnerWizard(models.TransientModel):
    """Of merged customers the stays with the survivor's salesperson go on."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._end_twin_stays(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _update_values(self, src_partners, dst_partner):
        result = super()._update_values(src_partners, dst_partner)
        # Superuser: decided fields are written by nobody.
        dst_partner.sudo()._stays_changed()
        return result

    def _end_twin_stays(self, src_partners, dst_partner):
        """One request stays open, and the longest protection in force."""
        owner = dst_partner.user_id or src_partners.user_id[:1]
        # Superuser: also requests that who merges may not read.
        stays = self.env["crm.pool.stay"].sudo()
        stays = stays.search(
            [
                ("partner_id", "in", (src_partners | dst_partner).ids),
                ("state", "in", ("requested", "approved")),
            ]
        )
        kept = stays.filtered(lambda stay: stay.user_id == owner)
        requests = kept.filtered(lambda stay: stay.state == "requested")
        protections = kept.filtered(
            lambda stay: (stay.kind, stay.state) == ("protection", "approved")
        ).sorted(lambda stay: (stay.until, stay.id), reverse=True)
        (stays - kept | requests[1:] | protections[1:]).write(
            {
                "state": "ended",
                "ending": "merge",
                "ended_at": fields.Datetime.now(),
                "hold_until": False,
            }
        )
        self.env.flush_all()
