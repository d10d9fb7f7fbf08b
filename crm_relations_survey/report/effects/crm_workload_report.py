from odoo import fields, models
from odoo.tools import SQL


class CrmWorkloadReport(models.Model):
    """What people do for satisfaction: customers asked, low answers settled, checks."""

    _inherit = "crm.workload.report"
    _depends = {
        "crm.satisfaction.response": [
            *["asked_by_id", "asked_at", "settled_by_id", "settled_at", "channel"],
            *["company_id", "partner_id", "state"],
        ],
        "crm.satisfaction.check": ["checker_id", "done_at", "company_id", "state"],
    }

    activity = fields.Selection(
        selection_add=[
            ("satisfaction_ask", "Survey Asked"),
            ("satisfaction_settle", "Low Answer Settled"),
            ("satisfaction_check", "Check"),
        ]
    )
    satisfaction_asked_count = fields.Integer(
        string="Customers Asked by Survey", readonly=True
    )
    satisfaction_settled_count = fields.Integer(
        string="Low Answers Settled", readonly=True
    )
    satisfaction_check_count = fields.Integer(string="Checks Done", readonly=True)

    def _get_parts(self):
        return {
            **super()._get_parts(),
            "satisfaction_ask": self._get_satisfaction_part(
                "asked_by_id",
                "asked_at",
                "satisfaction_asked_count",
                SQL("response.state <> 'cancelled' AND response.channel <> 'check'"),
            ),
            "satisfaction_settle": self._get_satisfaction_part(
                "settled_by_id",
                "settled_at",
                "satisfaction_settled_count",
                SQL("response.settled_at IS NOT NULL"),
            ),
            "satisfaction_check": self._get_check_part(),
        }

    def _get_satisfaction_part(self, user, date, measure, condition):
        return {
            "model": "crm.satisfaction.response",
            "columns": {
                "id": SQL("response.id"),
                "date": SQL.identifier("response", date),
                "user_id": SQL.identifier("response", user),
                "company_id": SQL("response.company_id"),
                "customer_id": SQL("response.partner_id"),
                measure: SQL("1"),
            },
            "source": SQL(
                "FROM crm_satisfaction_response AS response"
                " WHERE %s IS NOT NULL AND %s",
                SQL.identifier("response", user),
                condition,
            ),
        }

    def _get_check_part(self):
        return {
            "model": "crm.satisfaction.check",
            "columns": {
                "id": SQL('"check".id'),
                "date": SQL('"check".done_at'),
                "user_id": SQL('"check".checker_id'),
                "company_id": SQL('"check".company_id'),
                "customer_id": SQL("NULL::int"),
                "satisfaction_check_count": SQL("1"),
            },
            "source": SQL(
                'FROM crm_satisfaction_check AS "check" WHERE "check".state = \'done\''
            ),
        }
