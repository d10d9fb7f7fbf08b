from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestPoolBoard(RelationsCommon):
    """The manager's board (PO-6, screens.md): held, cap, due, lost, claims."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pool = cls.env["crm.pool"].create({"name": "Board"})
        cls.customers = cls.env["res.partner"]
        for _number in range(3):
            cls.customers |= cls._create_customer(user_id=cls.sally.id)

    def _get_line(self, user=None, reader=None):
        board = self.env["crm.pool.board"].with_user(reader or self.rita)
        self.env.flush_all()
        self.env.invalidate_all()
        return board.search([("user_id", "=", (user or self.sally).id)])

    def _log(self, kind, customer, days_ago, **values):
        moment = fields.Datetime.now() - timedelta(days=days_ago)
        return self.env["crm.ownership.change"].create(
            {
                "partner_id": customer.id,
                "kind": kind,
                "decided_at": moment,
                "facts": {"code": f"owner_{kind}"},
                **values,
            }
        )

    def _set_release(self, customer, days):
        today = self.env.company._get_relations_today()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET pool_release_date = %s WHERE id = %s",
            [today + timedelta(days=days), customer.id],
        )

    def test_held_and_due(self):
        before = self._get_line()
        for customer, days in zip(self.customers, (1, 3, 7), strict=True):
            self._set_release(customer, days)
        line = self._get_line()
        self.assertEqual(line.held_count, before.held_count)
        self.assertGreaterEqual(line.held_count, 3)
        due = [line.due_in_1, line.due_in_3, line.due_in_7]
        self.assertEqual(due, [1, 2, 3])

    def test_a_quota_in_whose_place_another_one_stands_adds_nothing(self):
        self._create_customer(
            "Of tier A", user_id=self.sally.id, tier_id=self.tier_a.id
        )
        self._create_customer("Of none", user_id=self.sally.id)
        limit = {"limit_customers": True}
        quotas = self.env["crm.pool.quota"]
        quotas.create({"name": "All", "max_customers": 150, **limit})
        self.env.flush_all()
        quotas.create(
            {
                "name": "Tier A",
                "max_customers": 13,
                "tier_ids": self.tier_a.ids,
                "user_ids": self.sally.ids,
                **limit,
            }
        )
        quotas.create(
            {
                "name": "Hers",
                "max_customers": 100,
                "user_ids": self.sally.ids,
                **limit,
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        board = self.env["crm.pool.board"].search([("user_id", "=", self.sally.id)])
        self.assertEqual(board.cap, 113)
        lines = self.env["crm.workload.report"].search(
            [("user_id", "=", self.sally.id), ("activity", "=", "cap")]
        )
        self.assertEqual(lines.mapped("cap_count"), [113])

    def test_held_against_the_cap(self):
        self.env["crm.pool.quota"].create(
            {
                "name": "Sally",
                "user_ids": self.sally.ids,
                "limit_customers": True,
                "max_customers": 12,
            }
        )
        line = self._get_line()
        self.assertEqual(line.cap, 12)
        self.assertAlmostEqual(line.load_rate, 100 * line.counted / 12, 1)

    def test_lost_counts_what_a_rule_released_and_nobody_gave_back(self):
        one, two, three = self.customers
        before = self._get_line().lost_count
        self._log("release", one, 3, from_user_id=self.sally.id)
        self._log("release", two, 3, from_user_id=self.sally.id, is_undone=True)
        self._log("release", three, 40, from_user_id=self.sally.id)
        self.assertEqual(self._get_line().lost_count, before + 1)

    def test_yield_and_first_contact_of_claims(self):
        one, two, _three = self.customers
        for customer in (one, two):
            self._log("claim", customer, 10, to_user_id=self.max.id)
        self._create_order(one, 100, days_ago=5)
        self._create_followup(
            two, date=fields.Datetime.now() - timedelta(days=9), user_id=self.max.id
        )
        line = self._get_line(self.max)
        self.assertEqual(line.claim_count, 2)
        self.assertEqual(line.claim_yield, 50)
        self.assertAlmostEqual(line.first_contact_hours, 24, 0)

    def test_an_order_from_before_the_claim_is_no_yield(self):
        self._create_order(self.customers[0], 100, days_ago=20)
        self._log("claim", self.customers[0], 10, to_user_id=self.max.id)
        self.assertEqual(self._get_line(self.max).claim_yield, 0)

    def test_customers_of_another_company_are_not_told(self):
        other = self.env["res.company"].create({"name": "Other"})
        before = self._get_line().held_count
        self.customers[0].company_id = other
        self.assertEqual(self._get_line().held_count, before - 1)

    def test_leaders_see_their_team_only(self):
        self._create_customer(user_id=self.sam.id)
        lines = self.env["crm.pool.board"].with_user(self.max).search([])
        self.assertIn(self.sally, lines.user_id)
        self.assertEqual(lines.team_id, self.north)

    def test_figures_open_what_is_behind_them(self):
        self._set_release(self.customers[0], 2)
        line = self._get_line()
        found = self.env["res.partner"].search(line.action_view_leaving()["domain"])
        self.assertIn(self.customers[0], found)
        held = self.env["res.partner"].search(line.action_view_held()["domain"])
        self.assertLessEqual(self.customers, held)

    def test_times_held_by_one_statement(self):
        self._log("claim", self.customers[0], 1, to_user_id=self.max.id)
        self.env.invalidate_all()
        held = self.customers.mapped("times_held")
        self.assertEqual(held[0], held[1] + 1)
        self.env.invalidate_all()
        one = self._count_statements(lambda: self.customers[:1].mapped("times_held"))
        self.env.invalidate_all()
        all_of_them = self._count_statements(
            lambda: self.customers.mapped("times_held")
        )
        self.assertEqual(all_of_them, one)
