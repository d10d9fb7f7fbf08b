from datetime import timedelta
from unittest import SkipTest

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common.loop import LoopCommon


@tagged("post_install", "-at_install")
class TestLoop(LoopCommon):
    """SA-6: a low answer is a task at once, a complaint if asked, and is settled."""

    def _settle(self, response, user, note="Called and apologised"):
        [answer] = response.with_user(user).settle(note)
        return answer["code"]

    def test_a_low_answer_is_a_task_of_the_leader_at_once(self):
        response = self._answer(1, 2, remark="Nobody greeted me")
        self.assertTrue(response.is_low)
        self.assertEqual(response.loop_state, "open")
        self.assertEqual(response.loop_user_id, self.max)
        today = self.company._get_relations_today()
        self.assertEqual(response.loop_due_on, today + timedelta(days=1))
        task = response.loop_activity_id
        self.assertEqual((task.user_id, task.res_model), (self.max, "res.partner"))
        self.assertEqual(task.res_id, self.customer.id)
        self.assertEqual(task.activity_type_id.name, "Low Answer")
        self.assertNotIn("Nobody greeted me", task.note)
        self.assertIn(f"/{response.id}", task.note)

    def test_a_good_answer_is_nobodys_task(self):
        response = self._answer(10, 10)
        self.assertFalse(response.loop_state)
        self.assertFalse(response.loop_activity_id)

    def test_each_is_a_task_once(self):
        response = self._answer(1, 1)
        task = response.loop_activity_id
        response._answered()
        response.user_input_id._mark_done()
        self.assertEqual(response.loop_activity_id, task)
        tasks = self.env["mail.activity"].search([("user_id", "=", self.max.id)])
        self.assertEqual(tasks.filtered(lambda one: "Low" in one.summary), task)

    def test_a_correction_that_makes_it_low_is_a_task_as_well(self):
        response = self._answer(10, 10)
        response.user_input_id._save_lines(self.ask_reception, "0")
        response.user_input_id._save_lines(self.ask_delivery, "0")
        response.user_input_id._mark_done()
        self.assertEqual(response.loop_state, "open")

    def test_the_study_says_who_settles(self):
        self.study.write({"low_task_to": "responsible", "user_id": self.spec.id})
        self.assertEqual(self._answer(1, 1).loop_user_id, self.spec)
        self.study.low_task_to = "salesperson"
        self.assertEqual(self._answer(1, 1, occasion="b").loop_user_id, self.sally)

    def test_without_a_leader_the_responsible_of_the_study_settles(self):
        self.study.user_id = self.spec.id
        self.customer.user_id = self.sam
        self.assertEqual(self._answer(1, 1).loop_user_id, self.spec)

    def test_who_does_not_work_in_the_company_gets_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        response = self._answer(10, 10)
        response.company_id = company
        response.is_low = True
        response._answered()
        self.assertFalse(response.loop_user_id)
        self.assertEqual(response.loop_state, "open")
        self.assertFalse(response.loop_activity_id)

    def test_an_anonymous_one_is_a_task_of_its_own(self):
        self.study.user_id = self.spec.id
        entrance = self.env["crm.satisfaction.entrance"].create(
            {"name": "Showroom", "study_id": self.study.id, "team_id": self.north.id}
        )
        response = entrance._let_in()
        self._say(response, self.ask_reception, 0)
        response.user_input_id._mark_done()
        self.assertEqual(response.loop_user_id, self.max)
        self.assertFalse(response.loop_activity_id.res_model)
        self.assertEqual(self._settle(response, self.max), "ok")

    def test_the_customer_is_called_back_where_the_study_says_so(self):
        self.study.low_callback = True
        response = self._answer(1, 1)
        call = response.loop_callback_id
        self.assertEqual(call.partner_id, self.customer)
        self.assertEqual(call.priority, "1")
        response._call_back()
        self.assertEqual(response.loop_callback_id, call)

    def test_it_is_settled_by_saying_what_was_done(self):
        response = self._answer(1, 1)
        task = response.loop_activity_id
        self.assertEqual(self._settle(response, self.max, " "), "blocked")
        self.assertEqual(self._settle(response, self.max), "ok")
        self.assertEqual(response.loop_state, "settled")
        self.assertEqual(response.settled_by_id, self.max)
        self.assertEqual(response.settlement, "Called and apologised")
        self.assertFalse(task.active)
        self.assertEqual(self._settle(response, self.max), "blocked")

    def test_who_may_settle(self):
        response = self._answer(1, 1)
        self.assertEqual(self._settle(response, self.sam), "missing")
        self.assertEqual(self._settle(response, self.sally), "no_right")
        self.assertEqual(self._settle(response, self.rita), "ok")
        self.assertEqual(
            self._settle(self._answer(9, 9, occasion="b"), self.spec), "blocked"
        )

    def test_whoever_marks_the_task_as_done_has_settled_it(self):
        response = self._answer(1, 1)
        task = response.loop_activity_id.with_user(self.max)
        task.action_feedback(feedback="Called")
        self.assertEqual(response.loop_state, "settled")
        self.assertEqual(response.settlement, "Called")
        self.assertEqual(response.settled_by_id, self.max)

    def test_whose_work_it_is_settles_nothing_by_the_task(self):
        response = self._answer(1, 1)
        task = response.loop_activity_id.with_user(self.sally)
        task.action_feedback(feedback="Nothing to see")
        self.assertEqual(response.loop_state, "open")
        self.assertFalse(response.settled_by_id)

    def test_the_duty_goes_where_its_task_goes(self):
        response = self._answer(1, 1)
        task = response.loop_activity_id
        day = response.loop_due_on + timedelta(days=2)
        task.with_user(self.max).write({"user_id": self.rita.id})
        self.assertEqual(response.loop_user_id, self.rita)
        task.with_user(self.rita)._put_off(day)
        self.assertEqual(response.loop_due_on, day)
        # A job passes on what a salesperson had to do.
        task.sudo().user_id = self.max
        self.assertEqual(response.loop_user_id, self.max)
        self._settle(response, self.max)
        task.sudo().user_id = self.rita
        self.assertEqual(response.loop_user_id, self.max)

    def test_the_duty_goes_along_when_the_customer_gets_another_salesperson(self):
        self.study.low_task_to = "salesperson"
        response = self._answer(1, 1)
        self.assertEqual(response.loop_user_id, self.sally)
        self.customer.with_user(self.rita).pool_transfer(self.sam.id, "Moves")
        self.env.invalidate_all()
        self.assertEqual(response.loop_activity_id.user_id, self.sam)
        self.assertEqual(response.loop_user_id, self.sam)

    def test_whose_work_it_is_takes_no_task_and_puts_none_off(self):
        response = self._answer(1, 1)
        task = response.loop_activity_id.with_user(self.sally)
        day = response.loop_due_on
        for values in (
            {"user_id": self.sally.id},
            {"date_deadline": day + timedelta(days=9)},
        ):
            with self.assertRaises(AccessError):
                task.write(values)
        task.summary = "Please ring first"
        self.assertEqual((response.loop_user_id, task.user_id), (self.max, self.max))
        self.assertEqual((response.loop_due_on, task.date_deadline), (day, day))

    def test_a_task_goes_to_who_works_in_the_company(self):
        response = self._answer(1, 1)
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.anna.sudo().write(
            {"company_ids": [(6, 0, company.ids)], "company_id": company.id}
        )
        task = response.loop_activity_id.with_user(self.max)
        for user in (self.anna, self.anna.browse()):
            with self.assertRaises(UserError):
                task.write({"user_id": user.id})
        self.assertEqual(response.loop_user_id, self.max)

    def test_the_dialog_settles_several(self):
        responses = self._answer(1, 1) | self._answer(1, 1, occasion="b")
        context = responses.with_user(self.max).action_settle()["context"]
        wizards = self.env["crm.satisfaction.settle.wizard"].with_user(self.max)
        wizards.with_context(**context).create({"words": "Called"}).action_apply()
        self.assertEqual(set(responses.mapped("loop_state")), {"settled"})

    def test_one_click_makes_a_complaint_once(self):
        if "crm.complaint" not in self.env:
            raise SkipTest("Complaints are not installed.")
        response = self._answer(1, 1, remark="The door rattles", partner=self.person)
        own = response.with_user(self.max)
        self.assertTrue(own.may_complain)
        action = own.action_register_complaint()
        complaint = self.env["crm.complaint"].browse(action["res_id"])
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.person_id, self.person)
        self.assertEqual(complaint.channel, "survey")
        self.assertIn("The door rattles", complaint.facts)
        self.assertEqual(complaint.first_asked_id, self.max)
        self.assertEqual(response.loop_state, "settled")
        self.assertFalse(own.may_complain)
        again = own.action_register_complaint()
        self.assertEqual(again["res_id"], complaint.id)

    def test_without_complaints_nobody_is_offered_one(self):
        response = self._answer(1, 1)
        gate = type(self.env["crm.complaint.gate"])
        self.patch(gate, "_may_register", lambda _self: False)
        response.invalidate_recordset()
        self.assertFalse(response.may_complain)
        with self.assertRaises(UserError):
            response.action_register_complaint()

    def test_others_make_no_complaint_of_it(self):
        response = self._answer(1, 1).with_user(self.sam)
        for method in ("action_register_complaint", "action_open_complaint"):
            with self.assertRaises(AccessError):
                getattr(response, method)()

    def test_nothing_of_the_loop_is_written_by_hand(self):
        response = self._answer(1, 1).with_user(self.max)
        now = fields.Datetime.now()
        for values in ({"loop_state": "settled"}, {"settled_at": now}):
            with self.assertRaises(AccessError):
                response.write(values)

    def test_a_low_check_is_a_task_as_well(self):
        study = self.env["crm.satisfaction.study"].create(
            {"name": "Showroom", "kind": "check", "user_id": self.spec.id}
        )
        self._create_factor("Greeted", study, is_standard=True)
        check = self.env["crm.satisfaction.check"].with_user(self.rita)
        check = check.create({"study_id": study.id, "user_id": self.sally.id})
        check.line_ids.action_no()
        check.finish()
        response = check.response_id.sudo()
        self.assertEqual(response.loop_user_id, self.max)
        self.assertEqual(response.loop_state, "open")
