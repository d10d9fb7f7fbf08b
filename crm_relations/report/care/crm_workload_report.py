from odoo import fields, models
from odoo.tools import SQL

from ...tools.local_moments import utc_moment


class CrmWorkloadReport(models.Model):
    """Care that was done, or missed, by who was in charge of it."""

    _inherit = "crm.workload.report"
    _depends = {
        "crm.care.task": [
            *["user_id", "partner_id", "company_id", "state", "done_at"],
            *["occasion_date", "deadline_at", "channel"],
        ],
        "res.partner": ["company_id", "relation_company_id"],
    }

    activity = fields.Selection(selection_add=[("care", "Care")])
    care_count = fields.Integer(string="Care Tasks Done", readonly=True)
    care_on_time_rate = fields.Float(
        string="Care on Time (%)",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="Of the care tasks done or missed: those done by the day of the occasion.",
    )

    def _get_parts(self):
        return {**super()._get_parts(), "care": self._get_care_part()}

    def _get_care_part(self):
        """Return the tasks that are done, and those whose day has passed undone."""
        partners = self.env["res.partner"]
        on_time = SQL(
            "COALESCE(task.state = 'done' AND task.done_at < missed.at, FALSE)"
        )
        return {
            "model": "crm.care.task",
            "columns": {
                "id": SQL("task.id"),
                "date": SQL("COALESCE(task.done_at, missed.at)"),
                "user_id": SQL("task.user_id"),
                "company_id": SQL("task.company_id"),
                "customer_id": SQL("task.partner_id"),
                "care_count": SQL("(task.state = 'done')::int"),
                "care_on_time_rate": SQL("100 * %s::int", on_time),
            },
            "source": SQL(
                """
                  FROM crm_care_task AS task
                  JOIN res_partner AS customer ON customer.id = task.partner_id
                  JOIN %(own)s
            CROSS JOIN LATERAL (
                       SELECT COALESCE(
                              task.deadline_at,
                              %(midnight)s) AS at) AS missed
                 WHERE (task.state IN ('done', 'missed')
                        OR task.state IN ('planned', 'open') AND missed.at <= %(now)s)
                   AND COALESCE(task.channel, '') NOT IN ('sms', 'email')
                """,
                midnight=utc_moment(
                    SQL("(task.occasion_date + 1)::timestamp"), SQL("own.tz")
                ),
                own=partners._get_company_of_sql("own", "customer"),
                now=fields.Datetime.now(),
            ),
        }

    def _get_source_action(self, activity, model, source_id):
        if model == "crm.care.task":  # has no form of its own
            task = self.env[model].browse(source_id)
            return task.action_open_customer()
        return super()._get_source_action(activity, model, source_id)
