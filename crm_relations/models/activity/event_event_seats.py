from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class EventEvent(models.Model):
    """For whom the seats of an activity are."""

    _inherit = "event.event"

    activity_day = fields.Date(
        compute="_compute_activity_day",
        store=True,
        export_string_translation=False,
        help="On which it begins, by the clock of the event.",
    )

    @api.depends("date_begin", "date_tz")
    def _compute_activity_day(self):
        for event in self:
            zoned = event.with_context(tz=event.date_tz or "UTC")
            begin = event.date_begin
            event.activity_day = (
                begin and fields.Datetime.context_timestamp(zoned, begin).date()
            )

    def _get_levels(self, partners):
        """Return ``{partner id: level}`` of the active members of the club among these
        and their customers; a person who is no member counts as its customer."""
        self.ensure_one()
        return {
            number: member.level_id.id
            for number, member in self._get_members(partners).items()
        }

    def _get_members(self, partners, only_active=True):
        """Return ``{partner id: membership}`` of those, as superuser."""
        if not self.club_id:
            return {}
        # Superuser: who registers guests need not read memberships.
        members = self.env["crm.club.membership"].sudo()
        states = ("active",) if only_active else ("active", "suspended", "ended")
        found = members.search(
            [
                ("club_id", "=", self.club_id.id),
                ("state", "in", states),
                "|",
                ("partner_id", "in", partners.ids),
                ("partner_id", "in", partners.commercial_partner_id.ids),
            ]
        )
        # Of several the one that goes on.
        found = found.sorted(lambda member: (member.state != "ended", member.id))
        by_partner = {member.partner_id.id: member for member in found}
        return {
            partner.id: member
            for partner in partners
            if (
                member := by_partner.get(partner.id)
                or by_partner.get(partner.commercial_partner_id.id)
            )
        }

    def _prepare_guest_vals(self, partner, values):
        self.ensure_one()
        return {
            "event_id": self.id,
            "partner_id": partner.commercial_partner_id.id,
            "attendee_id": partner.id,
            "company_id": self.company_id.id,
            **values,
        }

    def _lock_seats(self):
        """Let whoever takes a seat of the same levels at the same moment begin anew:
        who only waited would see the seats of before."""
        self.env.execute_query(
            SQL(
                "UPDATE crm_event_seat SET use_number = COALESCE(use_number, 0) + 1"
                " WHERE event_id = ANY(%s) AND seats > 0 RETURNING id",
                list(self.ids),
            )
        )

    def _check_level_seats(self, partners):
        """Refuse guests for whom there is no seat.

        :param partners: who takes one now
        :raise ValidationError: only members can come as yet, or the seats of a level
            are taken
        """
        self.ensure_one()
        if not self.club_id or not partners:
            return
        self._check_only_members(partners)
        levels = set(self._get_levels(partners).values())
        limited = self.seat_ids.filtered(
            lambda line: line.seats and line.level_id.id in levels
        )
        taken = limited._get_taken()
        for line in limited:
            if taken.get((self.id, line.level_id.id), 0) > line.seats:
                raise ValidationError(
                    self.env._(
                        "No seat is left for members of the level %(level)s: there are "
                        "%(seats)s.",
                        seats=line.seats,
                        level=line.level_id.name,
                    )
                )

    def _check_only_members(self, partners):
        if not self.members_until or self.members_until < self._get_activity_today():
            return
        levels = self._get_levels(partners)
        invited = self.seat_ids.level_id
        coming = self.env["crm.event.guest"].search(
            [
                ("event_id", "=", self.id),
                ("attendee_id", "in", partners.ids),
                ("seats", ">", 0),
            ]
        )
        for guest in coming:
            level = levels.get(guest.attendee_id.id)
            if level is None or (invited and level not in invited.ids):
                raise ValidationError(
                    self.env._(
                        "Until %(day)s the seats of %(activity)s are kept for the "
                        "members invited.",
                        day=self.env.user._tell_day(self.members_until),
                        activity=self.name,
                    )
                )
