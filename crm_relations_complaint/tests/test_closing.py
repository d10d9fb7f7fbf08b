"""CO-7, CO-9: the customer's confirmation and the open actions are gates."""

import re
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..models.closing.crm_complaint_confirmation import OUTCOMES, WAYS
from .common.case import CaseCommon


@tagged("post_install", "-at_install")
class TestClosing(CaseCommon):
    def _close(self, code="explanation", reason="", user=None):
        return self.complaint.with_user(user or self.olga).close(code, reason)

    def test_it_is_closed_when_the_customer_has_confirmed(self):
        self.assertAnswers(self._close(), "blocked")
        self._solve()
        self.assertAnswers(self._close(), "blocked")
        self._confirm()
        self.assertAnswers(self._close("nothing"), "blocked")
        self.assertAnswers(self._close(reason="Not asked for"), "ok")
        self.assertEqual(self.complaint.state, "closed")
        self.assertEqual(self.complaint.closing_code_id.code, "explanation")
        self.assertFalse(self.complaint.unconfirmed_reason)
        kinds = self.complaint.event_ids.sorted("id").mapped("kind")
        self.assertEqual(kinds[-3:], ["solved", "confirmed", "closed"])

    def test_each_act_and_its_line_of_the_ledger_are_of_one_moment(self):
        with freeze_time("2026-03-02 10:00:00", auto_tick_seconds=1):
            self._solve()
            self._confirm()
            self._close()
        complaint = self.complaint
        told = {event.kind: event.at for event in complaint.event_ids}
        self.assertEqual(told["solved"], complaint.solved_at)
        self.assertEqual(told["confirmed"], complaint.confirmation_ids.asked_at)
        self.assertEqual(told["closed"], complaint.closed_at)

    def test_a_customer_who_is_not_satisfied_begins_a_new_round(self):
        self._solve()
        self.assertAnswers(
            self.complaint.with_user(self.olga).confirm("not_satisfied"), "blocked"
        )
        self._confirm("not_satisfied", "It rattles again")
        complaint = self.complaint
        self.assertEqual((complaint.state, complaint.round), ("handling", 2))
        self.assertEqual(complaint.reopen_count, 1)
        self.assertFalse(complaint.solution)
        self.assertEqual(complaint.confirmation_ids.round, 1)
        self._solve()
        self.assertAnswers(self._close(), "blocked")

    def test_not_reached_is_a_code_of_its_own_after_enough_tries(self):
        self.complaint.company_id.complaint_most_tries = 2
        self._solve()
        self._confirm("not_reached")
        self.assertAnswers(self._close("not_reached"), "blocked")
        self._confirm("not_reached")
        self.assertAnswers(self._close("explanation"), "blocked")
        self.assertAnswers(self._close("not_reached"), "ok")

    def test_a_manager_closes_without_confirmation_with_a_reason(self):
        self._solve()
        self.assertAnswers(self._close(user=self.mona), "blocked")
        self.assertAnswers(
            self._close(reason="Moved abroad", user=self.olga), "blocked"
        )
        self.assertAnswers(self._close(reason="Moved abroad", user=self.mona), "ok")
        self.assertEqual(self.complaint.unconfirmed_reason, "Moved abroad")

    def test_a_manager_does_not_close_the_own_work_unconfirmed(self):
        self.complaint.with_user(self.mona).solve("Done")
        self.assertAnswers(self._close(reason="Busy", user=self.mona), "blocked")

    def test_open_containment_and_correction_keep_it_open_prevention_does_not(self):
        mend = self._plan()
        self._plan("preventive")
        self._solve()
        self._confirm()
        [answer] = self._close()
        self.assertIn("Train the fitters", answer["message"])
        self.assertAnswers(mend.with_user(self.oscar).finish("Trained"), "ok")
        self.assertAnswers(self._close(), "ok")
        with self.assertRaisesRegex(UserError, "is over"):
            self._plan("containment")
        self.assertTrue(self._plan("preventive"))

    def test_money_needs_a_booked_remedy_and_waiting_remedies_block(self):
        self._solve()
        self._confirm()
        self.assertAnswers(self._close("monetary"), "blocked")
        remedy = self._ask(10, kind_id=self._get_kind("compensation").id)
        self.assertAnswers(self._close("other"), "blocked")
        remedy.with_user(self.alma).approve()
        self.assertAnswers(self._close("monetary"), "blocked")
        remedy.with_user(self.olga).book()
        self.assertAnswers(self._close("monetary"), "ok")

    def test_a_closed_complaint_is_reopened_by_a_dispute_of_the_customer(self):
        self._solve()
        self._confirm()
        self._close()
        with self.assertRaisesRegex(UserError, "Say why"):
            self.complaint.with_user(self.olga).reopen(" ")
        answer = self.complaint._confirm_online("not_satisfied", "Still broken")
        own, online = self.complaint.confirmation_ids.sorted("id")
        self.assertEqual(own.user_id, self.olga)
        self.assertEqual((online.user_id.ids, online.way), ([], "portal"))
        self.assertTrue(answer["ok"])
        self.assertEqual(self.complaint.state, "handling")
        said = self.complaint.event_ids.filtered(lambda one: one.kind == "disputed")
        self.assertFalse(said.user_id)

    def test_withdrawing_has_a_closing_code_of_its_own(self):
        self.complaint.with_user(self.olga).withdraw("A mistake")
        self.assertEqual(self.complaint.closing_code_id.code, "withdrawn")
        self.assertTrue(self.complaint.closed_at)

    def test_the_handling_is_rated_from_one_to_five(self):
        self._solve()
        with self.assertRaises(UserError):
            self.complaint._rate_handling(6)
        self.complaint._rate_handling(4, "Quick")
        self.assertEqual(self.complaint.rating_last_value, 4)

    def test_the_customer_is_asked_by_mail(self):
        self.person.email = "paula@example.com"
        self.complaint.person_id = self.person
        before = self.env["mail.mail"].search([])
        self._solve()
        mail = self.env["mail.mail"].search([]) - before
        self.assertEqual(mail.recipient_ids, self.person)
        self.assertIn("Adjusted the door", mail.body_html)
        self.assertIn("/complaint/rate/", mail.body_html)

    def test_the_form_tells_all_and_the_certificate_blames_nobody(self):
        self.env["crm.complaint.finding"].create(
            {"complaint_id": self.complaint.id, "name": "Fitter Li was careless"}
        )
        self._plan("preventive")
        self._solve()
        with self.assertRaisesRegex(UserError, self.complaint.name):
            self._print("certificate")
        self._confirm()
        self.assertAnswers(self._close(), "ok")
        for name, tells in (("form", True), ("certificate", False)):
            text = self._print(name)
            with self.subTest(name):
                self.assertIn("Adjusted the door", text)
                self.assertIn("Printed by Olga", text)
                self.assertEqual("careless" in text, tells)
                self.assertEqual("Train the fitters" in text, tells)

    def test_the_form_has_a_cell_for_what_is_not_known(self):
        labels = ("Customer", "Product", "First asked")
        rows = re.findall(r"<tr>(.*?)</tr>", self._print("form"), re.DOTALL)
        cells = {
            label: len(re.findall(r"<t[hd]\b", row))
            for row in rows
            for label in labels
            if re.search(rf"<th\b[^>]*>{label}</th>", row)
        }
        self.assertEqual(cells, dict.fromkeys(labels, 4))

    def _print(self, name):
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.olga)
            ._render_qweb_html(
                f"crm_relations_complaint.crm_complaint_{name}_print",
                self.complaint.ids,
            )
        )
        return html.decode()

    def test_tries_before_the_last_solution_do_not_count(self):
        self._solve()
        self._confirm("not_reached")
        self._confirm("not_satisfied", "It rattles again")
        self.assertFalse(self.complaint.unreached_count)
        with freeze_time(fields.Datetime.now() + timedelta(minutes=1)):
            self._solve()
            self.complaint.invalidate_recordset()
            self.assertFalse(self.complaint.unreached_count)
            self._confirm("not_reached")
            self.assertEqual(self.complaint.unreached_count, 1)

    def test_what_is_no_manager_does_not_close_unconfirmed_what_others_solved(self):
        self._solve()
        complaint = self.complaint.with_user(self.oscar)
        self.assertIn(
            "let a complaint manager",
            complaint._get_unconfirmed_problem(complaint.closing_code_id, "Busy"),
        )

    def test_relief_in_money_is_what_was_booked(self):
        self._propose(10, kind_id=self._get_kind("compensation").id)
        self.assertFalse(self.complaint._has_monetary_relief())

    def test_what_was_told_as_solution_is_what_was_written_on_solving(self):
        self._solve()
        self.complaint._record("confirmed")
        self.assertEqual(self.complaint._get_told_solution(), "Adjusted the door")

    def test_the_dialog_of_each_act_hands_over_what_was_chosen(self):
        code = self.env["crm.complaint.closing.code"].search([], limit=1)
        wizards = self.env["crm.complaint.act.wizard"].with_user(self.olga)
        for act, values, handed in (
            ("solve", {"tells_customer": False}, ("Words", 0)),
            ("solve", {}, ("Words", 1)),
            (
                "confirm",
                {"outcome": OUTCOMES[-1][0], "way": WAYS[1][0]},
                (OUTCOMES[-1][0], "Words", WAYS[1][0]),
            ),
            ("close", {"closing_code_id": code.id}, (code.code, "Words")),
            ("reopen", {}, ("Words",)),
            ("hand_over", {"user_id": self.desk.id}, (self.desk.id, "Words")),
        ):
            wizard = wizards.create(
                {
                    "act": act,
                    "complaint_ids": self.complaint.ids,
                    "text": "Words",
                    **values,
                }
            )
            with patch.object(type(self.complaint), "_do_seen") as done:
                wizard.action_apply()
            self.assertEqual(done.call_args.args, (act, *handed))
