from math import isfinite

from odoo import models
from odoo.exceptions import ValidationError

from ...tools.moments import is_date, parse_moment


class ResourceCalendar(models.Model):
    """Read what other programs send, and say clearly what is wrong with it."""

    _inherit = "resource.calendar"

    def _read_moment(self, value):
        try:
            return parse_moment(value)
        except ValueError as error:
            raise ValidationError(
                self.env._(
                    "“%(value)s” is no date and time: write them like "
                    "2026-01-31 08:30:00, in UTC.",
                    value=value,
                )
            ) from error

    def _read_moment_or_date(self, value):
        """Return the moment, and the day if ``value`` names one without a time."""
        moment = self._read_moment(value)
        return moment, moment.date() if is_date(value) else None

    def _read_minutes(self, value):
        """Return whole seconds."""
        if not self._is_number(value) or value < 0:
            raise ValidationError(
                self.env._(
                    "“%(value)s” is no number of minutes: give zero or more.",
                    value=value,
                )
            )
        return round(value * 60)

    def _read_days(self, value):
        if not self._is_number(value) or value < 0 or value != int(value):
            raise ValidationError(
                self.env._(
                    "“%(value)s” is no number of working days: give a whole number, "
                    "zero or more.",
                    value=value,
                )
            )
        return int(value)

    def _read_pauses(self, pauses):
        """Return pairs of moments, the second one None while a pause is on."""
        if not isinstance(pauses or (), (list, tuple)):
            raise self._prepare_pause_error(pauses)
        return [self._read_pause(pause) for pause in pauses or ()]

    def _read_pause(self, pause):
        if not isinstance(pause, (list, tuple)) or len(pause) != 2:
            raise self._prepare_pause_error(pause)
        start = self._read_moment(pause[0])
        end = self._read_moment(pause[1]) if pause[1] else None
        if end:
            self._check_order(start, end)
        return start, end

    def _check_order(self, start, end):
        if end < start:
            raise ValidationError(
                self.env._(
                    "%(end)s is before %(start)s: the end comes after the start.",
                    start=start,
                    end=end,
                )
            )

    def _is_number(self, value):
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return is_number and isfinite(value)

    def _prepare_pause_error(self, value):
        return ValidationError(
            self.env._(
                "“%(value)s” is no pause: give pairs of from and to, where to is empty "
                "while the pause is on.",
                value=value,
            )
        )
