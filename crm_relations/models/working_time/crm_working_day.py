from datetime import date

from odoo import api, fields, models
from odoo.tools import SQL

YEARS_BACK, YEARS_AHEAD = 10, 15


class CrmWorkingDay(models.Model):
    """The days of a calendar, numbered by working days, for statements.

    ``number`` counts the working days up to and including the day, so that the day
    N working days later is the one that works and has a number greater by N. A
    calendar has its days from when they are first asked for
    (``resource.calendar._get_workday_sql``); those of the companies always have
    them. They change with the calendar, at the end of the same transaction.
    """

    _name = "crm.working.day"
    _description = "Day of a working calendar"
    _order = "calendar_id, day"
    _rec_name = "day"
    _log_access = False

    calendar_id = fields.Many2one(
        comodel_name="resource.calendar",
        string="Working Schedule",
        required=True,
        ondelete="cascade",
    )
    day = fields.Date(required=True)
    works = fields.Boolean(required=True)
    number = fields.Integer(required=True, aggregator=None)

    _day_uniq = models.UniqueIndex("(calendar_id, day)")
    _number_idx = models.Index("(calendar_id, number) WHERE works")

    @api.model
    def _get_range(self):
        """Return the first and the last day that are kept: whole years, so that the
        numbers change once a year only."""
        year = fields.Date.today().year
        return date(year - YEARS_BACK, 1, 1), date(year + YEARS_AHEAD, 12, 31)

    @api.model
    def _get_kept_calendars(self):
        """Return the calendars that have days."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM resource_calendar AS calendar
                 WHERE EXISTS (SELECT FROM crm_working_day
                                WHERE calendar_id = calendar.id)
                """
            )
        )
        return self.env["resource.calendar"].browse(number for (number,) in rows)

    @api.model
    def _cron_refresh(self):
        """Prolong the days of all calendars, and give those of companies theirs."""
        companies = self.env["res.company"]._get_all_for_relations()
        calendars = self._get_kept_calendars() | companies.resource_calendar_id
        for calendar in calendars:
            self._refresh(calendar)
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _refresh(self, calendars):
        """Bring the days of these calendars up to date; write what differs only."""
        self.env.flush_all()
        first, last = self._get_range()
        for calendar in calendars:
            days = calendar._get_working_time().get_workdays(first, last)
            self.env.cr.execute(self._get_refresh_sql(calendar, days))
        self.invalidate_model()

    def _get_refresh_sql(self, calendar, workdays):
        first, last = self._get_range()
        return SQL(
            """
            WITH days AS MATERIALIZED (
                 SELECT day::date AS day, workday IS NOT NULL AS works,
                        count(workday) OVER (ORDER BY day)::int AS number
                   FROM generate_series(%(first)s::timestamp, %(last)s, '1 day')
                        AS day
              LEFT JOIN unnest(%(workdays)s::date[]) AS workday
                     ON workday = day::date),
                 gone AS (
                 DELETE FROM crm_working_day
                  WHERE calendar_id = %(calendar)s
                    AND NOT day BETWEEN %(first)s AND %(last)s),
                 changed AS (
                 UPDATE crm_working_day AS kept
                    SET works = days.works, number = days.number
                   FROM days
                  WHERE kept.calendar_id = %(calendar)s AND kept.day = days.day
                    AND (kept.works, kept.number) <> (days.works, days.number))
            INSERT INTO crm_working_day (calendar_id, day, works, number)
            SELECT %(calendar)s, day, works, number
              FROM days
             WHERE NOT EXISTS (SELECT FROM crm_working_day AS kept
                                WHERE kept.calendar_id = %(calendar)s
                                  AND kept.day = days.day)
                ON CONFLICT DO NOTHING
            """,
            first=first,
            last=last,
            workdays=workdays,
            calendar=calendar.id,
        )
