"""CO-5: each level is told once, whoever escalates and whenever it is killed."""

from escalations import COUNT, LEVELS
from nightly import FilledNightlyCase

from odoo.tests import tagged

RESET = """
    DELETE FROM mail_message WHERE message_type = 'user_notification';
    DELETE FROM mail_activity WHERE res_model = 'crm.complaint';
    DELETE FROM crm_complaint_escalation;
    UPDATE crm_complaint_clock SET escalate_at = deadline_at + interval '1 minute'
     WHERE result = 'running';
"""
# Of each clock: how many lines of the log, activities and notifications.
TOLD = """
    SELECT (SELECT count(*) FROM crm_complaint_escalation WHERE clock_id = clock.id),
           (SELECT count(*) FROM mail_activity
             WHERE res_model = 'crm.complaint' AND res_id = clock.complaint_id),
           (SELECT count(*)
              FROM mail_message AS message
              JOIN mail_notification AS note ON note.mail_message_id = message.id
             WHERE message.model = 'crm.complaint'
               AND message.message_type = 'user_notification'
               AND message.res_id = clock.complaint_id)
      FROM crm_complaint_clock AS clock
     WHERE clock.result = 'running'
"""
ALL, NONE = (LEVELS,) * 3, (0, 0, 0)
WHICH = f"""
    FROM ({TOLD}) AS clock (lines, activities, notes) WHERE (lines, activities, notes)
"""


@tagged("post_install", "-at_install")
class TestEscalationKill(FilledNightlyCase):
    WORLD = "escalations"
    RESET = RESET
    DONE = f"SELECT count(*) {WHICH} = {ALL}"
    TOTAL = COUNT

    def assertConsistent(self):
        """Of each clock all levels have been told, or none; and nobody twice."""
        self.assertNothing(f"SELECT * {WHICH} NOT IN ({ALL}, {NONE})")

    def test_two_at_once_tell_each_level_once(self):
        self._run_twice_at_once("escalate")
        self.assertComplete()

    def test_killed_after_a_batch_the_others_are_told_and_nobody_twice(self):
        self._check_killed_after_a_batch("escalate")
        self.workers.run("escalate")
        self.assertComplete()

    def test_killed_at_random_moments_it_comes_to_the_end(self):
        self._check_killed_at_random("escalate", 5)
