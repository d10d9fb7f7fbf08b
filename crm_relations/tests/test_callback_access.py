from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common.callback import CallbackCommon


@tagged("post_install", "-at_install")
class TestCallbackAccess(CallbackCommon):
    """Who may see and do what; companies, leavers, merged customers."""

    def test_who_is_no_agent_makes_no_calls(self):
        call = self._create_call()
        for user in (self.sally, self.max, self.carl):
            with self.subTest(user.login), self.assertRaises(AccessError):
                call.with_user(user).take()

    def test_an_agent_sees_what_is_to_be_called_and_nothing_more(self):
        """CB-2"""
        listed, mine = self._create_call(), self._create_call(agent_id=self.anna.id)
        others = self._create_call(agent_id=self.ben.id)
        rule = self._create_rule(agent_ids=self.ben.ids)
        closed = self._create_call(rule_id=rule.id)
        seen = self.calls.with_user(self.anna).search([])
        self.assertEqual(seen, listed + mine)
        self.assertFalse(closed.with_user(self.anna).take())
        self.assertFalse(others.with_user(self.anna).take())
        with self.assertRaises(AccessError):
            mine.with_user(self.anna).write({"state": "done"})
        with self.assertRaises(AccessError):
            self.env["sale.order"].with_user(self.anna).search([])

    def test_managers_hand_out_calls_and_type_no_results(self):
        call = self._create_call()
        call.with_user(self.anna).take()
        call.with_user(self.rita).agent_id = self.ben
        self.assertFalse(call.reserved_by_id)
        with self.assertRaises(AccessError):
            call.with_user(self.rita).write({"state": "done"})
        with self.assertRefused("no callback agent"):
            call.with_user(self.rita).agent_id = self.sally
        with self.assertRaises(AccessError):
            call.with_user(self.max).write({"agent_id": self.anna.id})
        call.with_user(self.rita).action_drop()
        self.assertEqual(call.state, "dropped")

    def test_by_hand_nobody_chooses_how_it_ended(self):
        now = fields.Datetime.now()
        call = self.calls.with_user(self.rita).create(
            {
                "partner_id": self.customer.id,
                "purpose": "Ask about the fair",
                "deadline_at": now + timedelta(days=1),
                "state": "done",
                "attempt_count": 7,
            }
        )
        self.assertEqual((call.state, call.attempt_count), ("open", 0))
        self.assertEqual(call.purpose, "Ask about the fair")
        with self.assertRefused("What is the call about"):
            self.calls.with_user(self.rita).create(
                {"partner_id": self.customer.id, "deadline_at": now + timedelta(1)}
            )
        with self.assertRefused("late before"):
            self._create_call(due_at=now, deadline_at=now - timedelta(days=9))

    def test_a_call_of_another_company_is_not_there(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.customer.company_id = other
        call = self._create_call()
        self.assertEqual(call.company_id, other)
        self.assertFalse(self.calls.with_user(self.anna).take_next())
        self.assertFalse(call.with_user(self.anna).take())
        self.assertFalse(self.calls.with_user(self.rita).search([("id", "=", call.id)]))

    def test_calls_of_who_leaves_go_back_to_the_list(self):
        for leave in (
            lambda: self.ben.action_archive(),
            lambda: self.ben.write({"active": False}),
        ):
            self.ben.active = True
            call = self._create_call(agent_id=self.ben.id)
            call.with_user(self.ben).take()
            leave()
            self.assertFalse(call.agent_id | call.reserved_by_id)
        other = self._create_call(agent_id=self.anna.id)
        group = self.env.ref("crm_relations.group_callback_agent")
        self.anna.group_ids -= group
        self.assertEqual(self.calls._return_to_list(), 1)
        self.assertFalse(other.agent_id)

    def test_merged_customers_keep_one_call_with_the_attempts_of_both(self):
        rule = self._create_rule()
        twin = self._create_customer("Twin", phone="139 0013 9000")
        mine = self._create_call(rule_id=rule.id, occasion="same")
        theirs = self._create_call(twin, rule_id=rule.id, occasion="same")
        self._record(theirs, "no_answer")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | twin).ids, self.customer)
        left = (mine | theirs).exists()
        self.assertEqual(left.partner_id, self.customer)
        self.assertEqual(len(left), 1)
        self.assertEqual(len(left.attempt_ids), 1)
