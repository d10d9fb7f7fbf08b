from odoo import models

KEY = "event-"


class EventEvent(models.Model):
    """Who was there earns points: each member once an activity. Who was not after all
    gives them back."""

    _inherit = "event.event"

    def _settle_attendance(self, partners):
        """Bring the points of these in line with who was there; the number of
        statements does not depend on how many they are."""
        self.ensure_one()
        if not self.club_id:
            return
        people = partners | partners.commercial_partner_id
        lines = self._find_attendance_lines(people)
        standing = lines._filter_standing()
        came = self._find_members_there(people)
        standing.filtered(
            lambda line: line.card_id not in came.card_id
        )._take_back_attendance()
        if self.attendance_points:
            active = came.filtered(lambda member: member.state == "active")
            self._earn_for_coming(active.card_id - standing.card_id, lines)

    def _earn_for_coming(self, cards, lines):
        points = self.attendance_points
        times = {card: len(some) for card, some in lines.grouped("card_id").items()}
        for number, some in cards.grouped(lambda card: times.get(card, 0)).items():
            some._earn(
                points,
                "event",
                self.env._("Attended: %(activity)s", activity=self.name),
                qualifying=points if self.counts_for_level else 0,
                source=self,
                # Who was marked by mistake and comes after all earns again.
                key=f"{KEY}{self.id}-{number}",
            )

    def _find_attendance_lines(self, people):
        """Return what cards of these earned by this activity, taken back or not."""
        # Superuser: the ledger.
        history = self.env["loyalty.history"].sudo().with_context(active_test=False)
        return history.search(
            [
                ("card_id.program_id", "=", self.club_id.program_id.id),
                ("card_id.partner_id", "in", people.ids),
                ("source_key", "=like", f"{KEY}{self.id}-%"),
            ],
            order="id",
        )

    def _find_members_there(self, people):
        """Return the memberships, of whatever state, of those of these customers who
        were there."""
        # Superuser: attendance is noted by people who need not read guests.
        guests = self.env["crm.event.guest"].sudo()
        there = guests.search(
            [
                ("event_id", "=", self.id),
                ("state", "=", "attended"),
                ("partner_id", "in", people.ids),
            ]
        )
        members = self._get_members(there.attendee_id, only_active=False)
        found = self.env["crm.club.membership"].sudo()
        return found.union(*members.values())
