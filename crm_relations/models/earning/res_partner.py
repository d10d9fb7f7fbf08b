from odoo import models
from odoo.fields import Domain


class ResPartner(models.Model):
    """Points for what customers and their persons do."""

    _inherit = "res.partner"

    def _earn_in_clubs(self, kind, source=None, key=""):
        """Let these customers or persons earn by the rules of their clubs.

        :param source: one record for all of them, or one for each in their order
        :return: the lines of the ledger, none for who is in no club
        """
        members = self._get_earning_memberships()
        return self._pass_to_memberships("_earn_for", members, kind, source, key)

    def _take_back_in_clubs(self, kind, source=None, key=""):
        """Take back what these earned for something; the opposite of the above, also
        of members that have left since.

        :return: the lines that take it back
        """
        members = self._get_memberships_of_both([("card_id", "!=", False)])
        members = {partner: own | others for partner, (own, others) in members.items()}
        return self._pass_to_memberships("_take_back_for", members, kind, source, key)

    def _pass_to_memberships(self, method, found, kind, source, key):
        passed = [
            (membership.id, number)
            for partner, number in zip(self, self._get_source_ids(source), strict=True)
            for membership in found[partner.id]
        ]
        if not passed:
            return self.env["loyalty.history"]
        members, numbers = zip(*passed, strict=True)
        memberships = self.env["crm.club.membership"].browse(members)
        records = source and source.browse(numbers)
        return getattr(memberships, method)(kind, records, key)

    def _get_source_ids(self, source):
        """Return the id of the source of each of these; one stands for all."""
        numbers = source.ids if source else [None]
        return numbers * len(self) if len(numbers) == 1 else numbers

    def _get_earning_memberships(self):
        """Return ``{partner id: memberships}``: in each club the person's own one, else
        that of its customer; one query."""
        members = self._get_memberships_of_both([("state", "=", "active")])
        return {
            partner: own
            | others.filtered(lambda one, own=own: one.club_id not in own.club_id)
            for partner, (own, others) in members.items()
        }

    def _get_memberships_of_both(self, domain):
        """Return ``{partner id: (its memberships, those of its customer)}``, as
        superuser."""
        # Superuser: whoever does what there are points for need not see memberships.
        partners = self.sudo()
        both = (partners | partners.commercial_partner_id).ids
        members = self.env["crm.club.membership"].sudo()
        none = members.browse()
        members = members.search(
            Domain("partner_id", "in", both) & Domain(domain)
        ).grouped("partner_id")
        return {
            partner.id: (
                members.get(partner, none),
                members.get(partner.commercial_partner_id, none),
            )
            for partner in partners
        }
