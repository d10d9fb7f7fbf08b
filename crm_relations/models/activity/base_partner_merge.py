from odoo import models

# The better one is kept.
RANKS = ("cancelled", "declined", "invited", "registered", "attended")


class MergePartnerWizard(models.TransientModel):
    """Guests who become one stand once at each activity, as what they came to."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # Superuser: also guests that who merges may not read.
        guests = self.env["crm.event.guest"].sudo()
        found = guests.search([("attendee_id", "in", (src_partners | dst_partner).ids)])
        for some in found.grouped("event_id").values():
            ranked = some.sorted(lambda one: (-RANKS.index(one.state), one.id))
            kept = ranked[:1]
            kept.seats = sum(some.mapped("seats"))
            (some - kept).unlink()
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)
