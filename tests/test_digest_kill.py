"""FU-6: one digest a person and day, whoever sends it and whenever it is killed."""

import time

from digests import PEOPLE
from nightly import FilledNightlyCase

from odoo.tests import tagged

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
ONE, NONE = (1, 1, 1), (0, 0, 0)
WHOSE = f"""
    FROM ({SENT}) AS person (digests, mails, chats) WHERE (digests, mails, chats)
"""


@tagged("post_install", "-at_install")
class TestDigestKill(FilledNightlyCase):
    WORLD = "digests"
    RESET = RESET
    DONE = f"SELECT count(*) {WHOSE} = {ONE}"
    TOTAL = PEOPLE

    def assertConsistent(self):
        """Nobody has a part of the digest, or two."""
        self.assertNothing(f"SELECT * {WHOSE} NOT IN ({ONE}, {NONE})")

    def test_two_at_once_send_each_person_one(self):
        self._run_twice_at_once("send")
        self.assertComplete()

    def test_killed_after_a_batch_the_others_get_theirs_and_nobody_a_second(self):
        self._check_killed_after_a_batch("send")
        self.workers.run("send")
        self.assertComplete()

    def test_killed_at_random_moments_it_comes_to_the_end(self):
        self._check_killed_at_random("send", 6, longest=1.5)

    def test_of_two_one_is_killed_and_the_other_serves_all(self):
        first, second = (self.workers.start("send") for _host in range(2))
        time.sleep(0.5)
        self.workers.strike(first)
        self.assertEqual(self.workers.wait(second), 0, self.workers.said())
        self.assertComplete()
