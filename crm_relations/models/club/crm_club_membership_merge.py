from odoo import fields, models


class CrmClubMembership(models.Model):
    """Memberships of partners that become one."""

    _inherit = "crm.club.membership"

    def _keep_oldest(self):
        """Let one of these memberships in a club go on: the one of a member before an
        invitation, then the older one; return it."""
        kept = self.sorted(
            lambda one: (
                one.state == "invited",
                one.joined_on or fields.Date.today(),
                one.id,
            )
        )[:1]
        lost = self - kept
        if not lost:
            return kept
        # The cards are joined, with their points, by the ledger.
        cards = lost.card_id
        lost.use_ids.membership_id = kept
        kept.write(self._get_best())
        lost._end("merged", self.env.uid)
        cards.active = True
        return kept

    def _get_best(self):
        """Return the values of what was reached, promised or renewed in any of these:
        who is one member from now on loses none of it."""
        levels = ("level_id", "kept_level_id")
        best = {name: self[name].sorted("threshold")[-1:].id for name in levels}
        today = self.club_id._get_today()
        hand = self.filtered(lambda one: one.manual_until and one.manual_until >= today)
        hand = hand.sorted(
            lambda one: (one.manual_level_id.threshold, one.manual_until)
        )[-1:]
        if hand:
            names = ("manual_level_id", "manual_until", "manual_reason", "manual_by_id")
            best |= {
                name: hand._fields[name].convert_to_write(hand[name], hand)
                for name in names
            }
        ends = self.filtered(lambda one: one.state != "invited").mapped("valid_until")
        return {**best, "valid_until": all(ends) and max(ends, default=False)}

    def _take_merged_card(self, partner):
        """Wallets have become one: it is that of these memberships of ``partner``."""
        cards = self.env["loyalty.card"].with_context(active_test=False)
        for membership in self.filtered("card_id"):
            domain = [
                ("program_id", "=", membership.club_id.program_id.id),
                ("partner_id", "=", partner.id),
            ]
            card = cards.search(domain, order="active desc, id", limit=1)
            if card and card != membership.card_id:
                membership.card_id = card
            if membership.state == "suspended":
                membership.card_id.active = False
