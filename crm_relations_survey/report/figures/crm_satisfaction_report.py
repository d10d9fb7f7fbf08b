from odoo import fields, models
from odoo.tools import SQL


class CrmSatisfactionReport(models.Model):
    """What customers answered, a line an answered survey.

    The index of a group is the mean of the indices of its answers, each of them
    weighted over the factors that were answered.
    """

    _name = "crm.satisfaction.report"
    _inherit = "crm.satisfaction.line.mixin"
    _description = "Figures of satisfaction"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "study_id"
    _depends = {
        "crm.satisfaction.study": ["kind", "index_max", "minimum_count"],
        "crm.satisfaction.response": [
            *["study_id", "state", "channel", "company_id", "team_id", "user_id"],
            *["partner_id", "answered_on", "points", "has_points", "nps", "has_nps"],
            *["csat", "has_csat", "is_low", "is_anonymous", "shown_as"],
        ],
    }

    is_low = fields.Boolean(string="Low", readonly=True)

    def _get_internal_columns(self):
        plain = ("study_id", "company_id", "team_id", "user_id")
        return {
            **super()._get_internal_columns(),
            "id": SQL("COALESCE(response.shown_as, response.id)"),
            **{name: SQL.identifier("response", name) for name in plain},
            "date": SQL("response.answered_on"),
            "is_low": SQL("COALESCE(response.is_low, FALSE)"),
        }

    def _get_answers(self):
        return SQL(
            """
              FROM crm_satisfaction_response AS response
              JOIN crm_satisfaction_study AS study ON study.id = response.study_id
             WHERE %s
            """,
            self._get_shown_sql(),
        )
