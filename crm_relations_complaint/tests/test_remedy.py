"""CO-8: remedies are approved by somebody else, within the limit of the role, and
reversed instead of edited once they are booked."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common.case import CaseCommon


@tagged("post_install", "-at_install")
class TestRemedy(CaseCommon):
    def _approve(self, remedies, user=None):
        return remedies.with_user(user or self.alma).approve()

    def test_who_asks_or_works_on_the_complaint_never_approves(self):
        (self.olga | self.oscar).sudo().group_ids += self.env.ref(
            "crm_relations_complaint.group_complaint_approver"
        )
        remedy = self._ask(100, user=self.oscar)
        for user in (self.olga, self.oscar):
            self.assertAnswers(self._approve(remedy, user), "no_right")
        self.assertFalse(remedy.with_user(self.olga).may_decide)
        self.complaint.with_user(self.olga).hand_over(self.desk.id)
        self.complaint.with_user(self.desk).accept()
        self.assertAnswers(self._approve(remedy, self.olga), "no_right")
        self.assertAnswers(self._approve(remedy), "ok")
        self.assertEqual(remedy.decided_by_id, self.alma)

    def test_who_wrote_the_amount_does_not_approve_it(self):
        remedy = self._propose(10)
        remedy.with_user(self.mona).amount = 900
        remedy.with_user(self.olga).ask()
        self.assertAnswers(self._approve(remedy, self.mona), "no_right")

    def test_a_state_is_typed_by_nobody_on_any_way(self):
        remedy = self._ask(100)
        for user in (self.olga, self.mona, self.alma, self.desk):
            with self.subTest(user.login), self.assertRaises(AccessError):
                remedy.with_user(user).write({"state": "approved"})
        with self.assertRaises(AccessError):
            self._propose(100, state="approved")
        proposing = self.remedies.with_context(default_state="approved")
        made = proposing.with_user(self.olga).create(
            {
                "complaint_id": self.complaint.id,
                "kind_id": self.goodwill.id,
                "reason": "Free",
            }
        )
        self.assertEqual(made.state, "draft")
        self.assertFalse(made.involved_ids - self.olga)

    def test_two_halves_count_as_one(self):
        remedies = self._ask(600) | self._ask(600)
        self.assertAnswers(self._approve(remedies, self.mona), "ok", "no_right")
        self.assertAnswers(self._approve(remedies[1], self.mona), "no_right")
        self.assertAnswers(self._approve(remedies[1]), "ok")
        self.assertEqual(self.complaint.granted_amount, 1200)

    def test_the_limit_is_inclusive_and_of_the_company(self):
        at, above = self._ask(1000), self._ask(0.01)
        self.assertAnswers(self._approve(at | above, self.mona), "ok", "no_right")
        self.env["crm.complaint.remedy.limit"].create(
            {
                "group_id": self.ref("crm_relations_complaint.group_complaint_manager"),
                "company_id": self.complaint.company_id.id,
                "is_unlimited": True,
            }
        )
        self.assertAnswers(self._approve(above, self.mona), "ok")

    def test_an_officer_or_the_front_desk_approves_nothing(self):
        remedy = self._ask(1)
        for user in (self.oscar, self.desk, self.sally):
            with self.subTest(user.login):
                self.assertAnswers(self._approve(remedy, user), "no_right")

    def test_refusing_takes_a_reason_and_tells_who_asked(self):
        remedy = self._ask(100)
        refusing = remedy.with_user(self.mona)
        self.assertAnswers(refusing.refuse(" "), "blocked")
        self.assertAnswers(refusing.refuse("Too much"), "ok")
        self.assertEqual(remedy.refusal_reason, "Too much")
        told = self.complaint.message_ids[:1].notified_partner_ids
        self.assertIn(self.olga.partner_id, told)
        self.assertAnswers(self._approve(remedy), "blocked")

    def test_only_a_draft_is_edited_or_deleted(self):
        remedy = self._ask(100)
        editing = remedy.with_user(self.olga)
        with self.assertRaisesRegex(UserError, "Only a draft"):
            editing.amount = 900
        with self.assertRaisesRegex(UserError, "Only a draft"):
            editing.unlink()
        self.assertAnswers(editing.take_back(), "ok")
        editing.write({"amount": 90, "complaint_id": self.complaint.id})
        with self.assertRaisesRegex(UserError, "belongs to the complaint"):
            editing.complaint_id = self._register(user=self.olga)
        editing.unlink()

    def test_an_apology_and_free_goodwill_need_no_approval(self):
        apology = self._ask(kind_id=self._get_kind("apology").id)
        self.assertEqual(apology.state, "approved")
        self.complaint.company_id.complaint_free_amount = 100
        self.assertEqual(self._ask(60).state, "approved")
        self.assertEqual(self._ask(60).state, "asked")

    def test_what_is_booked_is_reversed_with_a_reason(self):
        remedy = self._ask(50)
        self.assertAnswers(remedy.with_user(self.olga).book(), "blocked")
        self._approve(remedy)
        self.assertAnswers(remedy.with_user(self.olga).book(), "ok")
        self.assertAnswers(remedy.with_user(self.olga).reverse("Wrong"), "no_right")
        self.assertAnswers(remedy.with_user(self.mona).reverse(""), "blocked")
        self.assertAnswers(remedy.with_user(self.mona).reverse("Wrong"), "ok")
        self.assertEqual(remedy.state, "reversed")
        self.assertFalse(self.complaint.granted_amount)

    def test_booking_makes_a_draft_credit_note_and_reversal_cancels_it(self):
        remedy = self._ask(80, kind_id=self._get_kind("refund").id)
        self._approve(remedy)
        [answer] = remedy.with_user(self.olga).book()
        self.assertTrue(answer["ok"], answer)
        move = remedy.move_id
        self.assertEqual((move.move_type, move.state), ("out_refund", "draft"))
        self.assertEqual((move.partner_id, move.amount_total), (self.customer, 80))
        opened = remedy.with_user(self.alma).action_reverse()
        self.assertEqual(opened["name"], "Reverse")
        self.assertEqual(opened["type"], "ir.actions.act_window")
        self.assertAnswers(remedy.with_user(self.alma).reverse("Wrong one"), "ok")
        self.assertEqual(move.state, "cancel")
        self.assertFalse(remedy.reversal_id, "nothing is met that was never booked")

    def test_a_posted_credit_note_is_met_by_a_draft_invoice(self):
        remedy = self._ask(80, kind_id=self._get_kind("refund").id)
        self._approve(remedy)
        remedy.with_user(self.olga).book()
        remedy.move_id.action_post()
        self.assertAnswers(remedy.with_user(self.alma).reverse("Wrong one"), "ok")
        self.assertEqual(remedy.move_id.state, "posted", "what is posted stays")
        met = remedy.reversal_id
        self.assertEqual((met.move_type, met.state), ("out_invoice", "draft"))
        self.assertEqual((met.partner_id, met.amount_total), (self.customer, 80))
        self.assertIn(self.complaint.name, met.ref)
        self.assertFalse(self.complaint.granted_amount)
        opened = remedy.with_user(self.alma).action_open_document()
        self.assertEqual(opened["res_id"], met.id)
        met.action_post()
        self.assertAnswers(remedy.with_user(self.alma).reverse("Again"), "blocked")

    def test_booking_makes_a_coupon_and_a_used_one_stays(self):
        program = self.env["loyalty.program"].create(
            {"name": "Sorry", "program_type": "gift_card"}
        )
        remedies = self.remedies
        for _number in range(2):
            remedies |= self._ask(
                30, kind_id=self._get_kind("coupon").id, program_id=program.id
            )
        self._approve(remedies)
        self.assertAnswers(remedies.with_user(self.olga).book(), "ok", "ok")
        unused, used = remedies.card_id
        self.assertEqual((unused.partner_id, unused.points), (self.customer, 30))
        self.assertEqual(unused.history_ids.issued, 30)
        used.points = 10
        answers = remedies.with_user(self.alma).reverse("Twice")
        self.assertAnswers(answers, "ok", "blocked")
        self.assertFalse(unused.points)

    def test_many_are_answered_one_by_one_in_their_order(self):
        asked, draft = self._ask(1), self._propose(1)
        gone = self._propose(1)
        gone.unlink()
        answers = self._approve(draft | gone | asked)
        self.assertAnswers(answers, "blocked", "missing", "ok")

    def test_a_document_of_another_customer_is_refused(self):
        other = self._create_customer("Other")
        order = self._create_order(other, 10)
        with self.assertRaisesRegex(UserError, "customer who complains"):
            self._propose(10, order_id=order.id)

    def test_who_was_asked_first_approves_nothing_while_nobody_is_in_charge(self):
        (self.desk | self.oscar).sudo().group_ids += self.env.ref(
            "crm_relations_complaint.group_complaint_approver"
        )
        remedy = self._ask(100)
        self.complaint.write({"user_id": False, "first_asked_id": self.oscar.id})
        self.assertAnswers(self._approve(remedy, self.oscar), "no_right")
        self.assertAnswers(self._approve(remedy, self.desk), "ok")

    def test_nothing_is_booked_for_a_complaint_of_nobody(self):
        remedy = self._propose(80, kind_id=self._get_kind("refund").id)
        nobody = {"partner_id": False, "person_id": False}
        self.complaint.write(nobody | {"caller_name": "Joan"})
        [answer] = remedy.with_user(self.olga).ask()
        self.assertEqual(answer["code"], "blocked")
        self.assertIn("no customer yet", answer["message"])

    def test_the_limit_of_another_company_does_not_count(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.env["crm.complaint.remedy.limit"].create(
            {
                "group_id": self.ref("crm_relations_complaint.group_complaint_manager"),
                "company_id": other.id,
                "is_unlimited": True,
            }
        )
        self.assertAnswers(self._approve(self._ask(1001), self.mona), "no_right")

    def test_an_amount_counts_at_the_rate_of_the_day_on_which_it_was_asked_for(self):
        currency = self.env["res.currency"].create(
            {
                "name": "XTS",
                "symbol": "X",
                "rate_ids": [
                    Command.create({"name": day, "rate": rate, "company_id": False})
                    for day, rate in (("2020-01-01", 2), ("2026-01-01", 4))
                ],
            }
        )
        self.company.currency_id.rate_ids.unlink()
        remedy = self._propose(80, currency_id=currency.id)
        remedy.asked_at = "2025-12-31 12:00:00"
        self.assertEqual(remedy.company_amount, 40)
        remedy.asked_at = "2026-01-01 12:00:00"
        self.assertEqual(remedy.company_amount, 20)

    def test_a_credit_note_goes_to_who_was_invoiced_else_to_who_is(self):
        refund = self._get_kind("refund").id
        person = self._create_person(self.customer, "Paula")
        order = self._create_order(person, 80)
        order.partner_invoice_id = self.customer
        invoice = order._create_invoices()
        invoice.partner_id = person
        invoice.action_post()
        for values, partner in (
            ({"order_id": order.id, "invoice_id": invoice.id}, person),
            ({"order_id": order.id}, self.customer),
            ({}, self.customer),
        ):
            remedy = self._propose(5, kind_id=refund, **values)
            with self.subTest(list(values)):
                vals = remedy._prepare_credit_note_vals()
                self.assertEqual(vals["partner_id"], partner.id)

    def test_a_credit_note_takes_what_its_own_company_fills_in(self):
        other = self.env["res.company"].create({"name": "Other"})
        for company in (self.company, other):
            self.env["ir.default"].set(
                *("account.move", "payment_reference", company.name),
                company_id=company.id,
            )
        remedy = self._propose(5, kind_id=self._get_kind("refund").id)
        move = remedy.with_company(other)._create_credit_note()
        self.assertEqual(move.payment_reference, self.company.name)

    @freeze_time("2026-06-01 23:30:00")
    def test_the_rate_is_that_of_the_day_where_the_company_is(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        currency = self.env["res.currency"].create(
            {
                **{"name": "XTS", "symbol": "X", "rounding": 0.01},
                "rate_ids": [
                    Command.create({"name": day, "rate": rate, "company_id": False})
                    for day, rate in (("2026-06-01", 2), ("2026-06-02", 4))
                ],
            }
        )
        self.company.currency_id.rate_ids.unlink()
        self.assertEqual(self._ask(80, currency_id=currency.id).company_amount, 20)

    def test_an_amount_is_shown_before_it_is_known_of_what_currency(self):
        remedy = self.remedies.new({"amount": 5, "currency_id": False})
        self.assertEqual(remedy.company_amount, 5)
