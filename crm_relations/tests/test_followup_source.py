from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestFollowupSource(RelationsCommon):
    """FU-1: what has been typed already is not typed twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(user_id=cls.sally.id)
        cls.person = cls._create_person(cls.customer, "Li Wei")
        cls.other = cls._create_customer("Other", user_id=cls.sally.id)
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Ten trucks",
                "type": "opportunity",
                "partner_id": cls.person.id,
                "user_id": cls.sally.id,
            }
        )

    def _log(self, action, **values):
        """Fill the dialog of an action as Sally does, and save it."""
        self.assertEqual(action["target"], "new")
        records = self.env["crm.followup"].with_user(self.sally)
        form = Form(
            records.with_context(**action["context"]),
            view="crm_relations.crm_followup_view_form_quick",
        )
        for name, value in values.items():
            form[name] = value
        return form.save()

    def _plan(self, record, xmlid="mail.mail_activity_data_call", **values):
        return record.with_user(self.sally).activity_schedule(
            xmlid,
            **{"summary": "Ask about the trial", "user_id": self.sally.id} | values,
        )

    def _create_meeting(self, start, **values):
        return self.env["calendar.event"].create(
            {
                "name": "Trial run",
                "start": start,
                "stop": start + timedelta(minutes=90),
                "partner_ids": [
                    fields.Command.set((self.sally.partner_id | self.person).ids)
                ],
            }
            | values
        )

    def test_of_an_opportunity_it_counts_for_its_customer(self):
        action = self.lead.with_user(self.sally).action_log_followup()
        followup = self._log(action, purpose="Talked about the price")
        self.assertEqual(followup.partner_id, self.person)
        self.assertEqual(followup.opportunity_id, self.lead)
        self.assertEqual(self.customer.last_followup_at, followup.date)

    def test_of_an_order_it_counts_for_its_customer(self):
        order = self._create_order(self.person, 10, confirm=False)
        followup = self._log(order.action_log_followup(), purpose="Offer")
        self.assertEqual(followup.order_id, order)
        self.assertEqual(self.customer.last_followup_at, followup.date)

    def test_over_the_api_the_deal_alone_says_who_it_was(self):
        order = self._create_order(self.person, 10, confirm=False)
        followups = self.env["crm.followup"].create(
            [
                {"purpose": "Offer", "opportunity_id": self.lead.id},
                {"purpose": "Offer", "order_id": order.id},
            ]
        )
        self.assertEqual(followups.partner_id, self.person)
        self.assertEqual(followups.customer_id, self.customer)

    def test_without_anybody_it_is_refused(self):
        with self.assertRefused("Who was it with"):
            self.env["crm.followup"].create({"purpose": "Called"})
        followup = self._create_followup(self.customer)
        with self.assertRefused("Who was it with"):
            followup.partner_id = False

    def test_a_deal_that_changes_hands_takes_no_past_contact_along(self):
        followup = self._create_followup(self.person, opportunity_id=self.lead.id)
        self.lead.partner_id = self.other
        self.assertEqual(followup.customer_id, self.customer)

    def test_moved_to_another_customer_it_leaves_deal_and_takes_its_step_along(self):
        day = fields.Date.today() + timedelta(days=3)
        followup = self._create_followup(
            self.person, opportunity_id=self.lead.id, next_date=day
        )
        followup.partner_id = self.other
        self.assertFalse(followup.opportunity_id)
        self.assertFalse(self.customer.activity_ids)
        self.assertEqual(self.other.activity_ids, followup.activity_id)

    def test_deleted_it_takes_its_open_step_along(self):
        day = fields.Date.today() + timedelta(days=3)
        self._create_followup(self.customer, next_date=day).unlink()
        self.assertFalse(self.customer.activity_ids)

    def test_a_held_meeting_is_logged_with_what_it_knows(self):
        start = fields.Datetime.now().replace(microsecond=0) - timedelta(hours=3)
        meeting = self._create_meeting(start, opportunity_id=self.lead.id)
        followup = self._log(meeting.with_user(self.sally).action_log_followup())
        self.assertRecordValues(
            followup,
            [
                {
                    "partner_id": self.person.id,
                    "purpose": "Trial run",
                    "date": start,
                    "duration_minutes": 90,
                    "opportunity_id": self.lead.id,
                    "event_id": meeting.id,
                }
            ],
        )
        self.assertEqual(followup.kind_id.channel, "meeting")
        again = meeting.with_user(self.sally).action_log_followup()
        self.assertEqual(again["res_id"], followup.id)

    def test_the_customer_of_the_opportunity_is_meant_whoever_was_present(self):
        other = self._create_customer("Other", user_id=self.sally.id)
        self.lead.partner_id = other
        start = fields.Datetime.now() - timedelta(hours=3)
        meeting = self._create_meeting(start, opportunity_id=self.lead.id)
        context = meeting.action_log_followup()["context"]
        self.assertEqual(context["default_partner_id"], other.id)

    def test_of_those_present_the_one_from_outside_is_meant(self):
        meeting = self._create_meeting(fields.Datetime.now() - timedelta(hours=3))
        context = meeting.action_log_followup()["context"]
        self.assertEqual(context["default_partner_id"], self.person.id)

    def test_a_meeting_to_come_is_a_plan(self):
        """FU-2"""
        meeting = self._create_meeting(fields.Datetime.now() + timedelta(hours=3))
        with self.assertRefused("not taken place", UserError):
            meeting.action_log_followup()

    def test_a_call_that_is_done_logs_itself(self):
        self._plan(self.customer).action_feedback("They like it")
        self.assertRecordValues(
            self.customer.followup_ids,
            [
                {
                    "purpose": "Ask about the trial",
                    "content": "They like it",
                    "kind_id": self.call.id,
                    "user_id": self.sally.id,
                }
            ],
        )
        self.assertTrue(self.customer.last_followup_at)

    def test_of_an_opportunity_and_a_quotation_too(self):
        order = self._create_order(
            self.person, 10, confirm=False, user_id=self.sally.id
        )
        (self._plan(self.lead) | self._plan(order)).action_done()
        followups = self.customer.followup_ids
        self.assertEqual(followups.opportunity_id, self.lead)
        self.assertEqual(followups.order_id, order)

    def test_a_plan_counts_for_nothing_until_it_is_done(self):
        """FU-2"""
        activity = self._plan(self.customer)
        self.assertFalse(self.customer.last_followup_at)
        activity.unlink()
        self.assertFalse(self.customer.followup_ids)

    def test_other_types_and_other_partners_log_nothing(self):
        vendor = self.env["res.partner"].create({"name": "Vendor"})
        self._plan(self.customer, "mail.mail_activity_data_todo").action_done()
        self._plan(vendor).action_done()
        self.assertFalse(self.customer.followup_ids)
        self.assertFalse(
            self.env["crm.followup"].search([("partner_id", "=", vendor.id)])
        )

    def test_logged_by_hand_it_is_marked_as_done_and_not_logged_twice(self):
        activity = self._plan(self.customer)
        action = self.customer.with_user(self.sally).action_log_followup()
        followup = self._log(action, done_activity_id=activity)
        self.assertEqual(followup.purpose, "Ask about the trial")
        self.assertFalse(activity.active)
        self.assertEqual(self.customer.followup_ids, followup)

    def test_done_by_many_at_once_costs_as_much_as_by_one(self):
        def plan(partners):
            return self.env["mail.activity"].union(*map(self._plan, partners))

        many = self._create_customers(12)
        self._plan(self.other).action_done()
        few, more = plan(many[:2]), plan(many[2:])
        prepare = "_prepare_followup_vals_list"
        counts = [
            self._count_statements(lambda some=some: getattr(some, prepare)(False, []))
            for some in (few, more)
        ]
        self.assertEqual(*counts)
