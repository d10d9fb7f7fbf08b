from odoo.tools import SQL

from .working_time import WorkingTimeCommon


class WorkingDaysCommon(WorkingTimeCommon):
    def _commit(self):
        """Do what the end of a transaction does."""
        self.env.flush_all()
        self.env.cr.precommit.run()

    def _get_numbers(self, calendar, first, last):
        """Return the kept days as plain rows, without bringing them up to date."""
        rows = self.env.execute_query(
            SQL(
                "SELECT day, works, number FROM crm_working_day"
                " WHERE calendar_id = %s AND day BETWEEN %s AND %s ORDER BY day",
                calendar.id,
                first,
                last,
            )
        )
        start = rows[0][2] - rows[0][1] if rows else 0
        return [(works, number - start) for _day, works, number in rows]

    def _get_due_days(self, calendar, days):
        return {
            day: due
            for _calendar, day, due in self.env.execute_query(
                calendar._get_workday_sql(days)
            )
        }
