"""Deadlines in working hours that makers of help desks publish as examples, and bug
reports on theirs.

Sources: documentation of Alga PSA (Nine Minds; its own example is a day off by mistake:
three hours of Monday end at 11:00), Airclou, Eccentex and Ticket0; a specification for
osTicket on freelancer.com (16057804); chatwoot 13392; osTicket 6739 (a single working
day) and 6847 (lunch); frappe/erpnext 49414 (a pause outside working time); GLPI 15605
(another target after a pause). Facts only.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from odoo.tests import BaseCase, freeze_time, tagged

from odoo.addons.crm_relations.tools.working_time import WorkingTime

from ..tools.clock_time import ClockTime
from .common.clock import ClockCommon

CLOSED = [[], []]
NINE_TO_FIVE = [[(9, 17)]] * 5 + CLOSED
NINE_TO_SIX = [[(9, 18)]] * 5 + CLOSED
EIGHT_TO_FIVE = [[(8, 17)]] * 5 + CLOSED
DAY_AND_NIGHT = [[(0, 24)]] * 5 + CLOSED
LUNCH = [[(9, 13), (14, 18)]] * 5 + CLOSED
TUESDAYS = [[], [(8, 17)], [], [], [], [], []]
# Monday is 2 March 2026. Week, received, hours, pauses, due; on the wall of Copenhagen.
EXAMPLES = (
    (EIGHT_TO_FIVE, "06 16:00", 4, [], "09 11:00"),
    (NINE_TO_SIX, "02 16:00", 8, [], "03 15:00"),
    (DAY_AND_NIGHT, "06 09:00", 48, [], "10 09:00"),
    # Waiting from 17:00 on for two working hours.
    (NINE_TO_SIX, "02 16:00", 8, [("02 17:00", "03 10:00")], "03 17:00"),
    (NINE_TO_FIVE, "06 16:00", 4, [], "09 12:00"),
    (NINE_TO_FIVE, "03 11:00", 8, [], "04 11:00"),
    # At closing time, and at any time of a Saturday.
    (NINE_TO_FIVE, "06 17:00", 4, [], "09 13:00"),
    (NINE_TO_FIVE, "07 00:30", 4, [], "09 13:00"),
    (NINE_TO_FIVE, "07 23:59", 4, [], "09 13:00"),
    (NINE_TO_FIVE, "06 16:30", 1, [], "09 09:30"),
    (NINE_TO_FIVE, "04 10:00", 2, [], "04 12:00"),
    (NINE_TO_FIVE, "04 07:00", 2, [], "04 11:00"),
    (LUNCH, "04 12:30", 1, [], "04 14:30"),
    (LUNCH, "04 13:20", 1, [], "04 15:00"),
    (LUNCH, "06 17:30", 4, [], "09 12:30"),
    (TUESDAYS, "04 10:00", 8, [], "10 16:00"),
    (TUESDAYS, "03 16:00", 8, [], "10 15:00"),
    # Eight hours are over as the pause begins, and as it lies outside working time.
    (NINE_TO_FIVE, "02 09:00", 8, [("02 17:00", "03 09:00")], "02 17:00"),
    (NINE_TO_FIVE, "02 12:00", 8, [("02 17:00", "03 09:00")], "03 12:00"),
    (NINE_TO_FIVE, "06 15:00", 8, [("06 18:00", "09 08:00")], "09 15:00"),
)


def to_utc(text):
    moment = datetime.fromisoformat(f"2026-03-{text}")
    moment = moment.replace(tzinfo=ZoneInfo("Europe/Copenhagen"))
    return moment.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


@tagged("post_install", "-at_install")
class TestPublishedSla(BaseCase):
    def test_examples(self):
        for week, start, hours, pauses, due in EXAMPLES:
            with self.subTest(start=start, hours=hours, pauses=pauses):
                time = ClockTime(WorkingTime("Europe/Copenhagen", [week], [], {}))
                found = time.plan(
                    to_utc(start),
                    hours,
                    "hour",
                    [tuple(map(to_utc, pause)) for pause in pauses],
                )
                self.assertEqual(found, to_utc(due))


@tagged("post_install", "-at_install")
class TestPublishedSlaOfComplaints(ClockCommon):
    def test_another_target_after_a_pause_does_not_forget_the_pause(self):
        """Registered at 8:30, waiting from 9:00 to 11:00, serious from 11:30 on: two
        hours from 8:30, the pause left out, are over at 13:30."""
        self._create_policy((self.contact, 120, "minute"), min_severity="3")
        complaint = self._register_at("Mon 8:30", severity="2")
        complaint._record("paused", self.at("Mon 9:00"))
        complaint._record("resumed", self.at("Mon 11:00"))
        clock = self._get_clock(complaint, self.contact)
        self.assertEqual(clock.deadline_at, self.at("Mon 11:30"))
        with freeze_time(self.at("Mon 11:15")):
            complaint.severity = "3"
        self.assertEqual(clock.deadline_at, self.at("Mon 13:30"))
