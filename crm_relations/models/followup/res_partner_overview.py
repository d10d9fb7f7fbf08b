from datetime import date, datetime

from odoo import models
from odoo.tools import SQL

# What was said: neither notes of our own nor calls that nobody answered.
UNSPOKEN = ("note", "missed_call")
LAST_CONTACTS = 5
NEXT_STEPS = 8
# Documents of the customer on which the next step may be planned.
DOCUMENTS = ("crm.lead", "sale.order")
ICONS = {
    **{"visit": "fa-map-marker", "reception": "fa-map-marker", "call": "fa-phone"},
    **{"meeting": "fa-users", "email": "fa-envelope-o", "sms": "fa-mobile"},
}


class ResPartner(models.Model):
    """The last contacts with what was said, and the next steps."""

    _inherit = "res.partner"

    def _get_overview_parts(self):
        return {
            **super()._get_overview_parts(),
            "contacts": [self._get_last_contacts_sql()],
            "steps": [self._get_next_steps_sql()],
        }

    def _tell_overview(self, found):
        return {
            **super()._tell_overview(found),
            "contacts": [self._tell_contact(line) for line in found["contacts"]],
            "steps": self._tell_steps(found["steps"]),
        }

    def _get_last_contacts_sql(self):
        followups = self.env["crm.followup"]._search(
            [("customer_id", "=", self.id), ("kind_id.channel", "not in", UNSPOKEN)],
            order="date DESC, id DESC",
            limit=LAST_CONTACTS,
        )
        return SQL(
            """
            SELECT jsonb_build_object(
                       'id', followup.id, 'date', followup.date,
                       'kind', %(kind)s, 'channel', kind.channel,
                       'purpose', followup.purpose, 'content', followup.content,
                       'feedback', followup.feedback, 'by', colleague.name,
                       'with', CASE WHEN person.id <> followup.customer_id
                                    THEN person.name END) AS line
              FROM crm_followup AS followup
              JOIN crm_followup_kind AS kind ON kind.id = followup.kind_id
              JOIN res_users AS login ON login.id = followup.user_id
              JOIN res_partner AS colleague ON colleague.id = login.partner_id
         LEFT JOIN res_partner AS person ON person.id = followup.partner_id
             WHERE followup.id IN %(followups)s
          ORDER BY followup.date DESC, followup.id DESC
            """,
            kind=self.env["crm.followup.kind"]._field_to_sql("kind", "name"),
            followups=followups.subselect(),
        )

    def _tell_contact(self, line):
        moment = datetime.fromisoformat(line["date"])
        return {
            **{key: line[key] or "" for key in ("id", "kind", "purpose", "by", "with")},
            **{key: line[key] or "" for key in ("content", "feedback")},
            "icon": ICONS.get(line["channel"], "fa-comment-o"),
            "date": self._format_history_moment(moment),
        }

    def _get_next_steps_sql(self):
        """Return what is planned with the customer, its contacts, and those of its
        open opportunities and quotations that the caller may read."""
        return SQL(
            """
            SELECT jsonb_build_object(
                       'id', activity.id, 'summary', activity.summary,
                       'kind', %(kind)s, 'day', activity.date_deadline,
                       'by', colleague.name, 'user', activity.user_id,
                       'res_model', activity.res_model, 'res_id', activity.res_id,
                       'count', count(*) OVER ()) AS line
              FROM (%(found)s) AS found
              JOIN mail_activity AS activity ON activity.id = found.id
         LEFT JOIN mail_activity_type AS type ON type.id = activity.activity_type_id
         LEFT JOIN res_users AS login ON login.id = activity.user_id
         LEFT JOIN res_partner AS colleague ON colleague.id = login.partner_id
          ORDER BY activity.date_deadline, activity.id
             LIMIT %(most)s
            """,
            kind=self.env["mail.activity.type"]._field_to_sql("type", "name"),
            found=SQL(" UNION ALL ").join(self._get_found_steps()),
            most=NEXT_STEPS,
        )

    def _get_found_steps(self):
        """Return a SELECT of activities by place, each along the index of the record:
        with OR between them all activities were read."""
        partners = self.env["res.partner"]
        family = [("commercial_partner_id", "=", self.id)]
        found = {"res.partner": partners._search(family)}
        for name in DOCUMENTS:
            if self.env[name].has_access("read"):
                domain = [("partner_id.commercial_partner_id", "=", self.id)]
                found[name] = self.env[name]._search(domain)
        return [
            SQL(
                "SELECT id FROM mail_activity"
                " WHERE active AND res_model = %s AND res_id IN %s",
                name,
                query.subselect(),
            )
            for name, query in found.items()
        ]

    def _tell_steps(self, lines):
        today = self.env.user._get_relations_today()
        return [
            {
                **{key: line[key] for key in ("id", "res_model", "res_id", "count")},
                "title": line["summary"] or line["kind"] or "",
                "kind": line["kind"] or "",
                "by": line["by"] or "",
                "is_mine": line["user"] == self.env.uid,
                "day": self.env.user._tell_day(line["day"], "short"),
                "days_left": (date.fromisoformat(line["day"]) - today).days,
            }
            for line in lines
        ]
