from odoo import fields, models
from odoo.tools import SQL


class CrmWorkloadReport(models.Model):
    """What people do about complaints, and whether their clocks were met."""

    _inherit = "crm.workload.report"
    _depends = {
        "crm.complaint": ["partner_id"],
        "crm.complaint.event": [
            *["complaint_id", "company_id", "kind", "at", "user_id"],
        ],
        "crm.complaint.clock": [
            *["complaint_id", "company_id", "user_id", "result", "stopped_at"],
        ],
    }

    activity = fields.Selection(
        selection_add=[("complaint", "Complaint"), ("complaint_clock", "Clock")]
    )
    complaint_accepted_count = fields.Integer(
        string="Complaints Taken in Hand", readonly=True
    )
    complaint_contact_count = fields.Integer(
        string="Contacts on Complaints", readonly=True
    )
    complaint_closed_count = fields.Integer(string="Complaints Closed", readonly=True)
    complaint_on_time_rate = fields.Float(
        string="Clocks in Time (%)",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="Of the clocks of complaints that the person stopped or let run out: "
        "those met.",
    )

    def _get_parts(self):
        return {
            **super()._get_parts(),
            "complaint": self._get_complaint_part(),
            "complaint_clock": self._get_clock_part(),
        }

    def _get_complaint_part(self):
        return {
            "model": "crm.complaint.event",
            "columns": {
                "id": SQL("event.id"),
                "date": SQL("event.at"),
                "user_id": SQL("event.user_id"),
                "company_id": SQL("event.company_id"),
                "customer_id": SQL("complaint.partner_id"),
                "complaint_accepted_count": SQL("(event.kind = 'accepted')::int"),
                "complaint_contact_count": SQL("(event.kind = 'contacted')::int"),
                "complaint_closed_count": SQL("(event.kind = 'closed')::int"),
            },
            "source": SQL(
                """
                  FROM crm_complaint_event AS event
                  JOIN crm_complaint AS complaint ON complaint.id = event.complaint_id
                 WHERE event.kind IN ('accepted', 'contacted', 'closed')
                   AND event.user_id IS NOT NULL
                """
            ),
        }

    def _get_clock_part(self):
        return {
            "model": "crm.complaint.clock",
            "columns": {
                "id": SQL("clock.id"),
                "date": SQL("clock.stopped_at"),
                "user_id": SQL("clock.user_id"),
                "company_id": SQL("clock.company_id"),
                "customer_id": SQL("complaint.partner_id"),
                "complaint_on_time_rate": SQL("100 * (clock.result = 'met')::int"),
            },
            "source": SQL(
                """
                  FROM crm_complaint_clock AS clock
                  JOIN crm_complaint AS complaint ON complaint.id = clock.complaint_id
                 WHERE clock.result IN ('met', 'late')
                """
            ),
        }

    def _get_source_action(self, activity, model, source_id):
        if model in ("crm.complaint.event", "crm.complaint.clock"):
            complaint = self.env[model].browse(source_id).complaint_id
            return complaint._open_form()
        return super()._get_source_action(activity, model, source_id)
