"""PO-4, PO-9: limits and decisions hold when several do it at the same time."""

from at_once import AtOnceCase
from parallel_stays import CUSTOMERS, EXTENSIONS, QUOTA

from odoo.tests import tagged

PROCESSES = 4


@tagged("post_install", "-at_install")
class TestPoolStayParallel(AtOnceCase):
    module = "parallel_stays"

    def _count(self, condition):
        [(number,)] = self.scratch.query(
            f"SELECT count(*) FROM crm_pool_stay WHERE {condition}"  # noqa: S608
        )
        return number

    def test_limits_hold_and_one_decision_is_made(self):
        """One after the other, as each step needs the one before."""
        self._run_at_once("extend", [[]] * PROCESSES)
        self.assertEqual(self._count("kind = 'extension'"), EXTENSIONS)
        self._run_at_once("protect", [[number] for number in range(CUSTOMERS)])
        self.assertEqual(self._count("kind = 'protection'"), QUOTA)
        self.workers.run("request")
        self._run_at_once("decide", [["approve"], ["refuse"], ["approve"], ["end"]])
        self.assertEqual(self._count("state = 'requested'"), 0)
        self.assertEqual(self._count("reason = 'Fair'"), 1)
        self._check_kept_dates()

    def _check_kept_dates(self):
        wrong = self.scratch.query(
            """
            SELECT partner.id
              FROM res_partner AS partner
         LEFT JOIN crm_pool_stay AS stay ON stay.partner_id = partner.id
                                        AND stay.state = 'approved'
          GROUP BY partner.id
            HAVING partner.pool_kept_until IS DISTINCT FROM max(stay.until)
            """
        )
        self.assertFalse(wrong)

    def test_of_several_workers_one_tells_each_person(self):
        self._run_at_once("send", [[]] * PROCESSES)
        rows = self.scratch.query(
            "SELECT count(*), count(DISTINCT (partner_id, user_id))"
            "  FROM crm_pool_notice"
        )
        self.assertEqual(rows, [(2 * CUSTOMERS, 2 * CUSTOMERS)])
        mails = self.scratch.query(
            "SELECT count(*) FROM mail_mail AS mail JOIN mail_message AS message"
            "    ON message.id = mail.mail_message_id"
            " WHERE message.subject LIKE 'Your day%'"
        )
        self.assertEqual(mails, [(2,)])
