from odoo import fields, models
from odoo.tools import SQL

LATEST = 3


class ResPartner(models.Model):
    """How satisfied the customer is stands on its first page."""

    _inherit = "res.partner"

    def _get_overview_parts(self):
        return {
            **super()._get_overview_parts(),
            "satisfaction": [self._get_overview_satisfaction_sql()],
        }

    def _get_overview_satisfaction_sql(self):
        own = [
            ("partner_id", "=", self.id),
            ("state", "=", "answered"),
            ("is_anonymous", "!=", True),
        ]
        responses = self.env["crm.satisfaction.response"]
        readable = responses._search(own)
        told = readable
        if self._may_read_whole_history():
            # Superuser: whoever looks after the customer has to know; it is told, not
            # opened.
            companies = ("company_id", "in", self.env.companies._get_open().ids)
            told = responses.sudo()._search([*own, companies])
        studies = self.env["crm.satisfaction.study"]
        return SQL(
            """
            SELECT jsonb_build_object(
                       'id', response.id, 'study', %(study)s,
                       'points', response.points, 'has_points', response.has_points,
                       'nps', response.nps, 'has_nps', response.has_nps,
                       'comment', response.comment, 'is_low', response.is_low,
                       'loop_state', response.loop_state,
                       'day', response.answered_on,
                       'may_open', response.id IN %(readable)s,
                       'count', count(*) OVER ()) AS line
              FROM crm_satisfaction_response AS response
              JOIN crm_satisfaction_study AS study ON study.id = response.study_id
             WHERE response.id IN %(told)s
          ORDER BY response.answered_at DESC, response.id DESC
             LIMIT %(latest)s
            """,
            study=studies._field_to_sql("study", "name"),
            readable=readable.subselect(),
            told=told.subselect(),
            latest=LATEST,
        )

    def _tell_overview(self, found):
        lines = found["satisfaction"]
        return {
            **super()._tell_overview(found),
            "satisfaction": [self._tell_satisfaction(line) for line in lines],
        }

    def _tell_satisfaction(self, line):
        return {
            **{key: line[key] for key in ("id", "may_open", "count", "is_low")},
            "study": line["study"] or "",
            "points": round(line["points"]) if line["has_points"] else False,
            "nps": line["nps"] if line["has_nps"] else False,
            "comment": line["comment"] or "",
            "is_open": line["loop_state"] == "open",
            "day": self.env.user._tell_day(fields.Date.to_date(line["day"]), "short"),
        }
