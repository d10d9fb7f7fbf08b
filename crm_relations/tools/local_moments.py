"""Moments and local days in SQL: columns hold naive UTC, people live in a zone."""

from odoo.tools import SQL


def local_time(moment, zone):
    """Return the SQL of the wall clock at ``moment`` (naive UTC) in ``zone``."""
    return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)", moment, zone)


def local_day(moment, zone):
    """Return the SQL of the day on which ``moment`` (naive UTC) falls in ``zone``."""
    return SQL("%s::date", local_time(moment, zone))


def utc_moment(wall_clock, zone):
    """Return the SQL of the moment (naive UTC) at which clocks in ``zone`` show
    ``wall_clock``."""
    return SQL("(%s AT TIME ZONE %s AT TIME ZONE 'UTC')", wall_clock, zone)
