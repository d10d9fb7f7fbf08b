from odoo import models
from odoo.tools import SQL

from ...tools.local_moments import local_time

# From here on the days of the calendar are numbered, as working days are.
FIRST_DAY = "2000-01-01"


class CrmPoolRule(models.Model):
    """How the days of a rule are counted: SQL joined to ``clock.start``.

    With leave left out the day is found without going through the days: of each owner
    a sorted list of the days of leave is kept, and for each of them the number of
    counted days before it that are no leave (``keys``). Those that come before the
    rule's last day are the ones whose key is small enough: a binary search.
    """

    _inherit = "crm.pool.rule"

    def _get_days_sql(self, partner_ids):
        """Return the joins, the SQL of the due day, and that of the facts; where
        ``own`` has no working hours every day counts."""
        self.ensure_one()
        if self.skip_leave:
            return self._get_days_without_leave_sql(partner_ids)
        if self.day_kind == "calendar":
            return SQL(""), SQL("clock.start + %s", self.days), SQL("'{}'::jsonb")
        first = self.env["crm.working.day"]._get_range()[0]
        joins = self._get_calendars()._get_workday_join_sql(
            self.days,
            SQL("own.calendar_id"),
            SQL("GREATEST(clock.start, %s)", first),
        )
        due = SQL("COALESCE(workday.due_day, clock.start + %s)", self.days)
        return joins, due, SQL("""'{"working": true}'::jsonb""")

    def _keep_days(self):
        """Have the table of days ready: a form that is only read cannot write it."""
        if "working" in self.mapped("day_kind"):
            self._get_calendars()._keep_working_days()

    def _get_calendars(self):
        companies = self.env["res.company"]._get_all_for_relations()
        return companies.resource_calendar_id

    def _get_days_without_leave_sql(self, partner_ids):
        working = self.day_kind == "working"
        if working:
            self._get_calendars()._keep_working_days()
            number, start, due, due_day = self._get_working_numbers_sql()
        else:
            number, start, due, due_day = self._get_calendar_numbers_sql()
        joins = SQL(
            """
            %(start)s
            LEFT JOIN (WITH leave AS MATERIALIZED (%(leaves)s) TABLE leave) AS leave
                   ON leave.user_id = partner.user_id %(calendar)s
            CROSS JOIN LATERAL (
                   SELECT COALESCE(width_bucket(clock.start, leave.days), 0) AS before
                   ) AS gone
            CROSS JOIN LATERAL (
                   SELECT COALESCE(width_bucket(
                              %(number)s + %(days)s - gone.before - 1, leave.keys)
                              - gone.before, 0) AS leave) AS skipped
            CROSS JOIN LATERAL (
                   SELECT %(number)s + %(days)s + skipped.leave AS number) AS target
            %(due)s
            """,
            start=start,
            leaves=self._get_leave_keys_sql(partner_ids),
            calendar=SQL("AND leave.calendar_id = own.calendar_id")
            if working
            else SQL(),
            number=number,
            days=self.days,
            due=due,
        )
        facts = SQL(
            "jsonb_build_object('working', %s, 'leave', skipped.leave)", working
        )
        return joins, due_day, facts

    def _get_calendar_numbers_sql(self):
        """Return the number of the first day, its join, and join and day of the last:
        calendar days are numbered by themselves."""
        return (
            SQL("(clock.start - %s::date)", FIRST_DAY),
            SQL(),
            SQL(),
            SQL("%s::date + target.number", FIRST_DAY),
        )

    def _get_working_numbers_sql(self):
        """Return the same for working days, out of the table of days. Beyond it lies
        its last day; without working hours all days count."""
        first, last = self.env["crm.working.day"]._get_range()
        start = SQL(
            """
            LEFT JOIN LATERAL (
                   SELECT number FROM crm_working_day
                    WHERE calendar_id = own.calendar_id
                      AND day = GREATEST(clock.start, %s) LIMIT 1) AS started ON TRUE
            """,
            first,
        )
        due = SQL(
            """
            LEFT JOIN LATERAL (
                   SELECT day FROM crm_working_day
                    WHERE calendar_id = own.calendar_id AND works
                      AND number = target.number LIMIT 1) AS ended ON TRUE
            """
        )
        due_day = SQL(
            "COALESCE(ended.day, CASE WHEN started.number IS NULL"
            " THEN clock.start + %s ELSE %s END)",
            self.days,
            last,
        )
        return SQL("started.number"), start, due, due_day

    def _get_leave_keys_sql(self, partner_ids):
        """Return a SELECT of user_id, (calendar_id,) days and keys: one row an owner
        with leave (and a calendar of a company)."""
        working = self.day_kind == "working"
        counted = SQL("leave.day - %s::date", FIRST_DAY)
        join = calendar = only = SQL("")
        if working:
            counted = SQL("works.number")
            calendar = SQL(", works.calendar_id")
            join = SQL(
                """
                CROSS JOIN unnest(%s::int[]) AS calendar (id)
                CROSS JOIN LATERAL (
                   SELECT calendar_id, number, works FROM crm_working_day
                    WHERE calendar_id = calendar.id AND day = leave.day
                    LIMIT 1) AS works
                """,
                self._get_calendars().ids,
            )
            only = SQL("WHERE works.works")
        return SQL(
            """
            SELECT user_id %(group)s, array_agg(day ORDER BY day) AS days,
                   array_agg((number - rank)::int ORDER BY day) AS keys
              FROM (SELECT leave.user_id, leave.day, %(counted)s AS number,
                           row_number() OVER (PARTITION BY leave.user_id %(calendar)s
                                              ORDER BY leave.day) AS rank %(calendar)s
                      FROM (%(leaves)s) AS leave
                   %(join)s %(only)s) AS ranked
          GROUP BY user_id %(group)s
            """,
            group=SQL(", calendar_id") if working else SQL(""),
            calendar=calendar,
            counted=counted,
            join=join,
            only=only,
            leaves=self._get_leaves_sql(partner_ids),
        )

    def _get_leaves_sql(self, partner_ids):
        """Return a SELECT of user_id and day: who is away at noon, local to where the
        person works."""
        self.env["resource.calendar.leaves"].flush_model()
        self.env["resource.resource"].flush_model(["user_id", "tz"])
        first, last = self.env["crm.working.day"]._get_range()
        only = SQL("")
        if partner_ids is not None:
            only = SQL(
                "AND resource.user_id IN (SELECT user_id FROM res_partner"
                " WHERE id = ANY(%s))",
                list(partner_ids),
            )
        return SQL(
            """
            SELECT DISTINCT resource.user_id, day.noon::date AS day
              FROM resource_calendar_leaves AS leave
              JOIN resource_resource AS resource ON resource.id = leave.resource_id
        CROSS JOIN LATERAL (
                   SELECT %(since)s AS since, %(until)s AS until) AS away
        CROSS JOIN LATERAL generate_series(
                   GREATEST(away.since::date, %(first)s)::timestamp + '12 h'::interval,
                   LEAST(away.until::date, %(last)s)::timestamp + '12 h'::interval,
                   '1 day') AS day (noon)
             WHERE leave.time_type = 'leave' AND resource.user_id IS NOT NULL %(only)s
               AND day.noon >= away.since AND day.noon < away.until
            """,
            since=local_time(SQL("leave.date_from"), SQL("resource.tz")),
            until=local_time(SQL("leave.date_to"), SQL("resource.tz")),
            first=first,
            last=last,
            only=only,
        )
