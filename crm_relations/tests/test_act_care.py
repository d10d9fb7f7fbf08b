from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common.act import ActCommon
from .common.care import NOW, CareCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestActCare(CareCommon, ActCommon):
    """Care is done by one entry, which settles all that waited for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.tier_id = cls.tier_a
        cls._age_ownership(cls.customer, 20)
        cls._create_pool_rule(30, domain=cls._only(cls.customer))
        cls.env["res.partner"]._refresh_release_dates(cls.customer.ids)
        cls.rule = cls._create_rule("activity")
        cls.today = cls.company._get_relations_today()

    def _get_open_task(self, rule=None):
        task = self._create_task(rule or self.rule)
        self._dispatch()
        return task.with_user(self.sally)

    def _do(self, task):
        """Log the follow-up that the Done button opens."""
        context = task.action_log_done()["context"]
        followups = self.env["crm.followup"].with_user(self.sally)
        return followups.with_context(**context).create({"content": "Glad of it."})

    def _count_workload(self):
        self.env.flush_all()
        [counts] = self.env["crm.workload.report"]._read_group(
            [("customer_id", "=", self.customer.id)],
            [],
            ["followup_count:sum", "care_count:sum"],
        )
        return counts

    def test_one_entry_settles_task_due_date_and_clock(self):
        task = self._get_open_task()
        due, release = self.customer.contact_due_date, self.customer.pool_release_date
        followup = self._do(task)
        self.assertRecordValues(
            task, [{"state": "done", "result": "Glad of it.", "user_id": self.sally.id}]
        )
        self.assertFalse(task.activity_id.active)
        self.assertEqual(self.customer.followup_ids, followup)
        self.assertEqual(self.customer.contact_due_date - due, timedelta(days=20))
        self.assertEqual(self.customer.pool_release_date - release, timedelta(days=20))
        self.assertEqual(self._count_workload(), (1, 1))

    def test_care_of_a_type_that_logs_is_logged_once(self):
        self.rule.activity_type_id.followup_kind_id = self.call
        self._do(self._get_open_task())
        self.assertEqual(self.customer.followup_count, 1)
        self.assertEqual(self._count_workload(), (1, 1))

    def test_the_dialog_for_many_logs_each_contact_once(self):
        for logs_itself in (True, False):
            kind = self.call if logs_itself else False
            self.rule.activity_type_id.followup_kind_id = kind
            task = self._get_open_task()
            before = self.customer.followup_count
            wizards = self.env["crm.care.wizard"].with_user(self.sally)
            wizards.create(
                {
                    "kind": "done",
                    "task_ids": task.ids,
                    "result": "Glad",
                    "followup_kind_id": self.call.id,
                }
            ).action_apply()
            self.customer.invalidate_recordset(["followup_count"])
            with self.subTest(logs_itself=logs_itself):
                self.assertEqual(self.customer.followup_count, before + 1)

    def test_care_that_is_only_planned_is_done_too(self):
        task = self._create_task(self.rule, due_at="2026-05-09 10:00:00")
        self._do(task.with_user(self.sally))
        self.assertEqual(task.state, "done")

    def test_all_of_it_is_undone(self):
        due, release = self.customer.contact_due_date, self.customer.pool_release_date
        task = self._get_open_task()
        activity = task.activity_id
        followup = self._do(task)
        self._undo(followup.action_saved())
        self.env.invalidate_all()
        self.assertRecordValues(
            task, [{"state": "open", "result": False, "done_at": False}]
        )
        self.assertTrue(activity.active)
        self.assertFalse(followup.exists())
        self.assertEqual(self.customer.contact_due_date, due)
        self.assertEqual(self.customer.pool_release_date, release)
        self.assertEqual(self._count_workload()[0] or 0, 0)

    def test_a_call_that_stood_for_care_waits_again(self):
        self.customer.phone = "+86 138 0013 8000"
        task = self._get_open_task(self._create_rule("callback"))
        call = task.sudo().callback_ids
        self.assertEqual(call.state, "open")
        followup = self._do(task)
        self.assertEqual((task.state, call.state), ("done", "dropped"))
        self._undo(followup.action_saved())
        self.assertEqual((task.state, call.state), ("open", "open"))

    def test_care_put_off_comes_back_to_its_day(self):
        task = self._get_open_task()
        deadline, day = task.deadline_at, task.activity_id.date_deadline
        wizards = self.env["crm.postpone.wizard"].with_user(self.sally)
        wizard = wizards.browse(task.action_put_off()["res_id"])
        action = wizard.action_next_week()
        self.assertEqual(str(task.activity_id.date_deadline), "2026-05-11")
        self._undo(action)
        self.assertEqual(task.deadline_at, deadline)
        self.assertEqual(task.activity_id.date_deadline, day)

    def test_care_done_meanwhile_is_not_put_off(self):
        task = self._get_open_task()
        wizards = self.env["crm.postpone.wizard"].with_user(self.sally)
        wizard = wizards.browse(task.action_put_off()["res_id"])
        self._do(task)
        deadline = task.deadline_at
        with self.assertRaises(UserError):
            wizard.action_next_week()
        self.assertEqual((task.state, task.deadline_at), ("done", deadline))

    def test_late_care_is_watched_again_after_an_undo(self):
        self.rule.write({"supervisor": "user", "supervisor_id": self.rita.id})
        task = self._get_open_task()
        task.sudo().write({"escalated_at": NOW, "supervisor_id": self.rita.id})
        task.sudo()._warn_supervisors()
        followup = self._do(task)
        self.assertFalse(task.sudo().warning_id)
        self._undo(followup.action_saved())
        self.assertEqual(task.sudo().warning_id.user_id, self.rita)

    def test_a_follow_up_of_another_customer_does_no_care(self):
        task = self._get_open_task()
        other = self._create_customer("Other", user_id=self.sally.id)
        with self.assertRaisesRegex(UserError, "another customer"):
            self._log(partner_id=other.id, care_task_id=task.id)

    def test_what_is_done_is_not_done_again(self):
        task = self._get_open_task()
        self._do(task)
        with self.assertRaisesRegex(UserError, "still to be done"):
            task.action_log_done()
