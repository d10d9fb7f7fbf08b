from odoo import fields, models


class CrmClubMembership(models.Model):
    """Memberships of partners that become one."""

    _inherit = "crm.club.membership"

    def _keep_oldest(self):
        """Let one of these memberships in a club go on: the one of a member before an
        invitation, then the older one."""
        kept = self.sorted(
            lambda one: (
                one.state == "invited",
                one.joined_on or fields.Date.today(),
                one.id,
            )
        )[:1]
        lost = self - kept
        if not lost:
            return
        # The cards are joined, with their points, by the ledger.
        cards = lost.card_id
        lost.use_ids.membership_id = kept
        best = self.level_id.sorted("threshold")[-1:]
        if best != kept.level_id:
            kept.level_id = best
        lost._end("merged", self.env.uid)
        cards.active = True
