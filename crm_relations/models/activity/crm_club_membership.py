from odoo import fields, models


class CrmClubMembership(models.Model):
    """The page of the member shows the activities to which he is invited."""

    _inherit = "crm.club.membership"

    def _get_page_values(self):
        return {**super()._get_page_values(), "invitations": self._get_invitations()}

    def _get_invitations(self):
        """Return the guests that this member is at activities of the club to come, as
        superuser: for the member's own page only."""
        guests = self.env["crm.event.guest"].sudo()
        return guests.search(
            [
                ("attendee_id", "=", self.partner_id.id),
                ("event_id.club_id", "=", self.club_id.id),
                ("event_id.date_end", ">=", fields.Datetime.now()),
                ("event_id.kanban_state", "!=", "cancel"),
                ("state", "!=", "cancelled"),
            ],
            order="date, id",
        )
