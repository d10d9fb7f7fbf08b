"""Calendars in which people work at given hours, and at no others."""

from odoo.fields import Command

OFFICE = ((8, 12), (13, 17))


def create_calendar(env, hours, **values):
    """Return a calendar.

    :param hours: ``{weekday: [(from, to)]}``, Monday is 0
    """
    values = {"name": "Hours", "tz": "UTC", **values}
    calendar = env["resource.calendar"].create(values)
    calendar.attendance_ids = [Command.clear(), *prepare_week(hours)]
    return calendar


def prepare_week(hours, **values):
    """Return the commands that add the hours of a week."""
    return [
        prepare_hours(weekday, start, stop, **values)
        for weekday, pieces in hours.items()
        for start, stop in pieces
    ]


def prepare_hours(weekday, start, stop, **values):
    return Command.create(
        {
            **{"name": "Hours", "dayofweek": str(weekday)},
            **{"hour_from": start, "hour_to": stop, "day_period": "morning"},
            **values,
        }
    )


def on_workdays(pieces=OFFICE):
    """Return the hours of a week whose days, Monday to Friday, are alike."""
    return dict.fromkeys(range(5), pieces)
