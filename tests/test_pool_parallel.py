"""PO-7, PO-8, PO-12: many take, swap, give and release at the same time.

Once over HTTP, by a running Odoo with several worker processes; once by processes that
do a thousand things at random, whose ledger is then gone through by a plain model.
"""

import json
from collections import Counter

import pool_model
from odoo_server import OdooServer
from pool_world import A_DAY, CAP, CLAIMERS
from scratch import Scratch, Workers
from trials import trials

from odoo.tests import BaseCase, tagged

PROCESSES = 4
STEPS = trials(250)
# Statements that find nothing while all agree.
WRONG_PLACES = """
    SELECT id, user_id, pool_id FROM res_partner
     WHERE ref LIKE 'POOL %' AND (user_id IS NULL) = (pool_id IS NULL)
"""
WRONG_LEDGER = """
    SELECT customer.id, customer.user_id, latest.to_user_id
      FROM res_partner AS customer
      JOIN LATERAL (SELECT * FROM crm_ownership_change AS change
                     WHERE change.partner_id = customer.id
                  ORDER BY change.id DESC LIMIT 1) AS latest ON TRUE
     WHERE customer.ref LIKE 'POOL %'
       AND (customer.user_id, customer.pool_id) IS DISTINCT FROM
           (latest.to_user_id, latest.to_pool_id)
"""
WRONG_COUNTERS = f"""
    SELECT holding.user_id, holding.held, count(customer.id)
      FROM crm_pool_holding AS holding
 LEFT JOIN res_partner AS customer
        ON customer.user_id = holding.user_id AND customer.is_managed_customer
  GROUP BY holding.id
    HAVING holding.held <> count(customer.id) OR holding.held > {CAP}
"""
WRONG_SEATS = """
    SELECT customer.id, customer.user_id, seat.user_id
      FROM res_partner AS customer
 FULL JOIN crm_pool_seat AS seat ON seat.partner_id = customer.id
     WHERE (customer.is_managed_customer OR customer.id IS NULL)
       AND customer.user_id IS DISTINCT FROM seat.user_id
"""
WRONG_CLAIMS = """
    SELECT holding.user_id, holding.claims, count(change.id)
      FROM crm_pool_holding AS holding
 LEFT JOIN crm_ownership_change AS change
        ON change.to_user_id = holding.user_id AND change.kind IN ('claim', 'swap')
  GROUP BY holding.id
    HAVING holding.claims <> count(change.id)
"""
CHECKS = (WRONG_PLACES, WRONG_LEDGER, WRONG_COUNTERS, WRONG_SEATS, WRONG_CLAIMS)
LINES = """
    SELECT partner_id, kind, from_user_id, to_user_id, from_pool_id, to_pool_id
      FROM crm_ownership_change ORDER BY id
"""


def setUpModule():
    PoolCase.world = scratch = Scratch.with_addons()
    try:
        scratch.call("pool_world:fill")
    except BaseException:
        scratch.drop()
        raise


def tearDownModule():
    PoolCase.world.drop()


class PoolCase(BaseCase):
    world = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.query = cls.world.query
        rows = cls.query("SELECT id, ref FROM res_partner WHERE ref LIKE 'POOL %'")
        cls.ids = {int(ref.split()[1]): number for number, ref in rows}

    def assertAgreed(self):
        for statement in CHECKS:
            self.assertEqual(self.query(statement)[:5], [], statement)


@tagged("post_install", "-at_install")
class TestPoolServer(PoolCase):
    """Each test has salespeople and customers of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        [(keys,)] = cls.query(
            "SELECT value FROM ir_config_parameter WHERE key = 'pool_world.keys'"
        )
        cls.keys = json.loads(keys)
        cls.server = cls.enterClassContext(OdooServer(cls.world))

    def _call(self, calls):
        """Make all calls at once; return the one line that each is answered with."""
        calls = [
            (self.keys[f"c{user}"], method, [self.ids[customer]], values)
            for user, method, customer, values in calls
        ]
        answers = self.server.call_at_once(calls)
        broken = [answer for status, answer in answers if status != 200]
        self.assertEqual(broken[:3], [], self.server.said())
        return [answer for _status, [answer] in answers]

    def _get_owner(self, customer):
        [(owner,)] = self.query(
            "SELECT login FROM res_partner AS customer"
            " LEFT JOIN res_users AS owner ON owner.id = customer.user_id"
            " WHERE customer.id = %s",
            [self.ids[customer]],
        )
        return owner

    def test_fifty_want_one_customer(self):
        """PO-7: one gets it, the others are told who."""
        answers = self._call([(n, "pool_claim", 0, {}) for n in range(CLAIMERS)])
        codes = Counter(answer["code"] for answer in answers)
        self.assertEqual(codes, {"ok": 1, "taken": CLAIMERS - 1})
        winner = [answer["code"] for answer in answers].index("ok")
        self.assertEqual(self._get_owner(0), f"c{winner}")
        for answer in answers:
            if not answer["ok"]:
                self.assertIn(f"C{winner} ", answer["message"])
        self.assertAgreed()

    def test_one_takes_fifty_at_the_cap(self):
        """PO-7: never above it."""
        answers = self._call([(10, "pool_claim", 10 + n, {}) for n in range(CLAIMERS)])
        codes = Counter(answer["code"] for answer in answers)
        left = CAP - codes["ok"]
        self.assertEqual(codes["ok"] + codes["cap_reached"], CLAIMERS)
        # He may have won the customer that fifty wanted.
        self.assertEqual(left, int(self._get_owner(0) == "c10"))
        self.assertAgreed()

    def test_swaps_that_cross_each_other(self):
        """PO-8: two people, each changing one customer for the other and back."""
        for user, first in ((20, 70), (21, 72)):
            self._call([(user, "pool_claim", first, {})])
        there = {"give_up_id": self.ids[70]}
        back = {"give_up_id": self.ids[71]}
        calls = [(20, "pool_swap", 71, there), (20, "pool_swap", 70, back)] * 8
        calls += [(21, "pool_swap", 71, {"give_up_id": self.ids[72]})] * 4
        calls += [(21, "pool_swap", 70, {"give_up_id": self.ids[71]})] * 4
        codes = Counter(answer["code"] for answer in self._call(calls))
        self.assertGreater(codes["ok"], 0)
        for user, customers in (("c20", (70, 71, 72)), ("c21", (70, 71, 72))):
            owned = [n for n in customers if self._get_owner(n) == user]
            self.assertEqual(len(owned), 1, user)
        self.assertAgreed()

    def test_the_night_against_claims_transfers_and_edits(self):
        calls = []
        [(heir,)] = self.query("SELECT id FROM res_users WHERE login = 'c39'")
        for n in range(20):
            customer = 80 + n % 10
            calls += [
                (30 + n % 6, "pool_claim", customer, {}),
                (
                    30 + n % 6,
                    "pool_transfer",
                    customer,
                    {"user_id": heir, "reason": "R"},
                ),
            ]
        with Workers(self.world, "pool_world") as workers:
            night = workers.start("release_all_day", 6)
            answers = self._call(calls)
            self.assertEqual(workers.wait(night), 0, workers.said())
        self.assertGreater(Counter(a["code"] for a in answers)["ok"], 0)
        self.assertAgreed()


@tagged("post_install", "-at_install")
class TestPoolInterleavings(PoolCase):
    def test_random_steps_are_as_one_after_the_other(self):
        """PO-6, PO-7, PO-12: owners, counters and ledger agree with a model that knows
        of no parallel work."""
        with Workers(self.world, "pool_world") as workers:
            started = [workers.start("play", n, STEPS) for n in range(PROCESSES)]
            codes = [workers.wait(process) for process in started]
            self.assertEqual(codes, [0] * PROCESSES, workers.said())
        self.assertAgreed()
        lines = self.query(LINES)
        self.assertGreater(len(lines), STEPS)
        places, held, claims, wrong = pool_model.replay(lines, CAP, A_DAY)
        self.assertEqual(wrong[:3], [])
        found = self.query(
            "SELECT id, user_id, pool_id FROM res_partner WHERE id = ANY(%s)",
            [list(places)],
        )
        self.assertEqual({number: (user, pool) for number, user, pool in found}, places)
        counters = self.query("SELECT user_id, held, claims FROM crm_pool_holding")
        for user, holds, claimed in counters:
            self.assertEqual((holds, claimed), (held[user], claims[user]))
