"""FU-6: one digest a person and day, whoever sends it and whenever it is killed."""

import os
import random
import signal
import time

from digests import PEOPLE
from scratch import Scratch, Workers

from odoo.tests import BaseCase, tagged

PATIENCE = 60
BUSY = """
    SELECT count(*) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND state <> 'idle'
"""
RESET = """
    DELETE FROM mail_mail;
    DELETE FROM mail_message WHERE body LIKE '%odoo/my-day%';
    DELETE FROM crm_daily_digest;
"""
# Of each person: how many digests, mails and chat messages.
SENT = """
    SELECT (SELECT count(*) FROM crm_daily_digest WHERE user_id = person.id),
           (SELECT count(*) FROM mail_mail_res_partner_rel
             WHERE res_partner_id = person.partner_id),
           (SELECT count(*)
              FROM discuss_channel_member AS member
              JOIN mail_message AS message ON message.model = 'discuss.channel'
               AND message.res_id = member.channel_id
             WHERE member.partner_id = person.partner_id
               AND message.body LIKE '%odoo/my-day%')
      FROM res_users AS person
     WHERE person.login LIKE 'digest%'
"""


@tagged("post_install", "-at_install")
class TestDigestKill(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scratch = Scratch.with_addons()
        cls.addClassCleanup(cls.scratch.drop)
        cls.workers = cls.enterClassContext(Workers(cls.scratch, "digests"))
        cls.workers.run("fill")

    def setUp(self):
        super().setUp()
        self.scratch.query(RESET)

    def _count_sent(self):
        """Return how many have their digest; nobody has a part of it, or two."""
        sent = self.scratch.query(SENT)
        self.assertLessEqual(set(sent), {(0, 0, 0), (1, 1, 1)})
        return sent.count((1, 1, 1))

    def _wait_for_the_first(self):
        deadline = time.monotonic() + PATIENCE
        while not self._count_sent() and time.monotonic() < deadline:
            time.sleep(0.005)

    def _kill(self, process):
        """Kill a process, and wait until its connection is gone as well."""
        os.kill(process, signal.SIGKILL)
        code = self.workers.wait(process)
        deadline = time.monotonic() + PATIENCE
        while self.scratch.query(BUSY)[0][0] and time.monotonic() < deadline:
            time.sleep(0.02)
        return code == -signal.SIGKILL

    def test_two_at_once_send_each_person_one(self):
        processes = [self.workers.start("send") for _host in range(2)]
        codes = [self.workers.wait(process) for process in processes]
        self.assertEqual(codes, [0, 0], self.workers.said())
        self.assertEqual(self._count_sent(), PEOPLE)

    def test_killed_after_a_batch_the_others_get_theirs_and_nobody_a_second(self):
        process = self.workers.start("send")
        self._wait_for_the_first()
        self.assertTrue(self._kill(process), self.workers.said())
        sent = self._count_sent()
        self.assertGreater(sent, 0)
        self.assertLess(sent, PEOPLE)
        self.workers.run("send")
        self.assertEqual(self._count_sent(), PEOPLE)
        self.workers.run("send")
        self.assertEqual(self._count_sent(), PEOPLE)

    def test_killed_at_random_moments_it_comes_to_the_end(self):
        moments = random.Random(6)
        for _round in range(4):
            process = self.workers.start("send")
            time.sleep(moments.uniform(0.05, 1.5))
            self._kill(process)
            self._count_sent()
        self.workers.run("send")
        self.assertEqual(self._count_sent(), PEOPLE)

    def test_of_two_one_is_killed_and_the_other_serves_all(self):
        first, second = (self.workers.start("send") for _host in range(2))
        time.sleep(0.5)
        os.kill(first, signal.SIGKILL)
        self.workers.wait(first)
        self.assertEqual(self.workers.wait(second), 0, self.workers.said())
        self.assertEqual(self._count_sent(), PEOPLE)
