from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common.callback import CallbackCommon


@tagged("post_install", "-at_install")
class TestCallbackCall(CallbackCommon):
    def test_two_agents_never_get_the_same_call(self):
        """CB-2"""
        first, second = self._create_call(), self._create_call()
        taken = [
            self.calls.with_user(agent).take_next() for agent in (self.anna, self.ben)
        ]
        self.assertEqual(taken, [first.id, second.id])
        self.assertFalse(first.with_user(self.ben).take())

    def test_the_caller_gets_back_what_is_open(self):
        call = self._create_call()
        calls = self.calls.with_user(self.anna)
        self.assertEqual(calls.take_next(), call.id)
        self._create_call(priority="2")
        self.assertEqual(calls.take_next(), call.id)

    def test_a_closed_browser_gives_the_call_back_after_a_while(self):
        call = self._create_call()
        self.assertTrue(call.with_user(self.anna).take())
        self.assertTrue(call.with_user(self.anna).keep())
        with freeze_time(fields.Datetime.now() + timedelta(minutes=16)):
            self.assertEqual(self.calls.with_user(self.ben).take_next(), call.id)
            self.assertFalse(call.with_user(self.anna).keep())
            with self.assertRefused("Ben has this callback", UserError):
                call.with_user(self.anna).record(self._get_outcome("complete").id)

    def test_order_of_urgency(self):
        """CB-2"""
        now = fields.Datetime.now()
        late = self._create_call(deadline_at=now - timedelta(minutes=5))
        normal = self._create_call()
        high = self._create_call(priority="1")
        own = self._create_call(agent_id=self.anna.id)
        self._create_call(agent_id=self.ben.id)
        self._create_call(due_at=now + timedelta(hours=1))
        desk = self.env["crm.callback.desk"].with_user(self.anna).open_desk()
        self.assertEqual(
            [line["id"] for line in desk["queue"]], (own + high + late + normal).ids
        )
        self.assertEqual(desk["call"]["id"], own.id)
        self.assertEqual(desk["count"], 4)

    def test_who_has_no_number_or_a_blacklisted_one_does_not_come_up(self):
        nobody = self._create_customer("Nobody")
        self._create_call(nobody)
        bad = self._create_customer("Bad", phone="12")
        self._create_call(bad)
        listed = self._create_customer("Listed", phone="139 0013 9000")
        call = self._create_call(listed)
        self.env["phone.blacklist"]._add([call.number])
        self.assertFalse(self.calls.with_user(self.anna).take_next())
        self.assertFalse(call.with_user(self.anna).take())
        nobody.phone = "137 0013 7000"
        self.assertTrue(self.calls.with_user(self.anna).take_next())

    def test_the_best_number_is_the_persons(self):
        """CB-2"""
        person = self._create_person(self.customer)
        call = self._create_call(person_id=person.id)
        self.assertEqual(call.number_partner_id, self.customer)
        person.phone = "139 0013 9000"
        self.assertEqual(call.number, "+8613900139000")
        self.assertEqual(call.number_partner_id, person)
        person.active = False
        self.assertEqual(call.number_partner_id, self.customer)

    def test_nobody_is_rung_at_night(self):
        rule = self._create_rule(call_from=9, call_until=20)
        self.customer.tz = "Asia/Shanghai"
        call = self._create_call(
            rule_id=rule.id,
            due_at="2026-03-01 00:00:00",
            deadline_at="2026-03-09 00:00:00",
        )
        for moment, expected in (
            ("2026-03-03 00:59:00", False),  # 08:59 there
            ("2026-03-03 01:00:00", call.id),
            ("2026-03-03 12:00:00", False),  # 20:00 there
        ):
            with self.subTest(moment), freeze_time(moment):
                taken = self.calls.with_user(self.anna).take_next()
                self.assertEqual(taken, expected)
                call._free()

    def test_reached_and_complete(self):
        """CB-3, CB-4: a follow-up is logged once, as the agent's own."""
        call = self._create_call()
        answer = self._record(call, "complete", note="All is well", seconds=90)
        self.assertEqual((call.state, answer["state"]), ("done", "done"))
        followup = self.customer.followup_ids
        self.assertEqual(followup.callback_id, call)
        self.assertEqual(followup.user_id, self.anna)
        self.assertEqual(followup.content, "All is well")
        self.assertEqual(followup.duration_minutes, 2)
        self.assertTrue(followup.kind_id.counts_as_followup)
        self.assertEqual(call.attempt_ids.followup_id, followup)

    def test_no_answer_comes_up_again_until_the_limit(self):
        """CB-3"""
        call = self._create_call()
        for number in range(1, 6):
            self.assertEqual(call.state, "open")
            self._record(call, "no_answer")
            self.assertEqual(call.attempt_count, number)
            if number == 1:
                delay = call.next_at - fields.Datetime.now()
                self.assertAlmostEqual(delay.total_seconds(), 3 * 3600, delta=60)
                self.assertFalse(self.calls.with_user(self.anna).take_next())
        self.assertEqual(call.state, "failed")
        self.assertFalse(self.customer.followup_ids)

    def test_the_limit_of_the_rule_counts_all_attempts(self):
        call = self._create_call(rule_id=self._create_rule(attempt_limit=2).id)
        self._record(call, "no_answer")
        self._record(call, "busy")
        self.assertEqual(call.state, "failed")

    def test_what_was_agreed_outlasts_the_limit_of_the_rule(self):
        call = self._create_call(rule_id=self._create_rule(attempt_limit=2).id)
        moment = fields.Datetime.now().replace(microsecond=0) + timedelta(days=2)
        self._record(call, "no_answer")
        self._record(call, "again", call_again_at=moment)
        self.assertEqual((call.state, call.next_at), ("open", moment))
        self._record(call, "no_answer")
        self.assertEqual(call.state, "failed")

    def test_call_again_when_agreed(self):
        """CB-3"""
        call = self._create_call()
        moment = fields.Datetime.now() + timedelta(days=2)
        for wrong in (None, "soon", fields.Datetime.now() - timedelta(1), "2999-01-01"):
            with self.subTest(wrong), self.assertRefused("When to call again"):
                self._record(call, "again", call_again_at=wrong)
        self.assertFalse(call.attempt_ids)
        self._record(call, "again", call_again_at=fields.Datetime.to_string(moment))
        self.assertEqual(call.next_at, moment.replace(microsecond=0))
        self.assertFalse(call.reserved_by_id)

    def test_a_wrong_number_is_not_dialled_again_another_one_is(self):
        """CB-3"""
        person = self._create_person(self.customer)
        person.phone = "139 0013 9000"
        call = self._create_call(person_id=person.id)
        self._record(call, "wrong_number")
        self.assertEqual((call.state, call.number), ("open", "+8613800138000"))
        self._record(call, "dead_number")
        self.assertEqual(call.state, "failed")
        other = self._create_call()
        self.assertFalse(other.number)
        self.customer.phone = "137 0013 7000"
        self.assertEqual(other.number, "+8613700137000")

    def test_a_number_that_was_right_after_all(self):
        self._record(self._create_call(), "wrong_number")
        attempt = self.env["crm.callback.attempt"].search(
            [("partner_id", "=", self.customer.id)]
        )
        with self.assertRaises(AccessError):
            attempt.with_user(self.anna).action_number_is_right()
        attempt.with_user(self.rita).action_number_is_right()
        self.assertTrue(self._create_call().number)

    def test_a_hard_refusal_is_final(self):
        """CB-3: the number gets on the blacklist, other calls to it are dropped."""
        call, other = self._create_call(), self._create_call()
        self._record(call, "refused_hard")
        self.assertEqual((call.state, other.state), ("failed", "dropped"))
        listed = self.env["phone.blacklist"].search([("number", "=", call.number)])
        self.assertTrue(listed)

    def test_the_number_that_refuses_is_the_one_on_the_blacklist(self):
        person = self._create_person(self.customer)
        person.phone = "139 0013 9000"
        call = self._create_call(person_id=person.id)
        self._record(call, "wrong_number")
        self._record(call, "refused_hard")
        listed = self.env["phone.blacklist"].search([]).mapped("number")
        self.assertIn("+8613800138000", listed)
        self.assertNotIn("+8613900139000", listed)

    def test_saved_twice_is_saved_once(self):
        call = self._create_call()
        first = self._record(call, "partial", token="A", call_again_at=self._tomorrow())
        again = call.with_user(self.anna).record(
            self._get_outcome("partial").id, token="A", call_again_at=self._tomorrow()
        )
        self.assertEqual(first["attempt_id"], again["attempt_id"])
        self.assertEqual(len(call.attempt_ids), 1)
        self.assertEqual(len(self.customer.followup_ids), 1)

    def _tomorrow(self):
        return fields.Datetime.now() + timedelta(days=1)

    def test_bad_input_leaves_nothing(self):
        call = self._create_call()
        stranger = self._create_customer("Stranger", phone="139 0013 9000")
        call.with_user(self.anna).take()
        mine = call.with_user(self.anna)
        for arguments, message in (
            ([0], "How did the call end"),
            (
                [self._get_outcome("complete").id, "", None, 0, None, stranger.id],
                "belong",
            ),
        ):
            with self.subTest(message), self.assertRefused(message):
                mine.record(*arguments)
        self.assertFalse(call.attempt_ids)
        self.assertFalse(self.customer.followup_ids)
        mine.record(self._get_outcome("complete").id, seconds="many")
        with self.assertRefused("ended already", UserError):
            mine.record(self._get_outcome("complete").id)

    def test_an_agent_reads_the_card_without_rights_on_orders(self):
        order = self._create_order(self.customer, 10)
        self._create_followup(self.customer)
        self._create_call(rule_id=self._create_rule().id)
        desk = self.env["crm.callback.desk"].with_user(self.anna).open_desk()
        card = desk["call"]
        self.assertEqual(card["orders"][0]["name"], order.name)
        self.assertEqual(len(card["followups"]), 1)
        self.assertEqual(card["script"], ["Thank them.", "Ask."])
        self.assertEqual(card["people"][0]["number"], "+8613800138000")
        self.assertEqual(
            [one["digit"] for one in desk["outcomes"]][:9], [*range(1, 10)]
        )

    def test_the_time_at_which_the_customer_is_usually_reached(self):
        """CB-2"""
        self.customer.tz = "Asia/Shanghai"
        call = self._create_call()
        for day in (2, 3, 4):
            self.env["crm.callback.attempt"].create(
                {
                    "callback_id": call.id,
                    "partner_id": self.customer.id,
                    "agent_id": self.anna.id,
                    "outcome_id": self._get_outcome("complete").id,
                    "called_at": f"2026-03-0{day} 02:30:00",
                }
            )
        self.assertEqual(call._get_best_time(), "10:00–12:00")

    def test_saving_loads_the_next_call(self):
        first, second = self._create_call(), self._create_call()
        desk = self.env["crm.callback.desk"].with_user(self.anna)
        self.assertEqual(desk.open_desk()["call"]["id"], first.id)
        answer = desk.save_call(
            first.id, self._get_outcome("complete").id, {"note": "x"}
        )
        self.assertEqual(answer["call"]["id"], second.id)
        self.assertIn("done", answer["message"])

    def test_checked_outcomes(self):
        outcomes = self.env["crm.callback.outcome"]
        for values, message in (
            ({"retry_hours": -1}, "retry delay"),
            ({"attempt_limit": 101}, "limit of attempts"),
            ({"category": "NC", "is_contact": True}, "cannot be a contact"),
        ):
            with self.subTest(values), self.assertRefused(message, ValidationError):
                outcomes.create({"name": "X", **values})

    def test_my_day_shows_the_agents_calls(self):
        self._create_call(agent_id=self.anna.id)
        self._create_call()
        day = self.env["crm.my.day"].with_user(self.anna).get_day()
        cards = {
            card["key"]: card["count"]
            for column in day["columns"]
            for card in column["cards"]
        }
        self.assertEqual(cards["callback"], 1)
        self.assertEqual(cards["callback_list"], 1)
        day = self.env["crm.my.day"].with_user(self.carl).get_day()
