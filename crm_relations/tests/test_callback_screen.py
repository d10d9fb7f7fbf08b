from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common.callback import CallbackCommon

NOW = fields.Datetime.to_datetime("2026-03-03 10:00:00")  # a Tuesday
DEADLINE = "2026-03-09 00:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackScreen(CallbackCommon):
    """What the agent has open, on whose clock, and what the card tells."""

    def _open_desk(self, agent=None):
        return self.env["crm.callback.desk"].with_user(agent or self.anna).open_desk()

    def _take(self, moment=NOW):
        with freeze_time(moment):
            taken = self.calls.with_user(self.anna).take_next()
            self.calls.browse(taken or [])._free()
        return taken

    def test_an_agent_gives_back_the_own_call_only(self):
        mine, theirs = self._create_call(), self._create_call()
        mine.with_user(self.anna).take()
        theirs.with_user(self.ben).take()
        for call in (mine, theirs):
            call.with_user(self.anna).give_back()
        self.assertFalse(mine.reserved_by_id or mine.reserved_until)
        self.assertEqual(theirs.reserved_by_id, self.ben)

    def test_who_opens_another_call_lets_the_first_one_go(self):
        first, second, theirs = (self._create_call() for _call in range(3))
        theirs.with_user(self.ben).take()
        for call in (first, second):
            call.with_user(self.anna).take()
        holders = [call.reserved_by_id.login for call in (first, second, theirs)]
        self.assertEqual(holders, [False, "anna", "ben"])

    def test_a_call_is_reserved_for_as_long_as_the_company_says(self):
        self.company.callback_reservation_minutes = 30
        call = self._create_call()
        self.assertEqual(self._open_desk()["keep_seconds"], 600)
        self.assertEqual(call.reserved_until, NOW + timedelta(minutes=30))
        with freeze_time(NOW + timedelta(minutes=20)):
            call.with_user(self.anna).keep()
        self.assertEqual(call.reserved_until, NOW + timedelta(minutes=50))

    def test_only_who_asks_for_a_call_that_is_taken_is_refused_it(self):
        theirs = self._create_call()
        theirs.with_user(self.ben).take()
        desk = self.env["crm.callback.desk"].with_user(self.anna)
        self.assertFalse(desk.open_desk()["refused"])
        self.assertTrue(desk.open_desk(theirs.id)["refused"])
        mine = self._create_call()
        self.assertFalse(desk.open_desk(mine.id)["refused"])

    def test_who_makes_no_calls_counts_what_can_be_dialled(self):
        self._create_call()
        card = self.env["crm.my.day"]
        for user, words in ((self.anna, "is_on_my_desk"), (self.rita, "next_at")):
            domain = str(card.with_user(user)._get_due_calls(user))
            self.assertIn(words, domain)

    def test_the_open_call_heads_the_queue_before_it_is_due_too(self):
        early = self._create_call(due_at=NOW + timedelta(hours=1))
        urgent = self._create_call(priority="2", agent_id=self.anna.id)
        early.with_user(self.anna).take()
        desk = self._open_desk()
        self.assertEqual(desk["call"]["id"], early.id)
        self.assertEqual([line["id"] for line in desk["queue"]], (early + urgent).ids)
        self.assertEqual([line["is_own"] for line in desk["queue"]], [False, True])
        queue = self._open_desk(self.ben)["queue"]
        self.assertFalse(queue, "one is open with anna, the other one hers")

    def test_the_clock_of_the_person_who_is_called_counts(self):
        person = self._create_person(self.customer)
        person.write({"phone": "139 0013 9000", "tz": "Asia/Shanghai"})
        self.customer.tz = "UTC"
        rule = self._create_rule(call_from=9, call_until=20)
        call = self._create_call(
            rule_id=rule.id, person_id=person.id, deadline_at=DEADLINE
        )
        self.assertFalse(self._take("2026-03-04 12:00:00"), "20:00 there")
        self.assertEqual(self._take("2026-03-04 11:59:00"), call.id)
        call.person_id = False
        self.assertEqual(self._take("2026-03-04 12:00:00"), call.id)

    def test_quiet_hours_last_over_midnight_and_an_hour_twice_is_none(self):
        self.customer.tz = "UTC"
        self._create_call(source="care", deadline_at=DEADLINE)
        for start, end, clock, called in (
            (22, 7, "21:59", True),
            (22, 7, "22:00", False),
            (22, 7, "03:00", False),
            (22, 7, "06:59", False),
            (22, 7, "07:00", True),
            (9, 9, "09:00", True),
            (9, 9, "03:00", True),
        ):
            self.company.write({"care_quiet_from": start, "care_quiet_until": end})
            with self.subTest(start=start, clock=clock):
                taken = self._take(f"2026-03-04 {clock}:00")
                self.assertEqual(bool(taken), called)

    def _take_each(self, calls, waiting, clock):
        """Return those of the waiting that are taken while no other is due."""
        found = self.calls
        for call in waiting:
            waiting.next_at = DEADLINE
            call.next_at = NOW
            with freeze_time(f"2026-03-04 {clock}:00"):
                taken = self.calls.browse(calls.take_next() or [])
            taken._free()
            found |= taken
        return found

    def test_quiet_hours_and_clock_are_those_of_the_company_that_calls(self):
        """An agent who works for several may have any of them chosen."""
        other = self.env["res.company"].create({"name": "Other"})
        self.company.resource_calendar_id.tz = "UTC"
        other.resource_calendar_id.tz = "Asia/Shanghai"
        other.write({"care_quiet_from": 9, "care_quiet_until": 10})
        self.company.write({"care_quiet_from": 21, "care_quiet_until": 8})
        self.anna.company_ids |= other
        ours = self._create_call(source="care", deadline_at=DEADLINE)
        there = self._create_customer("There", company_id=other.id)
        there.phone = "+86 139 0013 9000"
        theirs = self._create_call(there, source="care", deadline_at=DEADLINE)
        (self.customer | there).tz = False
        for clock, called in (
            ("00:30", theirs),  # 8:30 in Shanghai
            ("01:00", self.calls),
            ("02:00", theirs),
            ("08:00", ours | theirs),
            ("21:00", theirs),
        ):
            for companies in (other | self.company, self.company | other):
                calls = self.calls.with_user(self.anna).with_context(
                    allowed_company_ids=companies.ids
                )
                found = self._take_each(calls, ours | theirs, clock)
                with self.subTest(clock=clock, first=companies[:1].name):
                    self.assertEqual(found, called)

    def test_a_customer_in_a_zone_that_is_none_is_called_at_any_hour(self):
        rule = self._create_rule(call_from=9, call_until=20)
        call = self._create_call(rule_id=rule.id, deadline_at=DEADLINE)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET tz = 'Moon/Sea' WHERE id = %s", [self.customer.id]
        )
        self.env.invalidate_all()
        self.assertEqual(self._take("2026-03-04 03:00:00"), call.id)

    def test_who_refuses_calls_after_all_is_not_called_nor_by_a_contacts_number(self):
        person = self._create_person(self.customer)
        person.phone = "139 0013 9000"
        call = self._create_call(person_id=person.id)
        for partner in (self.customer, person):
            for name in ("care_opt_out", "care_call_opt_out"):
                partner[name] = True
                with self.subTest(partner=partner.name, name=name):
                    self.assertFalse(self._take())
                partner[name] = False
        self.customer.care_mail_opt_out = True
        self.assertEqual(self._take(), call.id)

    def test_a_call_that_has_ended_keeps_the_number_that_was_dialled(self):
        call, ended = self._create_call(), self._create_call()
        self.env.flush_all()
        ended._end("done")
        self.customer.phone = "137 0013 7000"
        self.assertEqual(
            (call.number, ended.number), ("+8613700137000", "+8613800138000")
        )

    def test_the_number_is_the_customers_before_that_of_other_contacts(self):
        second, third, person = (
            self._create_person(self.customer, name) for name in ("A", "B", "C")
        )
        second.phone, third.phone = "139 0013 9000", "136 0013 6000"
        call = self._create_call(person_id=person.id)
        self.assertEqual(call.number_partner_id, self.customer)
        self.customer.phone = False
        self.assertEqual(call.number_partner_id, second)
        second.active = False
        self.assertEqual(call.number_partner_id, third)

    def test_calls_of_another_company_are_not_on_the_card(self):
        other = self.env["res.company"].create({"name": "Other"})
        calls = self._create_call() + self._create_call()
        for call, company in zip(calls, (other, self.company), strict=True):
            self.env["crm.callback.attempt"].create(
                {
                    "callback_id": call.id,
                    "partner_id": self.customer.id,
                    "company_id": company.id,
                    "agent_id": self.anna.id,
                    "outcome_id": self._get_outcome("busy").id,
                }
            )
        card = calls[0].with_user(self.anna)._get_card()
        self.assertEqual(
            [line["id"] for line in card["attempts"]], calls[1].attempt_ids.ids
        )

    def test_the_card_counts_the_attempt_to_come(self):
        call = self._create_call()
        self.assertEqual(call._get_card()["attempt"], 1)
        self._record(call, "no_answer")
        self.assertEqual(call._get_card()["attempt"], 2)

    def test_a_wrong_or_a_blacklisted_number_is_not_offered(self):
        wrong, listed, fine = (
            self._create_person(self.customer, name) for name in ("W", "L", "F")
        )
        wrong.phone, listed.phone = "139 0013 9000", "136 0013 6000"
        fine.phone = "137 0013 7000"
        self.env["phone.blacklist"]._add([listed.phone_sanitized])
        self._record(self._create_call(person_id=wrong.id), "wrong_number")
        people = self._create_call()._get_people()
        self.assertEqual([one["id"] for one in people], (self.customer + fine).ids)

    def test_the_clock_at_the_customers_is_told_where_it_differs(self):
        person = self._create_person(self.customer)
        self.anna.tz = "UTC"
        call = self._create_call().with_user(self.anna)
        for own, customers, told in (
            ("Asia/Shanghai", "UTC", "18:00"),
            (False, "Asia/Kolkata", "15:30"),
            ("UTC", "Asia/Shanghai", ""),
            (False, False, ""),
        ):
            person.tz, self.customer.tz = own, customers
            with self.subTest(own=own, customers=customers):
                self.assertEqual(call._get_local_time(person), told)

    def test_the_time_at_which_the_person_likes_to_be_called(self):
        person, _other = (
            self._create_person(self.customer, name, preferred_time=time)
            for name, time in (("Ada", "Mornings"), ("Bob", "Evenings"))
        )
        calls = self._create_call(person_id=person.id), self._create_call()
        self.assertEqual([call._get_best_time() for call in calls], ["Mornings", ""])
        for _call in range(3):  # in vain: no habit is read from them
            self._record(self._create_call(), "no_answer")
        self.assertEqual(calls[0]._get_best_time(), "Mornings")

    def test_nine_outcomes_have_a_digit_and_no_more(self):
        outcomes = self._open_desk()["outcomes"]
        self.assertGreater(len(outcomes), 9)
        digits = [outcome["digit"] for outcome in outcomes]
        self.assertEqual(digits[8:10], [9, False])
        archived = self._get_outcome("busy")
        archived.active = False
        outcomes = self._open_desk()["outcomes"]
        self.assertNotIn(archived.id, [outcome["id"] for outcome in outcomes])
