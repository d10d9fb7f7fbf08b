from odoo import api, models
from odoo.tools import SQL

from ...tools.tact import ACTIVITY, Bookings, judge, to_local


class CrmCareDispatch(models.AbstractModel):
    """Judge a batch of due tasks by consent and tact; a few queries for all of it."""

    _inherit = "crm.care.dispatch"

    @api.model
    def _judge(self, tasks, now):
        """Return ``{task id: values}``; the state is ``going`` for what is sent out."""
        cases = self._get_cases(tasks)
        bookings = self._get_bookings(tasks, cases, now)
        return {
            case.id: self._prepare_outcome(case, judge(case, now, bookings), now)
            for case in sorted(cases, key=lambda case: case.rank)
        }

    @api.model
    def _get_cases(self, tasks):
        partners = tasks.partner_id | tasks.person_id
        names = ("tz", "active", "phone_sanitized", "email_normalized", "user_id")
        partners.fetch((*names, "lang", "name"))
        (partners | partners.user_id.partner_id).fetch(["tz"])
        channels = {task.channel or task.rule_id.channel for task in tasks}
        refusals = {
            channel: self._get_refusals(partners, channel) for channel in channels
        }
        pauses = self._get_ids(partners._get_care_pauses_sql(), tasks.partner_id)
        zones = set(self.env["crm.care.rule"]._get_time_zones())
        return [task._prepare_case(refusals, pauses, zones) for task in tasks]

    @api.model
    def _get_refusals(self, partners, channel):
        partners.flush_model()
        return self._get_ids(partners._get_care_refusals_sql(channel), partners)

    @api.model
    def _get_ids(self, select, partners):
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM (%s) AS found (id) WHERE id = ANY(%s)",
                select,
                partners.ids,
            )
        )
        return {number for (number,) in rows}

    @api.model
    def _get_bookings(self, tasks, cases, now):
        """Return the days on which these customers are, or will be, touched."""
        bookings = Bookings()
        zones = {case.customer: case.zone for case in cases}
        known = {case.id: case for case in cases}
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT task.id, task.partner_id, task.touch_date, task.due_at,
                       task.first_due_at, rule.importance
                  FROM crm_care_task AS task
                  JOIN crm_care_rule AS rule ON rule.id = task.rule_id
                 WHERE task.partner_id = ANY(%(customers)s)
                   AND (task.touch_date >= %(now)s::date - 1
                        OR task.state = 'planned' AND rule.is_touch AND rule.active
                       AND COALESCE(task.channel, rule.channel) = rule.channel)
                """,
                customers=tasks.partner_id.ids,
                now=now,
            )
        )
        for row in rows:
            if row["touch_date"]:
                bookings.take(row["partner_id"], row["touch_date"])
                continue
            case = known.get(row["id"]) or tasks._prepare_rival(
                row, zones[row["partner_id"]]
            )
            bookings.wish(case, case.get_day(max(case.due, now)))
        return bookings

    @api.model
    def _prepare_outcome(self, case, verdict, now):
        facts = (
            {"code": verdict.code, "channel": case.channel} if verdict.code else None
        )
        if verdict.kind in ("go", "fall_back"):
            channel = ACTIVITY if verdict.kind == "fall_back" else case.channel
            return {
                "state": "going",
                "channel": channel,
                "touch_date": verdict.day,
                "dispatch_facts": facts,
            }
        if verdict.kind == "later":
            local = to_local(verdict.at, case.zone)
            facts |= {"day": str(local.date()), "time": local.strftime("%H:%M")}
            return {
                "state": "planned",
                "due_at": verdict.at,
                "first_due_at": case.first,
                "dispatch_facts": facts,
            }
        return {
            "state": "missed" if verdict.kind == "miss" else "dropped",
            "channel": case.channel,
            "done_at": now,
            "dispatch_facts": facts | {"is_end": True},
        }
