from odoo import fields, models

# What is news to whoever looks after the customer; the rest is the officer's work.
TOLD = (
    *("registered", "decided", "solved", "confirmed", "disputed"),
    *("closed", "reopened", "withdrawn"),
)


class CrmComplaintEvent(models.Model):
    """A line in the timeline of the customer."""

    _inherit = "crm.complaint.event"

    partner_id = fields.Many2one(related="complaint_id.partner_id")

    def _get_history_line(self):
        # Superuser: numbers of complaints and names of colleagues.
        event = self.sudo()
        complaint = event.complaint_id
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        words = [complaint.display_name, event.note]
        return {
            "date": complaint.partner_id._format_history_moment(event.at),
            "title": kinds[event.kind],
            "text": " · ".join(filter(None, words)),
            "by": event.user_id.name or self.env._("The customer"),
            "res_model": complaint._name,
            "res_id": complaint.id,
        }
