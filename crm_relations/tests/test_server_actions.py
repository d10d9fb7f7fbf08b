from datetime import timedelta
from itertools import product

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common.pool import PoolByHandCommon

PARAMETERS = {
    "claim": {},
    "release": {"customer_reason": "Contract over"},
    "assign": {"customer_reason": "For you"},
    "protect": {"customer_days": 10, "customer_reason": "Big deal"},
    "recompute": {},
    "callback": {},
}


class ServerActionCommon(PoolByHandCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.callback_rule = cls.env["crm.callback.rule"].create(
            {"name": "Ask", "purpose": "How was it?", "rest_days": 0}
        )

    def _create_action(self, act, model="res.partner", **values):
        if act == "assign":
            values = {"customer_user_id": self.sally.id} | values
        if act == "callback":
            values = {"customer_callback_rule_id": self.callback_rule.id} | values
        action = self.env["ir.actions.server"].create(
            {
                "name": act,
                "model_id": self.env["ir.model"]._get_id(model),
                "state": "customer_act",
                "customer_act": act,
                **PARAMETERS[act],
                **values,
            }
        )
        self.env.flush_all()
        return action

    def _run(self, action, records, user):
        """As the client does from the Actions menu of a list."""
        return (
            action.with_user(user)
            .with_context(active_model=records._name, active_ids=records.ids)
            .run()
        )

    def _automate(self, action, record, user):
        """As an automation rule does: as superuser, one record at a time."""
        return (
            action.with_user(user)
            .sudo()
            .with_context(
                active_model=record._name, active_ids=record.ids, active_id=record.id
            )
            .run()
        )

    def _get_answers(self, action):
        answers = self.env["crm.server.answer"].search(
            [("action_id", "=", action.id)], order="id"
        )
        return [(answer.partner_id, answer.is_done) for answer in answers]


@tagged("post_install", "-at_install")
class TestServerActions(ServerActionCommon):
    """Acts on customers as server actions: from the menu, by automation rules, by a
    scheduled action, always with the rights of the user."""

    def test_each_act_does_it_for_who_may(self):
        cases = (
            ("claim", self.pooled, self.sally, lambda c: c.user_id == self.sally),
            ("release", self.owned, self.sally, lambda c: c.pool_id == self.leeds),
            ("assign", self.pooled, self.max, lambda c: c.user_id == self.sally),
            ("protect", self.owned, self.max, lambda c: c.pool_kept_until),
            ("recompute", self.owned, self.sally, lambda c: c.user_id),
            (
                "callback",
                self.owned,
                self.rita,
                lambda c: self.env["crm.callback"].search(
                    [("partner_id", "=", c.id), ("rule_id", "=", self.callback_rule.id)]
                ),
            ),
        )
        self.assertEqual({case[0] for case in cases}, set(PARAMETERS))
        for run in (self._run, self._automate):
            for act, customer, user, holds in cases:
                with self.subTest(act=act, by=run.__name__), self._undone():
                    action = self._create_action(act)
                    run(action, customer, user)
                    self.assertEqual(self._get_answers(action), [(customer, True)])
                    self.env.invalidate_all()
                    self.assertTrue(holds(customer))

    def test_one_that_is_deleted_by_now_stops_nothing_of_the_others(self):
        gone = self._create_customer("Gone")
        both = gone | self.pooled
        gone.unlink()
        action = self._create_action("claim")
        self._run(action, both, self.sally)
        self.assertEqual(self._get_answers(action), [(self.pooled, True)])

    def _undone(self):
        class Rollback:
            def __enter__(inner):
                inner.point = self.env.cr.savepoint()
                inner.point.__enter__()

            def __exit__(inner, *error):
                self.env.flush_all()
                inner.point.rollback()
                inner.point.__exit__(None, None, None)
                self.env.invalidate_all()

        return Rollback()

    def test_no_act_gives_more_right_than_the_user_has(self):
        cases = {
            "claim": (self.pooled, self.sam),  # no member of the pool
            "release": (self.owned, self.sam),
            "assign": (self.pooled, self.sally),
            "protect": (self.owned, self.sam),
            "callback": (self.owned, self.sam),
        }
        for act, (customer, user) in cases.items():
            before = customer.user_id, customer.pool_id, customer.pool_kept_until
            for run in (self._run, self._automate):
                with self.subTest(act=act, by=run.__name__):
                    action = self._create_action(act)
                    run(action, customer, user)
                    self.assertEqual(self._get_answers(action), [(customer, False)])
                    self.env.invalidate_all()
                    after = customer.user_id, customer.pool_id, customer.pool_kept_until
                    self.assertEqual(after, before)
        self.assertFalse(
            self.env["crm.callback"].search([("partner_id", "=", self.owned.id)])
        )

    def test_a_caller_without_a_role_of_ours_decides_nothing_again(self):
        clerk = self.env["res.users"].create(
            {
                "name": "Clerk",
                "login": "clerk",
                "group_ids": [
                    fields.Command.set(
                        self.env.ref("base.group_partner_manager").ids
                        + self.env.ref("base.group_user").ids
                    )
                ],
            }
        )
        action = self._create_action("recompute")
        self._run(action, self.owned, clerk)
        self.assertEqual(self._get_answers(action), [(self.owned, False)])

    def test_one_refused_stops_nothing_of_the_others(self):
        second = self._create_pooled(1)
        mixed = self.pooled | self.owned | second
        action = self._create_action("claim")
        shown = self._run(action, mixed, self.sally)
        self.assertEqual(
            self._get_answers(action),
            [(self.pooled, True), (self.owned, False), (second, True)],
        )
        self.assertEqual(shown["res_model"], "crm.answer.summary")

    def test_caps_and_cool_down_hold(self):
        self.leeds.cool_down_days = 30
        self.owned.with_user(self.sally).pool_release("Gone")
        action = self._create_action("claim")
        self._automate(action, self.owned, self.sally)
        self.assertEqual(self._get_answers(action), [(self.owned, False)])
        self._create_quota()
        two = self._create_pooled(2)
        action = self._create_action("assign")
        self._run(action, two, self.max)
        self.assertEqual(sum(done for _c, done in self._get_answers(action)), 1)

    def test_the_system_takes_no_customers(self):
        action = self._create_action("claim")
        self._automate(action, self.pooled, self.env.ref("base.user_root"))
        self.assertEqual(self._get_answers(action), [(self.pooled, False)])

    def test_records_lead_to_their_customers(self):
        person = self._create_person(self.pooled)
        lead = self.env["crm.lead"].create({"name": "Deal", "partner_id": person.id})
        action = self._create_action("claim", "crm.lead")
        self._automate(action, lead, self.sally)
        self.assertEqual(self.pooled.user_id, self.sally)

    def test_customers_outside_the_conditions_are_left_out(self):
        action = self._create_action(
            "claim", customer_domain="[('city', '=', 'London')]"
        )
        self._run(action, self.pooled, self.sally)
        self.assertFalse(self._get_answers(action) or self.pooled.user_id)

    def test_a_scheduled_action_finds_its_customers(self):
        action = self._create_action(
            "release", customer_domain="[('name', '=', 'Other')]"
        )
        opened = action.action_schedule()
        cron = self.env["ir.cron"].browse(opened["res_id"])
        self.assertFalse(cron.active)
        cron.user_id = self.rita
        copy = cron.ir_actions_server_id
        self.assertEqual((copy.usage, copy.customer_act), ("ir_cron", "release"))
        self.env.flush_all()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertTrue(self.other.pool_id)
        self.assertEqual(self._get_answers(copy), [(self.other, True)])
        self.assertEqual(self.owned.user_id, self.sally)

    def test_what_is_missing_is_said_before(self):
        cases = (
            ("release", {"customer_reason": " "}, "why"),
            ("assign", {"customer_user_id": False}, "who gets"),
            ("protect", {"customer_days": 0}, "how many days"),
            ("protect", {"customer_reason": False}, "why"),
            ("callback", {"customer_callback_rule_id": False}, "Choose the rule"),
            ("claim", {"customer_domain": "[('nowhere', '=', 1)]"}, "cannot be read"),
            ("claim", {"usage": "ir_cron"}, "Say which customers"),
            ("release", {"customer_asks": True, "usage": "ir_cron"}, "Nobody is asked"),
        )
        for act, values, words in cases:
            with self.subTest(act=act, values=values):
                action = self._create_action(act, **values)
                self.assertRegex(action.warning or "", words)
        for act in PARAMETERS:
            self.assertFalse(self._create_action(act).warning)

    def test_it_is_offered_where_a_way_leads_to_customers(self):
        for model, offered in (("res.partner", True), ("res.country", False)):
            action = self.env["ir.actions.server"].new(
                {"model_id": self.env["ir.model"]._get_id(model)}
            )
            self.assertEqual("customer_act" in action.allowed_states, offered)

    def test_statements_do_not_grow_with_customers(self):
        self.company.pool_protection_quota = 100
        counts = {}
        for act in PARAMETERS:
            user = self.rita
            for size in (2, 40):
                customers = self._create_pooled(size)
                if act == "claim":
                    user = self.sally
                if act in ("release", "protect"):
                    customers.write({"pool_id": False})
                    customers.write({"user_id": self.sally.id})
                action = self._create_action(act)
                self._run(action, self._create_pooled(1), user)  # warm
                self.env.flush_all()
                counts[act, size] = self._count_statements(
                    lambda: self._run(action, customers, user)  # noqa: B023
                )
                done = [d for c, d in self._get_answers(action) if c in customers]
                self.assertEqual(sum(done), size, act)
        for act in PARAMETERS:
            few, many = counts[act, 2], counts[act, 40]
            self.assertLessEqual(many, few + 4, act)

    def test_answers_are_for_administrators_and_go_after_a_while(self):
        action = self._create_action("claim")
        self._run(action, self.pooled, self.sally)
        answers = self.env["crm.server.answer"]
        with self.assertRaises(AccessError):
            answers.with_user(self.rita).search([])
        self.assertTrue(answers.with_user(self.adam).search([]))
        self.assertEqual(action.customer_answer_count, 1)
        answers.search([]).write(
            {"answered_at": fields.Datetime.now() - timedelta(days=91)}
        )
        self.env.flush_all()
        answers._gc_answers()
        self.assertFalse(answers.search([]))

    def test_who_sells_has_own_customers_called_back(self):
        """An automation rule acts as who has triggered it: mostly a salesperson."""
        runs, users = (self._run, self._automate), (self.sally, self.max)
        for run, user in product(runs, users):
            with self.subTest(user=user.login, by=run.__name__), self._undone():
                self._check_called_back(run, user)

    def _check_called_back(self, run, user):
        both = self.owned | self.other | self.pooled
        action = self._create_action("callback")
        for customer in both:
            run(action, customer, user)
        self.assertEqual(
            self._get_answers(action),
            [(self.owned, True), (self.other, False), (self.pooled, False)],
        )
        refused = self.env["crm.server.answer"].search(
            [("action_id", "=", action.id), ("is_done", "=", False)]
        )
        for answer in refused:
            self.assertIn("Only its salesperson", answer.message)
        calls = self.env["crm.callback"].search([("partner_id", "in", both.ids)])
        self.assertEqual(calls.partner_id, self.owned)
        self.assertIn(user.name, calls.reason)

    def test_a_call_that_is_asked_for_says_so_and_comes_once_a_day(self):
        action = self._create_action("callback")
        self._run(action, self.owned, self.rita)
        self._run(action, self.owned, self.rita)
        self.assertEqual(
            [done for _c, done in self._get_answers(action)], [True, False]
        )
        call = self.env["crm.callback"].search([("partner_id", "=", self.owned.id)])
        self.assertEqual(call.purpose, "How was it?")
        self.assertIn("Rita", call.reason)
