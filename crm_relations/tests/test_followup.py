from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestFollowup(RelationsCommon):
    """FU-1, FU-2: contacts that really happened."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(user_id=cls.sally.id)
        cls.person = cls._create_person(cls.customer, "Li Wei")

    def test_talking_to_a_contact_counts_for_its_customer(self):
        followup = self._create_followup(self.person, days_ago=2)
        self.assertEqual(followup.customer_id, self.customer)
        self.assertEqual(self.customer.last_followup_at, followup.date)

    def test_the_latest_of_them_counts_whatever_happens_to_them(self):
        old = self._create_followup(self.customer, days_ago=9)
        new = self._create_followup(self.customer, days_ago=1)
        self.assertEqual(self.customer.last_followup_at, new.date)
        new.date = fields.Datetime.now() - timedelta(days=20)
        self.assertEqual(self.customer.last_followup_at, old.date)
        old.unlink()
        self.assertEqual(self.customer.last_followup_at, new.date)
        new.unlink()
        self.assertFalse(self.customer.last_followup_at)

    def test_moved_to_another_customer_it_counts_there(self):
        other = self._create_customer("Other")
        followup = self._create_followup(self.customer)
        followup.partner_id = other
        self.assertFalse(self.customer.last_followup_at)
        self.assertEqual(other.last_followup_at, followup.date)

    def test_what_was_said_stays_with_a_persons_former_employer(self):
        followup = self._create_followup(self.person)
        self.person.parent_id = self._create_customer("New employer")
        self.assertEqual(followup.customer_id, self.customer)

    def test_internal_notes_do_not_count(self):
        self._create_followup(self.customer, kind_id=self.note.id)
        self.assertFalse(self.customer.last_followup_at)

    def test_a_kind_that_begins_to_count_counts_at_once(self):
        followup = self._create_followup(self.customer, kind_id=self.note.id)
        self.note.counts_as_followup = True
        self.assertEqual(self.customer.last_followup_at, followup.date)

    def test_the_future_is_refused(self):
        with self.assertRefused("cannot lie in the future"):
            self._create_followup(self.customer, days_ago=-1)

    def test_negative_minutes_and_a_step_that_loses_its_day_are_refused(self):
        with self.assertRefused("negative"):
            self._create_followup(self.customer, duration_minutes=-1)
        followup = self._create_followup(self.customer, next_step="Send offer")
        with self.assertRefused("On which day"):
            followup.next_date = False

    def test_blank_purposes_and_steps_before_the_contact_are_refused(self):
        with self.assertRefused("about"):
            self._create_followup(self.customer, purpose="  ")
        yesterday = fields.Date.today() - timedelta(days=2)
        with self.assertRefused("before the contact"):
            self._create_followup(self.customer, next_date=yesterday)

    def test_the_next_step_becomes_an_activity_of_the_author(self):
        day = fields.Date.today() + timedelta(days=3)
        self._create_followup(self.person, next_step="Send offer", next_date=day)
        self.assertRecordValues(
            self.customer.activity_ids,
            [
                {
                    "summary": "Send offer",
                    "date_deadline": day,
                    "user_id": self.sally.id,
                }
            ],
        )

    def test_an_agent_without_the_right_to_change_customers_plans_a_step(self):
        day = fields.Date.today() + timedelta(days=3)
        followups = self.env["crm.followup"].with_user(self.anna)
        followup = followups.create(
            {"partner_id": self.customer.id, "purpose": "Call", "next_date": day}
        )
        self.assertEqual(followup.sudo().activity_id.user_id, self.anna)

    def test_the_activity_follows_what_the_record_says(self):
        day = fields.Date.today() + timedelta(days=3)
        followup = self._create_followup(self.customer)
        followup.write({"next_step": "Offer", "next_date": day})
        activity = followup.activity_id
        self.assertEqual((activity.summary, activity.date_deadline), ("Offer", day))
        followup.next_date = day + timedelta(days=1)
        self.assertEqual(followup.activity_id, activity)
        self.assertEqual(activity.date_deadline, day + timedelta(days=1))
        followup.write({"next_step": False, "next_date": False})
        self.assertFalse(activity.exists())

    def test_a_step_that_is_done_is_not_moved_but_planned_anew(self):
        day = fields.Date.today() + timedelta(days=3)
        followup = self._create_followup(self.customer, next_date=day)
        done = followup.activity_id
        done.action_feedback("Done")
        followup.next_date = day + timedelta(days=7)
        self.assertEqual(done.date_deadline, day)
        self.assertEqual(followup.activity_id.date_deadline, day + timedelta(days=7))
        self.assertNotEqual(followup.activity_id, done)

    def test_a_file_added_while_logging_is_seen_by_others(self):
        attachments = self.env["ir.attachment"].with_user(self.sally)
        file = attachments.create({"name": "call.txt", "raw": b"hello"})
        self.env["crm.followup"].with_user(self.sally).create(
            {
                "partner_id": self.customer.id,
                "purpose": "Call",
                "attachment_ids": file.ids,
            }
        )
        file.invalidate_recordset()
        self.assertEqual(file.with_user(self.max).raw, b"hello")

    def test_each_changes_only_the_own_records_managers_all(self):
        followup = self._create_followup(self.customer)
        with self.assertRaises(AccessError):
            followup.with_user(self.sam).purpose = "Mine now"
        followup.with_user(self.sally).purpose = "Hers"
        followup.with_user(self.max).purpose = "Led"
        self.assertEqual(followup.with_user(self.sam).purpose, "Led")

    def test_last_follow_up_of_many_takes_as_many_queries_as_of_one(self):
        many = self._create_customers(40)
        for partners in (self.customer, many):
            self.env.flush_all()
            field = partners._fields["last_followup_at"]
            self.env.add_to_compute(field, partners)
            with self.subTest(len(partners)), self.assertQueryCount(1):
                partners.mapped("last_followup_at")
