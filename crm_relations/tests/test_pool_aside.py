from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.pool import PoolByHandCommon


@tagged("post_install", "-at_install")
class TestPoolAside(PoolByHandCommon):
    """A pool customer out of everybody's sight until a day: whoever runs the pool puts
    it aside, nobody else meets it there on any way, and the day brings it back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._get_relations_today()
        cls.pooled.write(
            {"partner_latitude": 53.8, "partner_longitude": -1.55, "phone": "12345"}
        )

    def _put(self, user=None, days=30, reason="Asked for quiet", customer=None):
        customer = (customer or self.pooled).with_user(user or self.max)
        return customer.pool_put_aside(self.today + timedelta(days=days), reason)

    def _find(self, user):
        partners = self.env["res.partner"].with_user(user)
        return partners.search(
            [("is_in_my_pool", "=", True), ("id", "=", self.pooled.id)]
        )

    def _pass(self, days):
        """Let so many days pass for what is put aside."""
        for line in self.env["crm.pool.aside"].search([]):
            line.until -= timedelta(days=days)
        self.env.flush_all()
        self.env.invalidate_all()

    def test_who_may(self):
        for user, code in (
            (self.sally, "no_right"),  # a member
            (self.sam, "no_right"),
            (self.carl, "no_right"),
            (self.anna, "no_right"),
            (self.max, "ok"),  # runs the pool
            (self.rita, "ok"),
        ):
            self.assertEqual(self._codes(self._put(user)), [code], user.name)

    def test_nobody_meets_it_in_the_pool(self):
        sight = {"list": self._find, "nearby": self._get_nearby}
        for name, look in sight.items():
            for user in (self.sally, self.max, self.rita):
                self.assertIn(self.pooled, look(user), (name, user.name))
        self._put()
        for name, look in sight.items():
            for user in (self.sally, self.max, self.rita):
                self.assertNotIn(self.pooled, look(user), (name, user.name))
        self.assertFalse(self.pooled.with_user(self.sally).is_in_my_pool)
        self.assertFalse(self.leeds.with_user(self.sally).partner_count)
        action = self.leeds.with_user(self.sally).action_view_customers()
        partners = self.env["res.partner"].with_user(self.sally)
        self.assertFalse(partners.search(action["domain"]))

    def _get_nearby(self, user):
        found = self.env["res.partner"].with_user(user).nearby(53.8, -1.55, 1000)
        return self.env["res.partner"].browse(row["id"] for row in found)

    def test_nobody_gets_it(self):
        self._put()
        mine = self.pooled.with_user(self.sally)
        own = self.owned.with_user(self.sally)
        boss = self.pooled.with_user(self.max)
        for name, answers in (
            ("claim", mine.pool_claim()),
            ("claim of a manager", boss.pool_claim()),
            ("swap", mine.pool_swap(own.id)),
            ("assign", boss.pool_assign(self.sally.id)),
        ):
            self.assertEqual(self._codes(answers), ["put_aside"], name)
        wizard = self.env["crm.pool.distribute.wizard"].with_user(self.max)
        wizard = wizard.create(
            {
                "partner_ids": self.pooled.ids,
                "method": "one",
                "user_ids": self.sally.ids,
            }
        )
        wizard.action_preview()
        self.assertIn("put aside", wizard.line_ids.message)
        with self.assertRefused("Nobody would get", UserError):
            wizard.action_apply()
        action = self.env["ir.actions.server"].create(
            {
                "name": "Claim",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "state": "customer_act",
                "customer_act": "claim",
            }
        )
        action.with_user(self.sally).with_context(
            active_model="res.partner", active_ids=self.pooled.ids
        ).run()
        self.assertFalse(self.pooled.user_id)

    def test_a_duplicate_is_not_offered_for_a_claim(self):
        values = {"name": "Pooled", "phone": "12345"}
        partners = self.env["res.partner"].with_user(self.sally)
        [found] = [
            one
            for one in partners.find_duplicates(values)
            if one["id"] == self.pooled.id
        ]
        self.assertIn("claim", found["can"])
        self._put()
        [found] = [
            one
            for one in partners.find_duplicates(values)
            if one["id"] == self.pooled.id
        ]
        self.assertNotIn("claim", found["can"])

    def test_the_day_brings_it_back_without_a_job(self):
        self._put(days=10)
        self._pass(9)
        self.assertFalse(self._find(self.sally))
        self._pass(1)
        self.assertTrue(self._find(self.sally))
        self.assertEqual(
            self._codes(self.pooled.with_user(self.sally).pool_claim()), ["ok"]
        )

    def test_it_is_taken_back_before_by_who_runs_the_pool(self):
        self._put()
        line = self.env["crm.pool.aside"].search([])
        seen = line.with_user(self.sally).search([])
        self.assertFalse(seen)
        self.assertEqual(line.with_user(self.max).search([]), line)
        self.assertEqual(
            self._codes(self.pooled.with_user(self.sally).pool_take_back()),
            ["no_right"],
        )
        self.assertEqual(
            self._codes(line.with_user(self.sally).take_back()), ["no_right"]
        )
        self.assertEqual(self._codes(line.with_user(self.max).take_back()), ["ok"])
        self.assertTrue(self._find(self.sally))
        self.assertEqual(self._codes(line.with_user(self.max).take_back()), ["blocked"])
        self.assertEqual(
            self._codes(self.pooled.with_user(self.max).pool_take_back()), ["blocked"]
        )

    def test_a_salesperson_by_hand_ends_it_for_good(self):
        self._put()
        self.pooled.with_user(self.rita).user_id = self.sally
        self.env.flush_all()
        self.pooled.with_user(self.rita).pool_release("Back", self.leeds.id)
        self.assertEqual(self.pooled.pool_id, self.leeds)
        self.assertTrue(self._find(self.sally))

    def test_another_pool_leaves_it_aside(self):
        self._put()
        self.pooled.with_user(self.rita).pool_move(self.pool.id)
        self.assertEqual(self.pooled.pool_id, self.pool)
        self.assertFalse(self._find(self.sally))

    def test_what_is_wrong_with_the_call_is_said(self):
        for days, reason in ((0, "Quiet"), (-3, "Quiet"), (5000, "Quiet"), (5, "  ")):
            answers = self._put(days=days, reason=reason)
            self.assertEqual(self._codes(answers), ["blocked"], (days, reason))
        self.assertEqual(
            self._codes(self._put(self.rita, customer=self.owned)), ["taken"]
        )
        self.assertTrue(self._find(self.sally))

    def test_the_history_tells_why_and_only_who_runs_the_pool_until_when(self):
        self._put()
        self.env.invalidate_all()
        self.assertTrue(self.pooled.with_user(self.max).pool_aside_until)
        self.assertFalse(self.pooled.with_user(self.sally).pool_aside_until)
        lines = self.pooled.with_user(self.max).get_history(kinds=["aside"])["lines"]
        self.assertIn("Asked for quiet", lines[0]["text"])

    def test_statements_do_not_grow_with_customers(self):
        counts = []
        for size in (2, 40):
            customers = self._create_pooled(size).with_user(self.max)
            day = self.today + timedelta(days=5)
            customers.pool_put_aside(day, "Warm")
            counts.append(
                self._count_statements(
                    lambda: customers.pool_put_aside(day, "Quiet")  # noqa: B023
                )
            )
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_a_pool_is_chosen_among_those_that_one_uses(self):
        self.env["crm.pool"].search([]).active = True
        closed = self.env["crm.pool"].create(
            {"name": "Closed", "member_ids": self.sam.ids}
        )
        mine = self.owned.with_user(self.sally)
        self.assertEqual(self._codes(mine.pool_release("X", closed.id)), ["blocked"])
        wizard = self.env["crm.pool.release.wizard"].with_user(self.sally)
        wizard = wizard.create({"partner_ids": mine.ids, "pool_id": closed.id})
        self.assertTrue(wizard.may_choose_pool)
        self.assertIn("1", wizard.preview)
        self.assertEqual(self._codes(mine.pool_release("X", self.pool.id)), ["ok"])
        self.assertEqual(self.owned.pool_id, self.pool)
