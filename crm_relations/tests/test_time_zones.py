from datetime import datetime, time, timedelta

from odoo.tests import tagged
from odoo.tools import SQL

from ..tools.local_moments import utc_moment
from ..tools.tact import to_local, to_utc
from ..tools.time_zones import get_changes, to_datetime, to_seconds
from .common.relations import RelationsCommon

# Midnight is skipped, shown twice, reached twice; half hours, quarters; none at all.
ZONES = [
    *["America/Santiago", "Asia/Beirut", "Africa/Cairo", "America/Havana"],
    *["Atlantic/Azores", "America/Asuncion", "America/Nuuk", "Europe/Berlin"],
    *["Australia/Lord_Howe", "Australia/Adelaide", "Pacific/Chatham"],
    *["America/St_Johns", "Asia/Kathmandu", "Asia/Shanghai", "Asia/Tehran"],
]
QUARTER = timedelta(minutes=15)


@tagged("post_install", "-at_install")
class TestTimeZones(RelationsCommon):
    """Where clocks change, statements and Python mean the same moment."""

    def _get_walls(self):
        """Return ``[(zone, wall)]`` around the changes of clocks of a year."""
        return [
            (zone, to_datetime(moment + before).replace(second=0) + step * QUARTER)
            for zone in ZONES
            for moment, before in self._get_changes(zone)
            for step in range(-12, 13)
        ]

    def _get_changes(self, zone):
        changes = get_changes(zone, 2026) or [(to_seconds(datetime(2026, 5, 6)), 0)]
        return [(moment, offset) for moment, offset in changes]

    def test_a_wall_clock_is_the_same_moment_in_sql(self):
        walls = self._get_walls()
        rows = self.env.execute_query(
            SQL(
                "SELECT zone, wall, %s FROM unnest(%s::text[], %s::timestamp[])"
                " AS given (zone, wall)",
                utc_moment(SQL("given.wall"), SQL("given.zone")),
                [zone for zone, _wall in walls],
                [wall for _zone, wall in walls],
            )
        )
        self.assertEqual(len(rows), len(walls))
        differ = [row for row in rows if row[2] != to_utc(row[1], row[0])]
        self.assertFalse(differ)

    def test_a_day_begins_with_the_first_moment_that_shows_it(self):
        for zone in ZONES:
            self.company.resource_calendar_id.tz = zone
            for one in self._get_days_around(zone):
                with self.subTest(f"{zone} {one}"):
                    start = self.company._get_relations_day_start(one)
                    self.assertEqual(start, self._find_start(zone, one))

    def _get_days_around(self, zone):
        for moment, offset in self._get_changes(zone):
            day = to_datetime(moment + offset).date()
            yield from (day - timedelta(days=1), day, day + timedelta(days=1))

    def _find_start(self, zone, day):
        moment = datetime.combine(day, time()) - timedelta(days=1)
        while to_local(moment, zone).date() < day:
            moment += QUARTER
        return moment
