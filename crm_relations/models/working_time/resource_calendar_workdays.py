from odoo import api, models
from odoo.tools import SQL

# What a change of these can change: which days are worked.
PATTERN_FIELDS = {
    "tz",
    "two_weeks_calendar",
    "schedule_type",
    "flexible_hours",
    "hours_per_day",
    "hours_per_week",
    "company_id",
}
CHANGED = "crm_relations.working_days_changed"


class ResourceCalendar(models.Model):
    """The table of days kept for this calendar (``crm.working.day``)."""

    _inherit = "resource.calendar"

    def write(self, vals):
        result = super().write(vals)
        if "tz" in vals:
            self.env.registry.clear_cache()  # of ``_get_relations_tz``
            # Superuser: the clock of all companies that work by it.
            companies = self.env["res.company"].sudo()
            companies = companies.with_context(active_test=False)
            companies.search(
                [("resource_calendar_id", "in", self.ids)]
            )._clock_changed()
        if not PATTERN_FIELDS.isdisjoint(vals):
            self._working_days_changed()
        return result

    def _get_workday_sql(self, days):
        """Return a SELECT of calendar_id, day and due_day.

        ``due_day`` is the ``days``-th working day after ``day``, as
        ``plan_workdays`` says; where the table ends before, its last day. There is
        one row for each calendar and each day from the first to the last of
        ``crm.working.day._get_range()``: bring older days to the first one. Of many
        rows that have a day each, ``_get_workday_join_sql`` finds the due one.

        :param days: whole number; below zero the day is the so many-th working day
            before ``day``, where the table begins later its first day
        """
        self._keep_working_days()
        if days < 0:
            return self._get_workday_before_sql(-days)
        if not days:
            return SQL(
                "SELECT calendar_id, day, day AS due_day FROM crm_working_day"
                " WHERE calendar_id = ANY(%s)",
                self.ids,
            )
        return SQL(
            """
            SELECT start.calendar_id, start.day,
                   COALESCE(due.day, %(last)s) AS due_day
              FROM crm_working_day AS start
         LEFT JOIN LATERAL (
                   SELECT day FROM crm_working_day
                    WHERE calendar_id = start.calendar_id AND works
                      AND number = start.number + %(days)s LIMIT 1) AS due ON TRUE
             WHERE start.calendar_id = ANY(%(calendars)s)
            """,
            last=self.env["crm.working.day"]._get_range()[1],
            days=days,
            calendars=self.ids,
        )

    def _get_workday_join_sql(self, days, calendar, day):
        """Return the join of ``workday``, which has the ``due_day`` of ``day`` in
        ``calendar``, both SQL of the rows joined to; empty where there is none.

        Two look-ups in an index a row. Joined as a table, all days of a calendar were
        gone through for each row wherever the planner expected few of them.
        """
        return SQL(
            """
            LEFT JOIN LATERAL (
                   SELECT each.due_day FROM (%(workdays)s) AS each
                    WHERE each.calendar_id = %(calendar)s AND each.day = %(day)s
                    LIMIT 1) AS workday ON TRUE
            """,
            workdays=self._get_workday_sql(days),
            calendar=calendar,
            day=day,
        )

    def _get_workday_before_sql(self, days):
        return SQL(
            """
            SELECT stop.calendar_id, stop.day,
                   COALESCE(due.day, %(first)s) AS due_day
              FROM crm_working_day AS stop
         LEFT JOIN LATERAL (
                   SELECT day FROM crm_working_day
                    WHERE calendar_id = stop.calendar_id AND works
                      AND number = stop.number - stop.works::int + 1 - %(days)s
                    LIMIT 1) AS due ON TRUE
             WHERE stop.calendar_id = ANY(%(calendars)s)
            """,
            first=self.env["crm.working.day"]._get_range()[0],
            days=days,
            calendars=self.ids,
        )

    def _keep_working_days(self):
        """See to it that these calendars have their days, this transaction's changes
        included."""
        # Superuser: nobody writes days, they follow from the calendar.
        days = self.env["crm.working.day"].sudo()
        self._refresh_changed_working_days()
        rows = self.env.execute_query(
            SQL(
                "SELECT calendar_id FROM crm_working_day"
                " WHERE calendar_id = ANY(%s) AND day = %s",
                self.ids,
                days._get_range()[1],
            )
        )
        known = {calendar_id for (calendar_id,) in rows}
        days._refresh(self.filtered(lambda calendar: calendar.id not in known))

    def _working_days_changed(self):
        """Note that other days may be worked; the table follows at the end of the
        transaction, once however many days off it brings."""
        precommit = self.env.cr.precommit
        if self and CHANGED not in precommit.data:
            precommit.data[CHANGED] = set()
            precommit.add(self.browse()._refresh_changed_working_days)
        if self:
            precommit.data[CHANGED].update(self.ids)

    @api.model
    def _refresh_changed_working_days(self):
        changed = self.env.cr.precommit.data.pop(CHANGED, None)
        if changed:
            # Superuser: as above.
            days = self.env["crm.working.day"].sudo()
            days._refresh(days._get_kept_calendars() & self.sudo().browse(changed))

    @api.model
    def _get_all_of_company(self, company):
        """Return all calendars of the company, of all companies if it is empty."""
        domain = [("company_id", "=", company.id)] if company else []
        # Superuser: what changes for a calendar changes whoever did it.
        calendars = self.env["resource.calendar"].sudo()
        return calendars.with_context(active_test=False).search(domain)
