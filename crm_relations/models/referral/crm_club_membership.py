import secrets

from odoo import api, fields, models

from ...tools.qr_code import draw_qr

# Neither 0 and O nor 1, I and L: a code is read out on the telephone as well.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 10


class CrmClubMembership(models.Model):
    """Members recommend us with a link of their own."""

    _inherit = "crm.club.membership"

    referral_code = fields.Char(
        readonly=True, copy=False, export_string_translation=False
    )

    _referral_code_uniq = models.UniqueIndex(
        "(referral_code) WHERE referral_code IS NOT NULL"
    )

    def _get_referral_url(self):
        """Return the link of an active member; it is made when it is first asked for.
        Nobody guesses it."""
        self.ensure_one()
        # Superuser: nobody writes memberships; who sees this one may pass its link on.
        membership = self.sudo()
        if membership.state != "active":
            return ""
        if not membership.referral_code:
            membership.referral_code = "".join(
                secrets.choice(LETTERS) for _place in range(LENGTH)
            )
        return f"{membership.get_base_url()}/refer/{membership.referral_code}"

    @api.model
    def _find_by_referral_code(self, code):
        """Return the active member with this code, as superuser, or nothing."""
        if not set(LETTERS).issuperset(code):
            return self.browse()
        # Superuser: the code is the right to its form.
        members = self.sudo().search(
            [("referral_code", "=", code), ("state", "=", "active")], limit=1
        )
        return members.filtered("referral_code")

    def _get_page_values(self):
        url = self._get_referral_url()
        return super()._get_page_values() | {
            "referral_url": url,
            "referral_code": self.referral_code or "",
            "referral_qr": draw_qr(url) if url else "",
            "referrals": self._get_told_referrals() if url else [],
            "honours": self._get_honours(),
        }

    def _get_told_referrals(self):
        """Return ``[(who, state, points)]`` of what came of the recommendations: of
        others the first letter, for it is their affair."""
        # Superuser: of the member's own referrals.
        referrals = self.env["crm.referral"].sudo()
        found = referrals.search([("referrer_id", "=", self.partner_id.id)], limit=50)
        states = dict(referrals._fields["state"]._description_selection(self.env))
        return [
            (
                f"{(one.referred_id.name or one.lead_id.contact_name or '?')[:1]}…",
                states[one.state],
                self.card_id._format_points(one.points) if one.points else "",
            )
            for one in found
        ]

    def _get_honours(self):
        # Superuser: as above.
        referrals = self.env["crm.referral"].sudo()
        found = referrals.search(
            [("referrer_id", "=", self.partner_id.id), ("state", "=", "paid")]
        )
        return [honour for honour in found.rule_id.mapped("honour") if honour]
