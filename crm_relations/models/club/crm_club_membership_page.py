from odoo import api, models
from odoo.fields import Domain

from ...tools.qr_code import draw_qr


class CrmClubMembership(models.Model):
    """What the member sees: the page in the portal and the card."""

    _inherit = "crm.club.membership"

    @api.model
    def _get_own_domain(self, user):
        """Return which memberships a user looks at in the portal."""
        # Superuser: whose contact he is.
        person = user.sudo().partner_id
        if user._is_public() or not person:
            return Domain.FALSE
        companies = user.sudo().company_ids.ids
        return (
            Domain("partner_id", "in", (person | person.commercial_partner_id).ids)
            & Domain("state", "!=", "ended")
            & Domain("company_id", "in", [False, *companies])
        )

    def _get_page_values(self):
        """Return what the page of this membership shows besides its fields."""
        self.ensure_one()
        level, missing = self._get_next_level()
        if self.state != "active":
            level = level.browse()
        start = self.level_id.threshold
        span = level.threshold - start
        done = min(max(self.qualifying - start, 0), span) if level else 0
        return {
            "next_level": self._tell_next_level(level) if level else "",
            "progress_text": self._tell_progress(missing) if level else "",
            "progress": round(100 * done / span) if span else 0,
            "benefits": [
                (line["benefit"], line["benefit"]._tell_left(line))
                for line in self._get_benefits()
            ],
            "points_text": self.card_id._format_points(self.points)
            if self.card_id
            else "",
            "qr": self._get_qr(),
            "invited_text": self.env._(
                "You are invited to join: %(club)s.", club=self.club_id.name
            ),
            "valid_text": self._tell_validity(),
            "kept_text": self._tell_kept_level(),
        }

    def _tell_next_level(self, level):
        return self.env._("Next Level: %(level)s", level=level.name)

    def _tell_progress(self, missing):
        return self.env._(
            "%(counted)s count by now, %(missing)s more to go.",
            counted=self._format_measured(self.qualifying),
            missing=self._format_measured(missing),
        )

    def _tell_validity(self):
        """Return until when the membership is valid, "" without an end."""
        if not self.valid_until:
            return ""
        day = self.env.user._tell_day(self.valid_until)
        return self.env._("Valid until %(day)s", day=day)

    def _tell_kept_level(self):
        """Return until when a level is kept that is no longer reached, else ""."""
        if not self.level_until:
            return ""
        return self.env._(
            "You keep the level %(level)s until %(day)s, and longer if you reach it "
            "again by then.",
            level=self.level_id.name,
            day=self.env.user._tell_day(self.level_until),
        )

    def _format_measured(self, value):
        """Return a value of what decides levels in words."""
        facts = {
            "by": self.club_id.qualify_by,
            "currency": self.env["res.company"]
            ._get_relations_default()
            .sudo()  # Superuser: the currency of a company is no secret.
            .currency_id.id,
        }
        return self.env["crm.reason"]._format_qualifying(facts, value)

    def _get_qr(self):
        """Return the code of the card as a picture to be put into a page: what a point
        of sale reads; "" without a card."""
        self.ensure_one()
        # Superuser: the code of a card goes to whoever may see its membership.
        code = self.sudo().card_id.code
        return draw_qr(code) if code else ""

    def _accept(self, user):
        """The invited one joins by himself."""
        # Superuser: called for one's own invitation only; locked against a second
        # click on another machine.
        invitation = self.sudo().try_lock_for_update(allow_referencing=True)
        invitation.invalidate_recordset(["state"])
        invitation.filtered(lambda one: one.state == "invited")._become_members(user.id)
