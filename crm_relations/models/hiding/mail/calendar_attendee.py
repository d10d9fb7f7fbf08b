from odoo import models


class CalendarAttendee(models.Model):
    """Invitations and reminders go to those whose address is hidden, too."""

    _inherit = "calendar.attendee"

    def _notify_attendees(self, mail_template, notify_author=False, force_send=False):
        if self.env["crm.pool"]._hides_anything():
            # Odoo only asks whether there is an address; it writes to the partner.
            for attendee in self.filtered(lambda attendee: not attendee.email):
                if mask := attendee.partner_id.hidden_email:
                    attendee._fields["email"]._update_cache(attendee, mask)
        try:
            return super()._notify_attendees(
                mail_template, notify_author=notify_author, force_send=force_send
            )
        finally:
            self.invalidate_recordset(["email"], flush=False)
