from datetime import timedelta

from odoo import models

# Odoo's own days off end in the last second of a day.
SECOND = timedelta(seconds=1)


class ResourceCalendar(models.Model):
    """Whole days off, in the calendar's own time zone."""

    _inherit = "resource.calendar"

    def _get_missing_days(self, keys):
        """Return those of the (date, kind) that this calendar does not have yet.

        :param keys: pairs of a date and "holiday" or "makeup"
        """
        working_time = self._get_working_time()
        # Superuser: days of a calendar are no secret.
        makeup_days = self.sudo()._get_makeup_weekdays()
        return {
            (day, kind)
            for day, kind in keys
            if not (
                working_time.is_closed(day) if kind == "holiday" else day in makeup_days
            )
        }

    def _prepare_closing_vals(self, name, first, last):
        """Return the values of a day off for all, from ``first`` to ``last``."""
        working_time = self._get_working_time()
        start, _end = working_time.get_day_bounds(first)
        _start, end = working_time.get_day_bounds(last)
        return {
            "name": name,
            "calendar_id": self.id,
            "resource_id": False,
            "date_from": start,
            "date_to": end - SECOND,
        }
