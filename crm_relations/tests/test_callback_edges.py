from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common.callback import CallbackCommon

NOW = fields.Datetime.to_datetime("2026-03-03 10:00:00")  # a Tuesday
SECOND = timedelta(seconds=1)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackEdges(CallbackCommon):
    """Which call comes up, to the second, and for whom."""

    def _take(self, agent=None):
        return self.calls.with_user(agent or self.anna).take_next()

    def _leave(self, user):
        """Let the user be archived, without what else follows from it."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_users SET active = FALSE WHERE id = %s", [user.id]
        )
        self.env.invalidate_all()

    def _create_other_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        agent = self._create_user(
            "theo",
            "group_callback_agent",
            company_id=other.id,
            company_ids=other.ids,
        )
        return other, agent

    def test_the_most_urgent_call_is_taken_first(self):
        soon = self._create_call(deadline_at=NOW + timedelta(hours=1))
        later = self._create_call(priority="1", deadline_at=NOW + timedelta(days=2))
        high = self._create_call(priority="1", deadline_at=NOW + timedelta(days=1))
        highest = self._create_call(priority="2", deadline_at=NOW + timedelta(days=9))
        taken = []
        for _call in range(4):
            taken.append(self._take())
            self.calls.browse(taken[-1])._end("done")
        self.assertEqual(taken, (highest + high + later + soon).ids)

    def test_a_call_comes_up_in_the_second_in_which_it_is_due(self):
        call = self._create_call(due_at=NOW)
        with freeze_time(NOW - SECOND):
            self.assertFalse(self._take())
        self.assertEqual(self._take(), call.id)

    def test_a_call_is_reserved_to_the_last_second(self):
        call = self._create_call()
        self._take()
        with freeze_time(call.reserved_until):
            self.assertFalse(self._take(self.ben))
        with freeze_time(call.reserved_until + SECOND):
            self.assertEqual(self._take(self.ben), call.id)

    def test_at_its_deadline_a_call_is_not_late_yet(self):
        call = self._create_call(due_at=NOW - timedelta(hours=1), deadline_at=NOW)
        self.env.flush_all()
        self.assertFalse(call._get_card()["is_late"])
        rate = self.env["crm.callback.rate"].browse(call.id)
        self.assertEqual((rate.backlog_count, rate.late_count), (1, 0))
        desk = self.env["crm.callback.desk"].with_user(self.anna).open_desk()
        self.assertFalse(desk["queue"][0]["is_late"])
        self._record(call, "no_answer")
        self.env.flush_all()
        rate.invalidate_recordset()
        self.assertEqual(rate.on_time_rate, 100)
        with freeze_time(NOW + SECOND):
            self.env.invalidate_all()
            self.assertEqual(rate.late_count, 1)

    def test_an_appointment_lies_after_now_and_within_a_year(self):
        first, last = NOW + SECOND, NOW + timedelta(days=366)
        for moment in (NOW, last + SECOND):
            call = self._create_call()
            with self.subTest(moment), self.assertRefused("When to call again"):
                self._record(call, "again", call_again_at=moment)
            call._end("dropped")
        for moment in (first, last):
            call = self._create_call()
            self._record(call, "again", call_again_at=moment)
            self.assertEqual(call.next_at, moment)

    def test_calls_of_care_heed_the_quiet_hours_and_others_do_not(self):
        self.company.write({"care_quiet_from": 9, "care_quiet_until": 11})
        self.customer.tz = "UTC"
        care = self._create_call(source="care")
        for moment, taken in (
            ("2026-03-03 08:59:59", care.id),
            ("2026-03-03 09:00:00", False),
            ("2026-03-03 10:59:00", False),
            ("2026-03-03 11:00:00", care.id),
        ):
            with self.subTest(moment), freeze_time(moment):
                care.write({"next_at": "2026-03-03 00:00:00"})
                self.assertEqual(self._take(), taken)
                care._free()
        by_hand = self._create_call()
        self.assertEqual(self._take(), by_hand.id)

    def test_whoever_refuses_is_called_by_no_other_call_to_that_number(self):
        twin = self._create_customer("Twin", phone="138 0013 8000")
        stranger = self._create_customer("Stranger", phone="139 0013 9000")
        call, same, other = (
            self._create_call(customer) for customer in (self.customer, twin, stranger)
        )
        done = self._create_call(twin)
        done._end("done")
        self._record(call, "refused_hard")
        states = (call + same + other + done).mapped("state")
        self.assertEqual(states, ["failed", "dropped", "open", "done"])

    def test_an_order_of_another_company_is_not_on_the_card(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._create_order(self.customer, 10, company_id=other.id)
        here = self._create_order(self.customer, 10)
        self._create_order(self.customer, 10, confirm=False)
        call = self._create_call().with_user(self.anna)
        self.assertEqual([line["id"] for line in call._get_card()["orders"]], here.ids)

    def test_calls_go_to_agents_of_the_customers_company(self):
        other, theo = self._create_other_company()
        foreign = self._create_customer("Foreign", company_id=other.id, phone="1")
        self.customer.company_id = self.company
        customers = self.customer | foreign
        customers.write({"lifecycle": "dormant", "lifecycle_since": NOW.date()})
        for _call in range(3):  # theo has less to do
            self._create_call(agent_id=self.anna.id)
        rule = self._create_rule(
            trigger="dormant",
            assignment="load",
            agent_ids=(self.anna | theo).ids,
            domain=self._only(customers),
        )
        self.assertEqual(rule._create_callbacks(), 2)
        calls = self.calls.search([("rule_id", "=", rule.id)])
        agents = {call.partner_id: call.agent_id for call in calls}
        self.assertEqual(agents, {self.customer: self.anna, foreign: theo})

    def test_without_an_agent_of_its_company_a_call_waits_for_one(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.customer.company_id = other
        self._create_visit()
        rule = self._create_rule(assignment="load", agent_ids=self.anna.ids)
        self.assertEqual(rule._create_callbacks(), 1)
        self.assertFalse(self.calls.search([("rule_id", "=", rule.id)]).agent_id)

    def test_the_agents_of_a_rule_are_those_of_its_company_who_are_still_here(self):
        _other, theo = self._create_other_company()
        self._leave(self.ben)
        general = self._create_rule(assignment="load")
        own = self._create_rule(assignment="load", company_id=self.company.id)
        self.assertIn(theo, general._get_agents())
        self.assertNotIn(self.ben, general._get_agents())
        self.assertNotIn(theo, own._get_agents())
        self.assertIn(self.anna, own._get_agents())
        own.agent_ids = self.anna | self.ben | theo
        self.assertEqual(own._get_agents(), self.anna)

    def test_nobody_gives_a_call_to_an_agent_of_another_company(self):
        _other, theo = self._create_other_company()
        self.customer.company_id = self.company
        call = self._create_call()
        with self.assertRefused("Theo makes no calls for"):
            call.agent_id = theo
        self.customer.company_id = False
        call.agent_id = theo

    def test_what_nobody_can_call_any_more_goes_back_to_the_list(self):
        other, _theo = self._create_other_company()
        moved, left, mine, open_with, done = self._create_calls_of_agents()
        moved.partner_id.company_id = other
        self._leave(self.ben)
        # Who has left is told from who is archived, not by what the caller looks at.
        calls = self.calls.with_context(active_test=False)
        self.assertEqual(calls._return_to_list(), 3)
        self.assertFalse((moved + left).agent_id)
        self.assertFalse(open_with.reserved_by_id)
        self.assertEqual(mine.agent_id, self.anna)
        self.assertEqual(done.with_context(active_test=False).agent_id, self.ben)

    def _create_calls_of_agents(self):
        customer = self._create_customer("Moves", phone="139 0013 9000")
        moved = self._create_call(customer, agent_id=self.anna.id)
        left, done = (self._create_call(agent_id=self.ben.id) for _call in range(2))
        mine, open_with = self._create_call(agent_id=self.anna.id), self._create_call()
        open_with.with_user(self.ben).take()
        done._end("done")
        return moved, left, mine, open_with, done

    def test_a_number_taken_off_the_blacklist_is_dialled_again(self):
        call = self._create_call()
        self.env["phone.blacklist"]._add([call.number])
        self.assertFalse(self._take())
        self.env["phone.blacklist"]._remove([call.number])
        self.assertEqual(self._take(), call.id)

    def test_without_a_clock_of_its_own_a_customer_is_called_by_the_companys(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self.customer.tz = False
        rule = self._create_rule(call_from=9, call_until=20)
        call = self._create_call(rule_id=rule.id, deadline_at="2026-03-09 00:00:00")
        for moment, taken in (
            ("2026-03-04 00:59:00", False),  # 8:59 in Shanghai
            ("2026-03-04 01:00:00", call.id),
        ):
            with self.subTest(moment), freeze_time(moment):
                self.assertEqual(self._take(), taken)

    def test_a_call_that_has_ended_is_kept_by_nobody(self):
        call = self._create_call()
        self._take()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_callback SET state = 'done' WHERE id = %s", [call.id]
        )
        self.env.invalidate_all()
        self.assertFalse(call.with_user(self.anna).keep())

    def test_from_three_calls_on_the_best_time_is_known_the_earlier_of_equals(self):
        self.customer.tz = "UTC"
        for hour, known in ((14, ""), (9, ""), (15, "14"), (8, "08")):
            with freeze_time(f"2026-03-02 {hour:02}:30:00"):
                self._record(self._create_call(), "complete")
            call = self._create_call()
            with self.subTest(hour):
                self.assertEqual(call._get_best_time()[:2], known)
            call._end("dropped")

    def _pass_on(self, **values):
        wizards = self.env["crm.callback.lead.wizard"].with_user(self.anna)
        message = wizards.create(values).action_create()["params"]["message"]
        return message, self.env["crm.lead"].search([], order="id DESC", limit=1)

    def test_in_the_place_of_a_salesperson_who_has_left_the_leader_gets_it(self):
        call = self._create_call()
        call.with_user(self.anna).take()
        self._leave(self.sally)
        values = {"callback_id": call.id, "name": "Ten more"}
        message, lead = self._pass_on(**values)
        self.assertIn("Passed on to Max", message)
        self.assertEqual((lead.user_id, lead.team_id), (self.max, self.north))
        self._leave(self.max)
        message, lead = self._pass_on(**values)
        self.assertIn("without salesperson", message)
        self.assertEqual((lead.user_id.id, lead.team_id), (False, self.north))

    def test_whom_a_leaver_looked_after_is_passed_on_within_his_team(self):
        """And not to the salesperson of the customer who recommends."""
        known = self._create_customer(
            "Known", phone="137 0013 7000", user_id=self.sam.id
        )
        values = {
            "callback_id": self._create_call().id,
            "kind": "referral",
            "contact_name": "Friend",
            "phone": "137 0013 7000",
        }
        self._leave(self.sam)
        _message, lead = self._pass_on(**values)
        self.assertEqual((lead.user_id.id, lead.team_id), (False, self.south))
        self.south.user_id = self.rita
        message, lead = self._pass_on(**values)
        self.assertEqual((lead.partner_id, lead.user_id), (known, self.rita))
        self.assertIn("Passed on to Rita", message)

    def test_who_was_recommended_by_somebody_else_stays_so(self):
        first = self._create_customer("First")
        known = self._create_customer(
            "Known", phone="137 0013 7000", referred_by_id=first.id
        )
        values = {"kind": "referral", "contact_name": "Friend", "name": "Van"}
        values |= {"callback_id": self._create_call().id, "phone": "13700137000"}
        _message, lead = self._pass_on(**values)
        self.assertEqual((known.referred_by_id, lead.name), (first, "Van"))
        known.referred_by_id = False
        self.customer.referred_by_id = known
        self._pass_on(**values)
        self.assertFalse(known.referred_by_id, "it has recommended this customer")
