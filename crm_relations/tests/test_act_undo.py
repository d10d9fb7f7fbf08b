from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common.act import ActCommon


@tagged("post_install", "-at_install")
class TestActUndo(ActCommon):
    """What is done where it is seen can be taken back, for a while."""

    def test_done_is_undone_with_its_words_in_the_chatter(self):
        activity = self._plan()
        messages = self.customer.message_ids
        action = activity.action_do()
        self.assertFalse(activity.active)
        self.assertEqual(self._undo(action), "Undone.")
        self.assertTrue(activity.active)
        self.assertFalse(activity.date_done)
        self.assertEqual(self.customer.message_ids, messages)

    def test_done_that_logs_a_follow_up_takes_it_back(self):
        call = self.env.ref("mail.mail_activity_data_call")
        call.followup_kind_id = self.call
        activity = self._plan(activity_type_id=call.id)
        due = self.customer.contact_due_date
        action = activity.action_do()
        self.assertEqual(self.customer.followup_count, 1)
        self.assertGreater(self.customer.contact_due_date, due)
        self._undo(action)
        self.customer.invalidate_recordset()
        self.assertFalse(self.customer.followup_ids)
        self.assertFalse(self.customer.last_followup_at)
        self.assertEqual(self.customer.contact_due_date, due)

    def test_the_step_that_follows_is_taken_back(self):
        chained = self.env["mail.activity.type"].create(
            {
                "name": "Send, then call",
                "chaining_type": "trigger",
                "triggered_next_type_id": self.env.ref(
                    "mail.mail_activity_data_call"
                ).id,
            }
        )
        activity = self._plan(activity_type_id=chained.id)
        action = activity.action_do()
        self.assertEqual(len(self.customer.activity_ids), 1)
        self._undo(action)
        self.assertEqual(self.customer.activity_ids, activity)

    def test_put_off_goes_back_to_its_day(self):
        activity = self._plan()
        wizards = self.env["crm.postpone.wizard"].with_user(self.sally)
        wizard = wizards.browse(activity.action_put_off()["res_id"])
        action = wizard.action_in_three_days()
        self.assertEqual(activity.date_deadline, self.today + timedelta(days=3))
        self._undo(action)
        self.assertEqual(activity.date_deadline, self.today)

    def test_put_off_to_the_past_is_refused(self):
        activity = self._plan()
        wizards = self.env["crm.postpone.wizard"].with_user(self.sally)
        wizard = wizards.browse(activity.action_put_off()["res_id"])
        wizard.day = self.today
        with self.assertRaisesRegex(UserError, "after today"):
            wizard.action_apply()
        wizard.day = False
        with self.assertRaisesRegex(UserError, "after today"):
            wizard.action_apply()

    def test_what_is_done_meanwhile_is_not_put_off(self):
        """In another tab, or by a colleague, while the dialog is open."""
        for end in ("action_do", "unlink"):
            with self.subTest(end):
                activity = self._plan()
                wizards = self.env["crm.postpone.wizard"].with_user(self.sally)
                wizard = wizards.browse(activity.action_put_off()["res_id"])
                getattr(activity, end)()
                with self.assertRaisesRegex(UserError, "done or deleted meanwhile"):
                    wizard.action_tomorrow()

    def test_a_logged_follow_up_is_taken_back_with_its_next_step(self):
        followup = self._log(next_step="Call again")
        step = followup.activity_id
        self.assertTrue(step.active)
        action = followup.action_saved()
        self._undo(action)
        self.assertFalse(followup.exists())
        self.assertFalse(step.exists())

    def test_what_it_has_done_waits_again(self):
        activity = self._plan()
        followup = self._log(done_activity_id=activity.id)
        self.assertFalse(activity.active)
        self._undo(followup.action_saved())
        self.assertTrue(activity.active)
        self.assertFalse(followup.exists())

    def test_a_step_of_an_opportunity_is_logged_with_it(self):
        lead = self.env["crm.lead"].create(
            {"name": "Ten machines", "type": "opportunity", "user_id": self.sally.id}
        )
        lead.partner_id = self.customer
        activity = self._plan(record=lead)
        context = activity.action_log_done()["context"]
        followups = self.env["crm.followup"].with_user(self.sally)
        followup = followups.with_context(**context).create({})
        self.assertEqual(followup.opportunity_id, lead)
        self.assertFalse(activity.active)
        self._undo(followup.action_saved())
        self.assertTrue(activity.active)

    def test_an_old_record_is_not_undone_by_its_dialog(self):
        followup = self._log()
        self.env.cr.execute(
            "UPDATE crm_followup SET create_date = create_date - interval '1 hour'"
            " WHERE id = %s",
            (followup.id,),
        )
        followup.invalidate_recordset()
        self.assertFalse(followup.action_saved()["params"]["act"])

    def test_another_one_undoes_nothing(self):
        action = self._plan().action_do()
        self.assertKept(action, "Only who has done this", AccessError, self.rita)

    def test_it_is_undone_once(self):
        action = self._plan().action_do()
        self._undo(action)
        self.assertKept(action, "undone already")

    def test_after_the_time_it_stays(self):
        with freeze_time("2026-03-04 10:00:00"):
            action = self._plan().action_do()
        with freeze_time("2026-03-04 10:01:01"):
            self.assertKept(action, "too late")
        with freeze_time("2026-03-04 10:00:59"):
            self._undo(action)

    def test_an_act_that_never_was(self):
        with self.assertRaisesRegex(UserError, "too late"):
            self.env["crm.act"].with_user(self.sally).browse(10**8).undo()

    def test_nothing_is_undone_after_somebody_else_has_acted(self):
        activity = self._plan()
        wizards = self.env["crm.postpone.wizard"].with_user(self.sally)
        wizard = wizards.browse(activity.action_put_off()["res_id"])
        action = wizard.action_tomorrow()
        activity.sudo().date_deadline = self.today + timedelta(days=9)
        self.assertKept(action, "changed here since")
        self.assertEqual(activity.date_deadline, self.today + timedelta(days=9))

    def test_a_record_that_was_completed_since_stays(self):
        activity = self._plan()
        followup = self._log(done_activity_id=activity.id)
        action = followup.action_saved()
        followup.content = "They want ten."
        self.assertKept(action, "changed here since")
        self.assertFalse(activity.active)

    def test_a_record_that_was_deleted_since(self):
        followup = self._log()
        action = followup.action_saved()
        followup.unlink()
        self.assertKept(action, "changed here since")

    def test_a_right_lost_meanwhile(self):
        followup = self._log()
        action = followup.action_saved()
        self.sally.group_ids -= self.env.ref("crm_relations.group_sales_user")
        followup.sudo().user_id = self.sam
        self.assertKept(action, "no right", AccessError)
        self.assertTrue(followup.exists())

    def test_a_company_left_meanwhile(self):
        east = self.env["res.company"].create({"name": "East"})
        self.sally.company_ids |= east
        self.customer.company_id = east
        sally = self.sally.with_company(east)
        followup = self._log(sally)
        action = followup.with_company(east).action_saved()
        self.sally.write({"company_ids": [fields.Command.unlink(east.id)]})
        self.assertKept(action, "no right", AccessError)
        self.assertTrue(followup.exists())

    def test_nobody_reads_or_writes_the_acts_of_others(self):
        act = self._get_act(self._plan().action_do())
        self.assertFalse(self.env["crm.act"].with_user(self.sam).search([]))
        with self.assertRaises(AccessError):
            act.with_user(self.sally).write({"memory": {}})
        with self.assertRaises(AccessError):
            self.env["crm.act"].with_user(self.sally).create(
                {
                    "done_at": fields.Datetime.now(),
                    "res_model": "res.users",
                    "res_ids": [],
                    "memory": {},
                }
            )

    def test_done_with_a_file_is_not_taken_back(self):
        activity = self._plan()
        self.env["ir.attachment"].create(
            {"name": "offer.txt", "res_model": "mail.activity", "res_id": activity.id}
        )
        self.assertFalse(activity.action_do()["params"]["act"])

    def test_who_may_not_do_it_is_refused(self):
        activity = self._plan()
        with self.assertRaises(UserError):
            activity.action_do()
            activity.action_do()

    def test_a_next_step_without_a_day_gets_the_next_working_day(self):
        followup = self._log(next_step="Call again")
        calendar = self.company.resource_calendar_id
        self.assertEqual(followup.next_date, calendar.plan_workdays(self.today, 1))
        later = self._log()
        later.next_step = "Send it"
        self.assertEqual(later.next_date, followup.next_date)
        self.assertTrue(later.activity_id)
