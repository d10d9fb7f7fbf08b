from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain

from ...tools.qr_code import draw_qr

SOON = 90
DAYS_TOLD = 5


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
        companies = user._get_open_companies().ids
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
            "pending_texts": self._tell_pending(),
            "expiring_texts": self._tell_expiring(),
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

    def _tell_pending(self):
        """Return what cannot be spent yet, and from when on it can: a line a day."""
        sums = self._sum_lots(
            [("is_pending", "=", True), ("remaining", ">", 0)], "pending_until:day"
        )
        return [
            self.env._(
                "%(points)s can be spent from %(day)s on",
                points=self.card_id._format_points(points),
                day=self.env.user._tell_day(day),
            )
            for day, points in sums
        ]

    def _tell_expiring(self):
        """Return what lapses within some weeks: a line a day."""
        today = self.club_id._get_today()
        sums = self._sum_lots(
            [
                *[("is_pending", "!=", True), ("remaining", ">", 0)],
                ("expires_on", ">=", today),
                ("expires_on", "<=", today + relativedelta(days=SOON)),
            ],
            "expires_on:day",
        )
        return [
            self.env._(
                "%(points)s can be spent until %(day)s",
                points=self.card_id._format_points(points),
                day=self.env.user._tell_day(day),
            )
            for day, points in sums
        ]

    def _sum_lots(self, domain, day):
        """Return ``[(day, points)]`` of lots of the card, the first days."""
        if not self.card_id:
            return []
        # Superuser: the ledger of the member's own card.
        history = self.env["loyalty.history"].sudo()
        rows = history._read_group(
            [("card_id", "=", self.card_id.id), *domain],
            [day],
            ["remaining:sum"],
            limit=DAYS_TOLD,
            order=day,
        )
        return rows

    def _get_lines(self, offset=0, limit=None):
        """Return a page of the ledger of the member's card, the newest line first:
        ``[{"day", "words", "points", "until"}]``."""
        self.ensure_one()
        # Superuser: as above.
        history = self.env["loyalty.history"].sudo()
        lines = history.search(
            [("card_id", "=", self.card_id.id)],
            order="create_date desc, id desc",
            offset=offset,
            limit=limit,
        )
        kinds = dict(history._fields["kind"]._description_selection(self.env))
        user = self.env.user
        return [
            {
                "day": user._tell_day(line.create_date),
                "kind": kinds.get(line.kind, ""),
                "words": line.description or "",
                "points": line._get_net(),
                "points_text": self.card_id._format_points(line._get_net()),
                "until": line._tell_standing(user),
            }
            for line in lines
        ]

    def _count_lines(self):
        # Superuser: as above.
        history = self.env["loyalty.history"].sudo()
        return history.search_count([("card_id", "=", self.card_id.id)])

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
