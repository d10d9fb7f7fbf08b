from datetime import datetime

from odoo import models
from odoo.tools import SQL

from ..register.crm_complaint import OPEN
from .crm_complaint import SERIOUS

LATEST = 3


class ResPartner(models.Model):
    """What the customer complains of stands on its first page: the open ones first,
    and of the others the latest."""

    _inherit = "res.partner"

    def _get_overview_parts(self):
        return {
            **super()._get_overview_parts(),
            "complaints": [self._get_overview_complaints_sql()],
        }

    def _get_overview_complaints_sql(self):
        family = [("partner_id.commercial_partner_id", "=", self.id)]
        complaints = self.env["crm.complaint"]
        readable = complaints._search(family)
        told = readable
        if self._may_read_whole_history():
            # Superuser: whoever looks after the customer has to know; it is told, not
            # opened.
            told = complaints.sudo()._search(
                [*family, ("company_id", "in", self.env.companies._get_open().ids)]
            )
        return SQL(
            """
            SELECT jsonb_build_object(
                       'id', complaint.id, 'name', complaint.name,
                       'subject', complaint.subject, 'state', complaint.state,
                       'severity', complaint.severity,
                       'registered_at', complaint.registered_at,
                       'closed_at', complaint.closed_at, 'by', colleague.name,
                       'may_open', complaint.id IN %(readable)s,
                       'count', count(*) OVER ()) AS line
              FROM crm_complaint AS complaint
         LEFT JOIN res_users AS login ON login.id = complaint.user_id
         LEFT JOIN res_partner AS colleague ON colleague.id = login.partner_id
             WHERE complaint.id IN %(told)s
               AND complaint.state NOT IN ('merged', 'withdrawn')
          ORDER BY complaint.state NOT IN %(open)s, complaint.severity DESC,
                   complaint.registered_at DESC, complaint.id DESC
             LIMIT %(latest)s
            """,
            readable=readable.subselect(),
            told=told.subselect(),
            open=OPEN,
            latest=LATEST,
        )

    def _tell_overview(self, found):
        lines = found["complaints"]
        return {
            **super()._tell_overview(found),
            "complaints": [self._tell_complaint(line) for line in lines],
        }

    def _tell_complaint(self, line):
        known = self.env["crm.complaint"]._fields
        states = dict(known["state"]._description_selection(self.env))
        severities = dict(known["severity"]._description_selection(self.env))
        is_open = line["state"] in OPEN
        day = line["registered_at"] if is_open else line["closed_at"]
        return {
            **{key: line[key] for key in ("id", "name", "subject", "may_open")},
            "by": line["by"] or "",
            "count": line["count"],
            "state": states[line["state"]],
            "severity": severities.get(line["severity"], ""),
            "is_open": is_open,
            "is_serious": is_open and line["severity"] in SERIOUS,
            "day": self._format_history_moment(_read_moment(day)),
        }


def _read_moment(text):
    """Return the moment that the database wrote as text, None for nothing."""
    return datetime.fromisoformat(text) if text else None
