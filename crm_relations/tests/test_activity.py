from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common.customer_event import ActivityCommon


@tagged("post_install", "-at_install")
class TestActivityInvite(ActivityCommon):
    """CL-5: members of a level are invited at once, by care."""

    def test_members_of_the_levels_are_invited_by_a_task_each(self):
        self._qualify(self.member, 150)
        others = self._create_customer("B") | self._create_customer("C")
        self._join(others)
        self.club._run_queue()
        guests = self._invite(levels=self.silver)
        self.assertEqual(guests.attendee_id, self.person)
        self.assertEqual(guests.partner_id, self.customer)
        self.assertEqual(guests.state, "invited")
        self.assertEqual(guests.level_id, self.silver)
        task = guests.task_id
        self.assertEqual(task.partner_id, self.customer)
        self.assertEqual(task.person_id, self.person)
        self.assertEqual(task.rule_id, self.rule)
        self.assertIn("Winter course", task.reason)
        again = self._invite()
        self.assertEqual(again.attendee_id, others)
        self.assertFalse(self._invite())

    def test_the_levels_of_the_activity_count_without_a_choice(self):
        self._join(self._create_customer("B"))
        self.course.seat_ids = [(0, 0, {"level_id": self.silver.id})]
        self.assertFalse(self._invite())
        self._qualify(self.member, 150)
        self.club._run_queue()
        self.assertEqual(self._invite().attendee_id, self.person)

    def test_many_are_invited_by_as_many_statements_as_one(self):
        # Whether its minute is known already depends on the moment.
        dispatch = type(self.env["crm.care.dispatch"])
        self.patch(dispatch, "_trigger_next", lambda _self: None)
        counts = []
        for number in (2, 1, 30):
            event = self._create_activity(f"For {number}")
            people = self.env["res.partner"].create(
                [
                    {"name": f"P{number}-{one}", "is_managed_customer": True}
                    for one in range(number)
                ]
            )
            self._join(people)
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertTrue(event.activity_day and event.club_id.name)
            before = self.env.cr.sql_log_count
            self.assertEqual(len(self._invite(event, only=people)), number)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])

    def test_the_message_carries_the_link_and_keeps_to_consent(self):
        stranger = self._create_customer("B", email="b@example.com")
        stranger.care_mail_opt_out = True
        self._join(stranger)
        guests = self._invite()
        tasks = guests.task_id
        values = self.env["crm.care.dispatch"]._judge(tasks, fields.Datetime.now())
        refusing = tasks.filtered(lambda task: task.partner_id == stranger)
        self.assertEqual(values[refusing.id]["state"], "dropped")
        task = tasks - refusing
        outcomes = {task.id: {"dispatched_at": fields.Datetime.now()}}
        sent = task._send_by_email(outcomes)[task.id]
        self.assertEqual(sent["recipient_id"], self.person.id)
        body = self.env["mail.message"].browse(sent["message_id"]).body
        self.assertIn(self._get_guest(self.person)._get_token(), body)
        self.assertIn("Winter course", body)

    def test_what_cannot_be_invited_to_says_so(self):
        begun = fields.Datetime.now() - timedelta(days=3)
        over = self._create_activity(
            "Over", date_begin=begun, date_end=begun + timedelta(hours=1)
        )
        plain = self._create_activity("Fair", activity_kind=False)
        nobody = self._create_activity("No club", club_id=False)
        for event in (over, plain, nobody):
            with self.assertRaises(UserError):
                self._invite(event)
        birthday = self.env.ref("crm_relations.crm_care_rule_birthday")
        for rule in (birthday, birthday.browse()):
            with self.assertRaises(UserError):
                self.course._invite(rule, self.env["crm.club.level"])

    def _open_wizard(self, user, partners=None):
        return (
            self.env["crm.event.invite.wizard"]
            .with_user(user)
            .create(
                {
                    "event_id": self.course.id,
                    "rule_id": self.rule.id,
                    "partner_ids": [(6, 0, partners.ids if partners else [])],
                }
            )
        )

    def test_salespeople_invite_their_own_customers_only(self):
        theirs = self._create_customer("B", user_id=self.env.ref("base.user_admin").id)
        self._join(theirs)
        for partners in (None, theirs, theirs | self.customer):
            with self.assertRaises(AccessError):
                self._open_wizard(self.sally, partners).action_invite()
        wizard = self._open_wizard(self.sally, self.customer)
        self.assertEqual(wizard.member_count, 1)
        wizard.action_invite()
        guest = self._get_guest(self.person)
        self.assertEqual(guest.state, "invited")
        self.assertEqual(guest.invited_by_id, self.sally)
        with self.assertRaises(UserError):
            self._open_wizard(self.sally, self.customer).action_invite()

    def test_the_manager_invites_all(self):
        manager = new_test_user(
            self.env, "act_manager", groups="crm_relations.group_relations_manager"
        )
        wizard = self._open_wizard(manager)
        self.assertEqual(wizard.member_count, 1)
        wizard.action_invite()
        self.assertTrue(self._get_guest(self.person))

    def test_levels_are_those_of_the_club(self):
        other = self._create_club("Other club")
        with self.assertRaises(ValidationError):
            self.course.seat_ids = [(0, 0, {"level_id": other.level_ids[0].id})]
        with self.assertRaises(ValidationError):
            self._create_activity(
                "Free", club_id=False, members_until=fields.Date.today()
            )

    def test_other_companies_see_nothing(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.course.club_id.company_id = company
        self.course.company_id = company
        self._invite()
        guests = self.env["crm.event.guest"].with_user(self.sally)
        self.assertFalse(guests.search([("event_id", "=", self.course.id)]))


@tagged("post_install", "-at_install")
class TestActivityAnswer(ActivityCommon):
    """CL-5: who is invited answers; who registers is a guest."""

    def test_accepting_registers_and_declining_cancels(self):
        guest = self._invite()
        guest.action_accept()
        self.assertEqual(guest.state, "registered")
        registration = self.course.registration_ids
        self.assertEqual(registration.partner_id, self.person)
        guest.action_accept()
        self.assertEqual(len(self.course.registration_ids), 1)
        guest.action_decline()
        self.assertEqual(registration.state, "cancel")
        self.assertEqual((guest.state, guest.seats), ("declined", 0))
        guest.action_accept()
        self.assertEqual((guest.state, guest.seats), ("registered", 1))

    def test_only_who_works_with_the_customer_answers_for_it(self):
        guest = self._invite()
        reader = new_test_user(
            self.env, "act_reader", groups="crm_relations.group_user"
        )
        for method in ("action_accept", "action_decline"):
            with self.assertRaises(AccessError):
                getattr(guest.with_user(reader), method)()
        guest.with_user(self.sally).action_accept()
        self.assertEqual(guest.state, "registered")

    def test_what_is_over_takes_no_answer(self):
        guest = self._invite()
        begun = fields.Datetime.now() - timedelta(days=3)
        self.course.write({"date_begin": begun, "date_end": begun + timedelta(hours=1)})
        for method in ("action_accept", "action_decline"):
            with self.assertRaises(UserError):
                getattr(guest, method)()

    def test_a_registration_makes_a_guest_of_a_customer_only(self):
        self._register(self.person)
        stranger = self.env["res.partner"].create({"name": "Nobody's"})
        self._register(stranger)
        guests = self.env["crm.event.guest"].search([("event_id", "=", self.course.id)])
        self.assertEqual(guests.attendee_id, self.person)
        self.assertEqual(guests.state, "registered")
        fair = self._create_activity("Fair", activity_kind=False)
        self._register(self.person, fair)
        self.assertFalse(self._get_guest(self.person, fair))

    def test_registrations_that_move_or_go_take_their_guests_along(self):
        registration = self._register(self.person)
        other = self._create_customer("B")
        registration.partner_id = other
        self.assertEqual(self._get_guest(self.person).state, "cancelled")
        self.assertEqual(self._get_guest(other).state, "registered")
        registration.unlink()
        self.assertEqual(self._get_guest(other).state, "cancelled")

    def test_seats_of_a_level_are_taken_once(self):
        self._qualify(self.member, 150)
        second = self._join(self._create_customer("B"))
        self._qualify(second, 150)
        self.club._run_queue()
        self.course.seat_ids = [(0, 0, {"level_id": self.silver.id, "seats": 1})]
        self._register(self.person)
        self.assertEqual(self.course.seat_ids.taken_count, 1)
        with (
            self.assertRaisesRegex(ValidationError, "Silver"),
            self.env.cr.savepoint(),
        ):
            self._register(second.partner_id)
        self._register(self._join(self._create_customer("C")).partner_id)

    def test_seats_are_kept_for_members_until_the_day(self):
        self.course.members_until = fields.Date.today() + timedelta(days=2)
        stranger = self._create_customer("B")
        with (
            self.assertRaisesRegex(ValidationError, "kept for the members"),
            self.env.cr.savepoint(),
        ):
            self._register(stranger)
        self._register(self.person)
        self.course.members_until = fields.Date.today() - timedelta(days=2)
        self._register(stranger)
        self.assertEqual(self._get_guest(stranger).state, "registered")

    def test_the_day_of_an_activity_is_that_of_its_own_clock(self):
        event = self.env["event.event"].new(
            {"date_begin": "2026-03-01 20:00:00", "date_tz": "Asia/Shanghai"}
        )
        self.assertEqual(str(event.activity_day), "2026-03-02")
        event.date_tz = "UTC"
        self.assertEqual(str(event.activity_day), "2026-03-01")
