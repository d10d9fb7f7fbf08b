from ast import literal_eval
from datetime import datetime

from odoo import fields
from odoo.exceptions import AccessError, ConcurrencyError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon

NUMBER = "+86 138 0013 8000"
NOW = "2026-03-02 10:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFollowupCall(RelationsCommon):
    """FU-4: the exchange logs a call."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.cn")
        cls.customer = cls._create_customer("Great Wall", user_id=cls.sally.id)
        cls.person = cls._create_person(cls.customer, "Li Wei")
        cls.person.phone = NUMBER

    def _log(self, number=NUMBER, user=None, **values):
        values = {
            "direction": "in",
            "started_at": "2026-03-02T09:30:00Z",
            "duration_seconds": 61,
        } | values
        followups = self.env["crm.followup"].with_user(user or self.sally)
        return self.env["crm.followup"].browse(followups.log_call(number, **values))

    def _create_caller(self, name, phone, **values):
        return self._create_customer(name, phone=phone, **values)

    def test_customer_and_user_are_found(self):
        call = self._log(
            user=self.exchange,
            user_login="sam",
            recording_url="https://pbx.example.com/1.mp3",
        )
        self.assertRecordValues(
            call,
            [
                {
                    "partner_id": self.person.id,
                    "customer_id": self.customer.id,
                    "user_id": self.sam.id,
                    "kind_id": self.call.id,
                    "date": datetime(2026, 3, 2, 9, 30),
                    "duration_minutes": 2,
                    "call_seconds": 61,
                    "call_direction": "in",
                    "call_number": "+8613800138000",
                    "call_match": "number",
                    "recording_url": "https://pbx.example.com/1.mp3",
                }
            ],
        )
        self.assertEqual(self.customer.last_followup_at, call.date)
        self.assertEqual(self._log().user_id, self.sally)

    def test_a_number_is_the_same_in_any_spelling(self):
        spellings = [
            *["13800138000", "138 0013 8000", "(138) 0013-8000", "0086 13800138000"],
            *["+86-138-0013-8000", "8613800138000", "１３８００１３８０００"],
            *["sip:+8613800138000@10.0.0.1", "tel:+86-138-0013-8000;ext=2"],
        ]
        for number in spellings:
            with self.subTest(number):
                self.assertEqual(self._log(number).partner_id, self.person)

    def test_numbers_of_the_whole_world(self):
        for phone, called in [
            ("+49 30 901820", "004930901820"),
            ("+1 650-253-0000", "+16502530000"),
            ("+44 20 7946 0018", "+442079460018"),
            ("+55 11 96123-4567", "5511961234567"),
        ]:
            caller = self._create_caller(phone, phone)
            with self.subTest(phone):
                self.assertEqual(self._log(called).partner_id, caller)

    def test_a_national_number_is_one_of_the_users_country(self):
        caller = self._create_caller("Berlin", "+49 30 901820")
        berlin = self.env["res.company"].create(
            {"name": "Berlin", "country_id": self.env.ref("base.de").id}
        )
        self.sam.write({"company_ids": [(4, berlin.id)], "company_id": berlin.id})
        call = self._log("030 901820", user=self.sam)
        self.assertEqual((call.partner_id, call.call_match), (caller, "number"))
        self.assertNotEqual(self._log("030 901820").call_number, call.call_number)

    def test_a_number_typed_without_its_area_is_found(self):
        caller = self._create_caller("Town", "8888 9999")
        self.assertFalse(caller.phone_sanitized)
        call = self._log("010 8888 9999")
        self.assertEqual((call.partner_id, call.call_match), (caller, "digits"))

    def test_a_guess_is_taken_only_where_it_leaves_no_choice(self):
        self._create_caller("Town", "8888 9999")
        self._create_caller("Village", "8888-9999")
        self.assertFalse(self._log("010 8888 9999").partner_id)

    def test_last_digits_of_another_country_are_another_number(self):
        self._create_caller("Berlin", "+49 30 13800138")
        self.assertFalse(self._log("+86 21 1380 0138").partner_id)

    def test_of_several_the_managed_one_followed_up_last_is_taken(self):
        shared = "+86 10 6552 9988"
        self._create_caller("Stranger", shared, is_managed_customer=False)
        old, new = (self._create_caller(name, shared) for name in ("Old", "New"))
        self._create_followup(old, date="2026-02-01 10:00:00")
        self._create_followup(new, date="2026-02-20 10:00:00")
        call = self._log(shared)
        self.assertEqual((call.partner_id, call.call_match), (new, "several"))
        self.assertIn("Old", call.content)

    def test_a_shared_number_within_one_customer_is_no_doubt(self):
        self.customer.phone = NUMBER
        call = self._log()
        self.assertEqual((call.partner_id, call.call_match), (self.customer, "number"))

    def test_colleagues_archived_ones_and_other_companies_are_not_taken(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.person.company_id = self.customer.company_id = other
        self._create_caller("Gone", NUMBER, active=False)
        self.sam.partner_id.phone = NUMBER
        self.assertFalse(self._log().partner_id)

    def test_an_unanswered_call_is_kept_but_is_no_follow_up(self):
        """FU-2"""
        call = self._log(duration_seconds=0)
        self.assertEqual(call.kind_id.channel, "missed_call")
        self.assertFalse(self.customer.last_followup_at)

    def test_the_same_call_sent_again_is_logged_once(self):
        call = self._log(call_id="A-1")
        self.assertEqual(self._log(call_id="A-1"), call)
        self.assertNotEqual(self._log(call_id="A-2"), call)
        self.assertEqual(len(self.customer.followup_ids), 2)

    def test_logged_meanwhile_by_another_request_it_is_tried_again(self):
        self._log(call_id="A-1")
        hidden = self.env["crm.followup"]
        self.patch(type(hidden), "search", lambda records, *_args, **_kw: records)
        with self.assertRaises(ConcurrencyError):
            hidden.sudo()._create_call(
                {
                    "call_id": "A-1",
                    "partner_id": self.customer.id,
                    "purpose": "Call",
                    "kind_id": self.call.id,
                }
            )

    def test_times_with_and_without_an_offset(self):
        for text, expected in [
            ("2026-03-02T09:30:00", "2026-03-02 09:30:00"),
            ("2026-03-02 09:30:00", "2026-03-02 09:30:00"),
            ("2026-03-02T17:30:00+08:00", "2026-03-02 09:30:00"),
            ("2026-03-02T01:30:00.250-08:00", "2026-03-02 09:30:00"),
        ]:
            with self.subTest(text):
                call = self._log(started_at=text)
                self.assertEqual(fields.Datetime.to_string(call.date), expected)

    def test_bad_input_is_refused_and_leaves_nothing(self):
        before = self.env["crm.followup"].search_count([])
        for message, values in [
            ("direction", {"direction": "sideways"}),
            ("duration", {"duration_seconds": -1}),
            ("duration", {"duration_seconds": "long"}),
            ("duration", {"duration_seconds": None}),
            ("duration", {"duration_seconds": float("nan")}),
            ("ISO 8601", {"started_at": "yesterday"}),
            ("ISO 8601", {"started_at": None}),
            ("future", {"started_at": "2026-03-02T10:30:00Z"}),
            ("login", {"user_login": "nobody"}),
            ("web address", {"recording_url": "javascript:alert(1)"}),
        ]:
            with self.subTest(values), self.assertRefused(message):
                self._log(**values)
        self.assertEqual(self.env["crm.followup"].search_count([]), before)

    def test_only_sales_users_log_calls(self):
        with self.assertRaises(AccessError):
            self._log(user=self.anna)

    def test_what_the_exchange_measured_nobody_changes(self):
        call = self._log().with_user(self.sally)
        for values in [{"call_number": "1"}, {"call_seconds": 9}, {"call_id": "B"}]:
            with self.subTest(values), self.assertRaises(AccessError):
                call.write(values)
        for values in [{"date": "2026-03-02 08:00:00"}, {"duration_minutes": 60}]:
            with self.subTest(values), self.assertRefused("measured", UserError):
                call.write(values)
        with self.assertRaises(AccessError):
            self.env["crm.followup"].with_user(self.sally).create(
                {"purpose": "Call", "call_number": "123456"}
            )
        call.content = "Asked about the price"

    def test_calls_cost_the_same_whatever_there_is(self):
        self._log(call_id="warm")
        first = self._count_statements(lambda: self._log(call_id="1"))
        self.env["res.partner"].create(
            [{"name": f"C{n}", "phone": f"+86 139 0013 {n:04}"} for n in range(60)]
        )
        for number in range(20):
            self._log(call_id=f"more {number}")
        again = self._count_statements(lambda: self._log(call_id="2"))
        self.assertEqual(again, first)
        self.assertLess(again, 20)

    def test_to_find_a_caller_an_index_is_used(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for condition, index in [
            (
                "right(COALESCE(phone_sanitized, phone_digits), 7) = '8889999'"
                " AND (phone_sanitized IS NOT NULL OR phone_digits IS NOT NULL)",
                "phone_tail_idx",
            ),
            ("phone_sanitized IN ('+861')", "phone_sanitized_index"),
            ("phone_digits IN ('861')", "phone_digits_index"),
        ]:
            self.env.cr.execute(f"EXPLAIN SELECT id FROM res_partner WHERE {condition}")
            with self.subTest(index):
                self.assertIn(index, str(self.env.cr.fetchall()))
            # Where nobody had a number when statistics were made, it serves them all.
            self.env.cr.execute("DROP INDEX IF EXISTS res_partner_phone_tail_idx")

    def test_click_to_call_dials_and_opens_the_follow_up(self):
        action = self.person.with_user(self.sally).action_call()
        self.assertEqual(action["params"]["number"], "+8613800138000")
        context = action["params"]["following"]["context"]
        self.assertEqual(context["default_partner_id"], self.person.id)
        self.assertEqual(context["default_kind_id"], self.call.id)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallsToAssign(RelationsCommon):
    """FU-4: calls of unknown numbers wait for somebody who knows them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.cn")
        cls.customer = cls._create_customer("Great Wall", user_id=cls.sally.id)
        cls.calls = cls._log_calls(["13900139000", "13900139000", "13700137000"])

    @classmethod
    def _log_calls(cls, numbers, user=None):
        followups = cls.env["crm.followup"].with_user(user or cls.sally)
        return followups.browse(
            followups.log_call(number, "in", "2026-03-02T09:30:00", 60)
            for number in numbers
        )

    def _get_listed(self):
        action = self.env.ref("crm_relations.crm_call_action")
        domain = literal_eval(action.domain) + [("is_call_dismissed", "=", False)]
        return self.env["crm.followup"].search(domain) & self.calls

    def _assign(self, calls, **values):
        action = calls.action_assign_call()
        wizard = (
            self.env["crm.call.assign.wizard"]
            .with_user(self.sally)
            .with_context(**action["context"])
            .create(values)
        )
        return wizard.action_apply()

    def test_they_are_kept(self):
        self.assertEqual(self._get_listed(), self.calls)
        self.assertEqual(set(self.calls.mapped("call_match")), {"unknown"})
        self.assertEqual(self.calls.company_id, self.company)

    def test_assigned_once_the_number_is_remembered(self):
        self._assign(self.calls[0], partner_id=self.customer.id)
        self.assertEqual(self.calls[:2].partner_id, self.customer)
        self.assertFalse(self.calls[2].partner_id)
        self.assertEqual(self.customer.phone_sanitized, "+8613900139000")
        self.assertEqual(self.customer.last_followup_at, self.calls[0].date)
        self.assertEqual(self.calls[0].call_match, "hand")
        self.assertEqual(self._log_calls(["13900139000"]).partner_id, self.customer)

    def test_one_call_alone_and_without_its_number(self):
        self._assign(
            self.calls[0],
            partner_id=self.customer.id,
            all_calls=False,
            store_number=False,
        )
        self.assertFalse(self.calls[1].partner_id)
        self.assertFalse(self.customer.phone)

    def test_a_customer_with_another_number_gets_a_contact(self):
        self.customer.phone = "+86 10 6552 9988"
        with self.assertRefused("Name the person", UserError):
            self._assign(self.calls[0], partner_id=self.customer.id)
        self._assign(self.calls[0], partner_id=self.customer.id, contact_name="Li Wei")
        contact = self.calls[0].partner_id
        self.assertEqual((contact.name, contact.parent_id), ("Li Wei", self.customer))
        self.assertEqual(contact.phone_sanitized, "+8613900139000")
        self.assertEqual(self.customer.phone_sanitized, "+861065529988")

    def test_a_new_customer_is_made_of_the_call(self):
        self._assign(self.calls[2], is_new=True, name="New Star")
        customer = self.calls[2].partner_id
        self.assertTrue(customer.is_managed_customer)
        self.assertEqual(customer.user_id, self.sally)
        self.assertEqual(customer.phone_sanitized, "+8613700137000")

    def test_several_numbers_at_once_are_refused(self):
        with self.assertRefused("one number", UserError):
            self._assign(self.calls, partner_id=self.customer.id)

    def test_a_colleagues_call_is_not_for_others_to_assign(self):
        others = self._log_calls(["13600136000"], user=self.sam)
        with self.assertRaises(AccessError):
            self._assign(others, partner_id=self.customer.id)

    def test_dismissed_it_is_out_of_the_list_and_not_lost(self):
        self.calls[2].action_dismiss_call()
        self.assertEqual(self._get_listed(), self.calls[:2])
        self.assertTrue(self.calls[2].exists())

    def test_an_assigned_call_cannot_lose_its_customer(self):
        self._assign(self.calls[2], partner_id=self.customer.id)
        with self.assertRaises(ValidationError):
            self.calls[2].partner_id = False
