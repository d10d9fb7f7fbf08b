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
    ``wall_clock``; where they skip it or show it twice as ``tact.to_utc``: PostgreSQL
    takes the second of two."""
    return SQL(
        """
        (SELECT CASE WHEN %(hour_before)s = wall THEN late - interval '1 hour'
                     WHEN %(half_before)s = wall THEN late - interval '30 minutes'
                     ELSE late END
           FROM (SELECT wall, wall AT TIME ZONE %(zone)s AT TIME ZONE 'UTC' AS late
                   FROM (SELECT %(wall)s AS wall) AS clock_given) AS clock_shown)
        """,
        hour_before=local_time(SQL("(late - interval '1 hour')"), zone),
        half_before=local_time(SQL("(late - interval '30 minutes')"), zone),
        zone=zone,
        wall=wall_clock,
    )
