import logging
from datetime import datetime, time, timedelta

from odoo import models
from odoo.exceptions import ValidationError

from ...tools.tact import to_local, to_utc

_logger = logging.getLogger(__name__)


class CrmCareRule(models.Model):
    """By when care that has come up is to be done."""

    _inherit = "crm.care.rule"

    def _get_deadlines(self, tasks, now):
        """Return ``{task id: {"deadline_at", "missed_at"}}`` of tasks of these rules
        that come up ``now``, each limit and calendar planned once."""
        planned = {}
        found = {}
        for task in tasks:
            rule, company = task.rule_id, task._get_company()
            # A day ends on the clock of whoever does it.
            zone = (task.user_id or company)._get_relations_tz()
            day = max(task.occasion_date, to_local(now, zone).date())
            key = rule, company, None if rule.limit_number else (day, zone)
            if key not in planned:
                planned[key] = rule._get_deadline(now, company, day, zone)
            deadline = planned[key]
            missed = rule._get_missed_at(deadline)
            found[task.id] = {"deadline_at": deadline, "missed_at": missed or None}
        return found

    def _get_deadline(self, now, company, day, zone):
        """Return the first moment that is too late: after the time limit, or without
        one after ``day`` in ``zone``."""
        self.ensure_one()
        calendar = company.resource_calendar_id
        number = self.limit_number
        if not number:
            return to_utc(datetime.combine(day + timedelta(days=1), time()), zone)
        if self.limit_working and calendar:
            try:
                return self._plan_deadline(now, company, calendar)
            except ValidationError:
                # A calendar without hours must not keep all care from going out.
                _logger.warning("No working time for rule %s: all hours count", self.id)
        return now + timedelta(**{self.limit_unit: number})

    def _plan_deadline(self, now, company, calendar):
        number = self.limit_number
        if self.limit_unit == "days":
            last = calendar.plan_workdays(company._get_relations_today(), number)
            return company._get_relations_day_start(last + timedelta(days=1))
        minutes = number * 60 if self.limit_unit == "hours" else number
        return calendar.plan_minutes(now, minutes)

    def _get_missed_at(self, deadline):
        """Return when care with this deadline is missed; False for never."""
        self.ensure_one()
        days = self.missed_after_days
        return deadline + timedelta(days=days) if days else False
