"""SA-2, SA-8: nobody is asked twice and nobody forgotten, whoever asks at the same time
and whenever a job is killed."""

from at_once import AtOnceCase
from parallel_satisfaction import CALLED, INVITED, REPORTS

from odoo.tests import tagged

ASKED = """
    SELECT count(*)
      FROM crm_satisfaction_response AS response
      JOIN res_partner AS customer ON customer.id = response.partner_id
     WHERE customer.ref = 'Asked'
"""
# Of each invitation: whether it counts as sent, and how many messages there are.
INVITATIONS = """
    SELECT response.sent_at IS NOT NULL OR response.send_problem IS NOT NULL,
           (SELECT count(*) FROM mail_mail_res_partner_rel AS sent
             WHERE sent.res_partner_id = response.partner_id)
           + (SELECT count(*) FROM sms_sms AS sent
               WHERE sent.partner_id = response.partner_id)
      FROM crm_satisfaction_response AS response
      JOIN res_partner AS customer ON customer.id = response.partner_id
     WHERE customer.ref = 'Invited'
"""
# Of each call: whether it is done with, and how often its customer was asked.
CALLS = """
    SELECT call.state = 'dropped',
           (SELECT count(*) FROM crm_satisfaction_response AS response
             WHERE response.partner_id = call.partner_id)
      FROM crm_callback AS call
"""
# Of each report: whether it waits for its next day, how many editions and mails.
REPORTED = """
    SELECT mailing.next_date > current_date,
           (SELECT count(*) FROM crm_satisfaction_edition AS edition
             WHERE edition.mailing_id = mailing.id),
           (SELECT count(*) FROM mail_mail_res_partner_rel AS sent
              JOIN res_users AS reader ON reader.partner_id = sent.res_partner_id
             WHERE reader.id = mailing.user_id)
      FROM crm_satisfaction_mailing AS mailing
"""
RESET = """
    DELETE FROM mail_mail;
    DELETE FROM sms_sms;
    DELETE FROM crm_satisfaction_edition;
    UPDATE crm_satisfaction_mailing SET next_date = current_date - 1;
    UPDATE crm_satisfaction_response SET send_at = now() - interval '1 minute',
           sent_at = NULL, send_problem = NULL;
"""
# Job: what it does, how each looks before and after, how many there are.
JOBS = {
    "send": (INVITATIONS, (False, 0), (True, 1), INVITED),
    "call": (CALLS, (False, 0), (True, 1), CALLED),
    "report": (REPORTED, (False, 0, 0), (True, 1, 1), REPORTS),
}


@tagged("post_install", "-at_install")
class TestSatisfactionParallel(AtOnceCase):
    module = "parallel_satisfaction"

    def setUp(self):
        super().setUp()
        self.scratch.query(RESET)
        self._take_back("Called")
        self.scratch.query("UPDATE crm_callback SET state = 'open'")

    def _take_back(self, ref):
        self.scratch.query(
            """
            DELETE FROM crm_satisfaction_response AS response USING res_partner AS one
             WHERE one.id = response.partner_id AND one.ref = %s
            """,
            [ref],
        )

    def _count_done(self, job):
        """Return how many are done with; none is half done, or done twice."""
        query, before, after, _count = JOBS[job]
        found = self.scratch.query(query)
        self.assertLessEqual(set(found), {before, after}, job)
        return found.count(after)

    def test_two_who_ask_at_the_same_second_do_not_pass_the_cap(self):
        self._run_at_once("ask", [["delivery"], ["visit"], ["hand"]])
        self.assertEqual(self.scratch.query(ASKED), [(1,)])

    def test_two_hosts_serve_each_once(self):
        for job, (*_rows, count) in JOBS.items():
            self.workers.run_twice(job)
            self.assertEqual(self._count_done(job), count, job)

    def test_killed_half_way_the_next_run_serves_the_others_and_nobody_again(self):
        for job, (*_rows, count) in JOBS.items():
            self.workers.kill_once(lambda job=job: self._count_done(job), job)
            done = self._count_done(job)
            self.assertGreater(done, 0, job)
            self.assertLess(done, count, job)
            for _run in range(2):
                self.workers.run(job)
                self.assertEqual(self._count_done(job), count, job)
