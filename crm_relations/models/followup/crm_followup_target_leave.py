from datetime import timedelta

from odoo import models
from odoo.tools import SQL


class CrmFollowupTarget(models.Model):
    """Nothing is asked of who is away."""

    _inherit = "crm.followup.target"

    def _get_present_sql(self, users, first, last):
        """Return the condition that ``person`` works at some time in ``period``.

        Two queries for those who work as the company does; more for others, by their
        calendars.
        """
        away = self._get_periods_away(users, first, last)
        if not away:
            return SQL("TRUE")
        return SQL(
            """
            NOT EXISTS (SELECT FROM unnest(%s::int[], %s::date[]) AS away (who, day)
                         WHERE away.who = person.id AND away.day = period.day)
            """,
            [user_id for user_id, _start in away],
            [start for _user_id, start in away],
        )

    def _get_periods_away(self, users, first, last):
        """Return ``[(user id, first day of the period)]`` of the persons, not of the
        company: only who has leave or another calendar is looked at."""
        starts = [first]
        while starts[-1] + self._get_period_length() <= last:
            starts.append(starts[-1] + self._get_period_length())
        end = starts[-1] + self._get_period_length() - timedelta(days=1)
        people = self._get_people(users)
        # Superuser: when colleagues are away is told as days, never as reasons.
        absences = people.sudo()._get_absences(first, end)
        calendar = self.company_id.sudo().resource_calendar_id
        own = people.sudo().filtered(
            lambda person: (
                person in absences or person._get_working_calendar() != calendar
            )
        )
        return [
            (person.id, start)
            for person, days in own._get_working_days(first, end).items()
            for start in set(starts).difference(map(self._get_period_start, days))
        ]

    def _get_people(self, users):
        people = self.env["res.users"]
        people.flush_model(["active", "share", "sale_team_id", "company_id"])
        rows = self.env.execute_query(self._get_people_sql(users))
        return people.browse(user_id for (user_id,) in rows)
