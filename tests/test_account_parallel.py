"""KA-1 to KA-6: of two who work on a key account at the same moment nothing comes out
twice, and one of them is told."""

import json

import parallel_accounts as world
from at_once import AtOnceCase
from odoo_server import OdooServer

from odoo.tests import tagged

TEAM = """
    SELECT users.login FROM crm_account_team_member AS member
      JOIN res_users AS users ON users.id = member.user_id
     WHERE member.state = 'open' AND member.is_manager
"""
DECIDED = """
    SELECT one.state, users.login FROM {table} AS one
 LEFT JOIN res_users AS users ON users.id = one.decided_by_id
     WHERE {condition} ORDER BY one.id
"""
LAST = f"""one.partner_id = (
    SELECT id FROM res_partner WHERE ref = 'ACCOUNT {world.CUSTOMERS - 1}')"""
RESET = f"""
    DELETE FROM crm_account_team_member;
    DELETE FROM crm_account_return;
    DELETE FROM crm_account_plan;
    DELETE FROM crm_account_standing;
    DELETE FROM crm_account_standing_change;
    DELETE FROM crm_key_account_nomination AS one WHERE {LAST};
"""


class AccountCase(AtOnceCase):
    module = "parallel_accounts"

    def setUp(self):
        super().setUp()
        self.scratch.query(RESET)

    def _get_decided(self, table, condition="TRUE"):
        return self.scratch.query(DECIDED.format(table=table, condition=condition))

    def assertPeriodsOnce(self):
        """The last twelve months, three years and each period of a plan."""
        rows = self.scratch.query(
            "SELECT count(*), count(DISTINCT (partner_id, period_key))"
            "  FROM crm_account_return"
        )
        self.assertGreaterEqual(rows[0][0], 4)
        self.assertEqual(*rows[0])


@tagged("post_install", "-at_install")
class TestAccountParallel(AccountCase):
    def test_of_two_account_managers_appointed_at_once_one_is(self):
        self._run_at_once("appoint", [["first"], ["second"]])
        [(login,)] = self.scratch.query(TEAM)
        self.assertIn(login, ("first", "second"))

    def test_of_two_who_approve_a_nomination_at_once_one_has(self):
        self.workers.run("nominate")
        model = "crm.key.account.nomination"
        self._run_at_once("approve", [[model, 0], [model, 1]])
        [(state, login)] = self._get_decided("crm_key_account_nomination", LAST)
        self.assertEqual(state, "approved")
        self.assertIn(login, ("decider0", "decider1"))

    def test_a_nomination_approved_and_refused_at_once_is_one_of_both(self):
        self.workers.run("nominate")
        model = "crm.key.account.nomination"
        self._run_at_once("decide", [[model, 0], [model, 1]])
        self.assertIn(
            self._get_decided("crm_key_account_nomination", LAST),
            ([("approved", "decider0")], [("refused", "decider1")]),
        )

    def test_of_two_who_nominate_at_once_one_has(self):
        self._run_at_once("ask_twice", [["nominator"], ["first"]])
        found = self._get_decided("crm_key_account_nomination", LAST)
        self.assertEqual([state for state, _by in found if state == "asked"], ["asked"])

    def test_a_change_approved_twice_at_once_keeps_one_version(self):
        self.workers.run("ask_change")
        versions = "SELECT count(*) FROM crm_account_plan_version"
        [(before,)] = self.scratch.query(versions)
        model = "crm.account.plan.change"
        self._run_at_once("approve", [[model, 0], [model, 1]])
        [(state, _login)] = self._get_decided("crm_account_plan_change")
        self.assertEqual(state, "approved")
        self.assertEqual(self.scratch.query(versions), [(before + 1,)])
        budget = self.scratch.query("SELECT budget::float FROM crm_account_plan")
        self.assertEqual(budget, [(2000,)])

    def test_a_change_approved_and_refused_at_once_is_one_of_both(self):
        self.workers.run("ask_change")
        model = "crm.account.plan.change"
        self._run_at_once("decide", [[model, 0], [model, 1]])
        [(state, login)] = self._get_decided("crm_account_plan_change")
        [(budget,)] = self.scratch.query("SELECT budget::float FROM crm_account_plan")
        self.assertIn(
            (state, login, budget),
            (("approved", "decider0", 2000), ("refused", "decider1", 1000)),
        )

    def test_a_return_opened_by_two_at_once_stands_once(self):
        self._run_at_once("open_return", [["owner"], ["decider0"]])
        self.assertPeriodsOnce()


@tagged("post_install", "-at_install")
class TestAccountServer(AccountCase):
    """On a running server, by four processes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        [(found,)] = cls.scratch.query(
            "SELECT value FROM ir_config_parameter WHERE key = 'accounts.world'"
        )
        cls.world = json.loads(found)
        cls.server = cls.enterClassContext(OdooServer(cls.scratch))

    def _call(self, logins, method, ids, **values):
        """Return the codes that these got who called it at once."""
        keys = self.world["keys"]
        calls = [(keys[login], method, ids, values) for login in logins]
        answers = self.server.call_at_once(calls)
        self.assertEqual({status for status, _told in answers} - {200, 422}, set())
        return [answer[0]["code"] for status, answer in answers if status == 200]

    def _get_ids(self, statement):
        return [number for (number,) in self.scratch.query(statement)]

    def test_of_six_who_appoint_at_once_one_has(self):
        [role] = self._get_ids(
            "SELECT res_id FROM ir_model_data"
            " WHERE name = 'crm_account_team_role_manager'"
        )
        users = self._get_ids(
            "SELECT id FROM res_users WHERE login IN ('first', 'second') ORDER BY login"
        )
        keys = self.world["keys"]
        customer = [self.world["customer"]]
        answers = self.server.call_at_once(
            [
                (
                    keys[("owner", "decider0", "decider1")[number // 2]],
                    *("team_appoint", customer),
                    {"user_id": users[number % 2], "role_id": role},
                )
                for number in range(6)
            ]
        )
        codes = [told[0]["code"] for status, told in answers if status == 200]
        self.assertEqual(codes.count("ok"), 1, answers)
        # Whom the database stops is told so as well, in a sentence.
        for status, told in answers:
            if status != 200:
                self.assertEqual(status, 422, told)
                self.assertIn("of this customer", told)
        self.assertEqual(len(self.scratch.query(TEAM)), 1)

    def test_of_four_who_approve_at_once_one_has(self):
        self.workers.run("nominate")
        ids = self._get_ids("SELECT max(id) FROM crm_key_account_nomination")
        codes = self._call(
            ["decider0", "decider1"] * 2,
            *("approve", ids),
            model="crm.key.account.nomination",
        )
        self.assertEqual(sorted(codes), ["blocked"] * 3 + ["ok"])

    def test_of_four_who_decide_a_change_at_once_one_has(self):
        self.workers.run("ask_change")
        ids = self._get_ids("SELECT max(id) FROM crm_account_plan_change")
        codes = self._call(
            ["decider0", "decider1"] * 2,
            *("approve", ids),
            model="crm.account.plan.change",
        )
        self.assertEqual(sorted(codes), ["blocked"] * 3 + ["ok"])

    def test_what_four_count_at_once_stands_once(self):
        answers = self.server.call_at_once(
            [
                (self.world["keys"][login], "action_view_account_return", ids, {})
                for login in ("owner", "decider0", "owner", "decider1")
                for ids in [[self.world["customer"]]]
            ]
        )
        self.assertEqual([status for status, _told in answers], [200] * 4, answers)
        self.assertPeriodsOnce()
