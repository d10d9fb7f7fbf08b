"""AR-10: of two who ask, or decide, at once nothing comes out twice; and whoever is
refused over HTTP stands in the log, though the refusal has undone all else."""

import json

from at_once import AtOnceCase
from odoo_server import OdooServer
from parallel_loans import SECRET

from odoo.tests import tagged

LOG = """
    SELECT users.login, log.way, log.access_right, log.res_id
      FROM crm_confidential_access AS log
      JOIN res_users AS users ON users.id = log.user_id ORDER BY log.id
"""


class LoanCase(AtOnceCase):
    module = "parallel_loans"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        [(world,)] = cls.scratch.query(
            "SELECT value FROM ir_config_parameter WHERE key = 'loans.world'"
        )
        cls.world = json.loads(world)

    def setUp(self):
        super().setUp()
        self.scratch.query(
            "DELETE FROM crm_archive_loan; DELETE FROM crm_confidential_access"
        )

    def _get_loans(self):
        return self.scratch.query(
            "SELECT users.login, loan.state FROM crm_archive_loan AS loan"
            "  JOIN res_users AS users ON users.id = loan.user_id ORDER BY 1, 2"
        )


@tagged("post_install", "-at_install")
class TestLoanParallel(LoanCase):
    def test_who_asks_twice_at_once_has_one_request(self):
        self._run_at_once("ask", [[0], [1]])
        self.assertEqual(self._get_loans(), [("asker0", "asked")])

    def test_two_who_ask_at_once_have_one_each(self):
        self._run_at_once("ask_both", [[0], [1]])
        wanted = [("asker0", "asked"), ("asker1", "asked")]
        self.assertEqual(self._get_loans(), wanted)

    def test_of_two_who_decide_at_once_one_has_decided(self):
        self.workers.run("ask_both", 0)
        self._run_at_once("decide", [[0], [1]])
        [(state, decided_by, reason)] = self.scratch.query(
            "SELECT loan.state, users.login, loan.refusal_reason"
            "  FROM crm_archive_loan AS loan"
            "  JOIN res_users AS users ON users.id = loan.decided_by_id"
        )
        outcomes = (("approved", "decider0", None), ("refused", "decider1", "No"))
        self.assertIn((state, decided_by, reason), outcomes)


@tagged("post_install", "-at_install")
class TestLoanServer(LoanCase):
    """On a running server, by four processes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.enterClassContext(OdooServer(cls.scratch))

    def _ask_calls(self, logins):
        [(until,)] = self.scratch.query("SELECT (CURRENT_DATE + 3)::text")
        values = {"parts": ["profiles"], "purpose": "Visit", "until": until}
        customer = self.world["customer"]
        return [
            (self.world["keys"][login], "ask_for_access", [customer], values)
            for login in logins
        ]

    def test_who_asks_many_times_at_once_has_one_request(self):
        answers = self.server.call_at_once(self._ask_calls(["asker0"] * 6))
        codes = sorted(answer[0]["code"] for status, answer in answers if status == 200)
        self.assertEqual(codes.count("ok"), 1, answers)
        self.assertEqual(self._get_loans(), [("asker0", "asked")])

    def test_a_refusal_over_http_is_logged(self):
        values = {"fields": ["personality"], "model": "crm.person.profile"}
        profile = [self.world["profile"]]
        stranger, owner = (self.world["keys"][login] for login in ("asker0", "owner"))
        status, told = self.server.call(stranger, "read", profile, **values)
        self.assertEqual(status, 403)
        self.assertNotIn(SECRET, told)
        self.assertEqual(self._get_log(), [("asker0", "refused", "none", *profile)])
        status, answer = self.server.call(owner, "read", profile, **values)
        self.assertEqual((status, answer[0]["personality"]), (200, SECRET))
        self.assertEqual(self._get_log()[1:], [("owner", "opened", "owner", *profile)])

    def test_what_is_lent_opens_over_http_and_closes_with_it(self):
        profile = [self.world["profile"]]
        values = {"fields": ["personality"], "model": "crm.person.profile"}
        keys = self.world["keys"]
        self.server.call_at_once(self._ask_calls(["asker0"]))
        [(loan,)] = self.scratch.query("SELECT id FROM crm_archive_loan")
        own, _told = self.server.call(
            keys["asker0"], "approve", [loan], model="crm.archive.loan"
        )
        self.assertEqual(self._get_loans(), [("asker0", "asked")], own)
        self.server.call(keys["decider1"], "approve", [loan], model="crm.archive.loan")
        status, answer = self.server.call(keys["asker0"], "read", profile, **values)
        self.assertEqual((status, answer[0]["personality"]), (200, SECRET))
        self.server.call(
            keys["decider0"], "revoke", [loan], model="crm.archive.loan", reason="No"
        )
        status, _told = self.server.call(keys["asker0"], "read", profile, **values)
        self.assertEqual(status, 403)
        ways = [(login, way, right) for login, way, right, _id in self._get_log()]
        self.assertEqual(
            ways, [("asker0", "opened", "loan"), ("asker0", "refused", "none")]
        )

    def _get_log(self):
        return self.scratch.query(LOG)
