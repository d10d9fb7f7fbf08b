from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon

NOW = fields.Datetime.to_datetime("2026-03-04 10:00:00")  # a Wednesday
TODAY = NOW.date()
SECOND = timedelta(seconds=1)
MONTH_MINUTES = 31 * 24 * 60


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFollowupLogged(RelationsCommon):
    """What is logged, by hand, by an activity, by a meeting: at the edges."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(user_id=cls.sally.id)
        cls.person = cls._create_person(cls.customer)

    def test_a_clock_may_run_five_minutes_ahead(self):
        last = NOW + timedelta(minutes=5)
        self.assertTrue(self._create_followup(self.customer, date=last))
        with self.assertRefused("in the future"):
            self._create_followup(self.customer, date=last + SECOND)
        self.assertTrue(self._create_followup(self.customer, date="1900-01-01"))

    def test_a_contact_takes_a_month_at_most(self):
        for minutes in (0, MONTH_MINUTES):
            self._create_followup(self.customer, duration_minutes=minutes)
        with self.assertRefused("at most"):
            self._create_followup(self.customer, duration_minutes=MONTH_MINUTES + 1)

    def test_a_call_takes_a_day_at_most(self):
        calls = self.env["crm.followup"].with_user(self.sally)
        for seconds, kept in ((86400, 86400), (0.4, 0), (61.5, 62)):
            call = calls.browse(calls.log_call("1", "in", "2026-03-01", seconds))
            self.assertEqual(call.call_seconds, kept)
        for seconds in (86401, True):
            with self.assertRefused("duration"):
                calls.log_call("1", "in", "2026-03-01", seconds)
        self.assertTrue(calls.log_call("1", "in", "2026-03-01", 1, call_id="x" * 200))

    def test_a_kind_in_use_comes_before_an_archived_one_by_sequence(self):
        kinds = self.env["crm.followup.kind"]
        kinds.search([("channel", "=", "chat")]).active = False
        late, first, archived = kinds.create(
            [
                {"name": "Late", "channel": "chat", "sequence": 2},
                {"name": "First", "channel": "chat", "sequence": 1},
                {"name": "Archived", "channel": "chat", "sequence": 0},
            ]
        )
        archived.active = False
        self.assertEqual(kinds._get_for_channel("chat"), first)
        (late | first).active = False
        self.assertEqual(kinds._get_for_channel("chat"), archived)
        kinds.with_context(active_test=False).search(
            [("channel", "=", "chat"), ("id", "not in", (late | first | archived).ids)]
        ).channel = "sms"
        (late | first | archived).unlink()
        with self.assertRefused("No kind of follow-up has the channel", UserError):
            kinds._get_for_channel("chat")

    def test_a_deal_stays_while_the_contact_stays_with_its_customer(self):
        deal = self.env["crm.lead"].create(
            {"name": "Deal", "type": "opportunity", "partner_id": self.customer.id}
        )
        followup = self._create_followup(self.customer, opportunity_id=deal.id)
        followup.partner_id = self.person
        self.assertEqual(followup.opportunity_id, deal)

    def test_files_of_others_stay_where_they_are(self):
        attachments = self.env["ir.attachment"]
        others = attachments.with_user(self.sam).create({"name": "a", "raw": b"a"})
        placed = attachments.with_user(self.sally).create(
            {"name": "b", "raw": b"b", "res_model": "res.partner"}
        )
        placed.sudo().res_id = self.customer.id
        loose = attachments.with_user(self.sally).create({"name": "c", "raw": b"c"})
        files = others | placed | loose
        followup = self.env["crm.followup"].create(
            {"partner_id": self.customer.id, "purpose": "Call"}
        )
        followup.attachment_ids = files
        followup.with_user(self.sally)._own_attachments()
        owners = [(file.res_model, file.res_id) for file in files]
        partner = ("res.partner", self.customer.id)
        self.assertEqual(owners, [(False, 0), partner, ("crm.followup", followup.id)])

    def test_the_step_goes_to_who_has_done_the_contact(self):
        followup = self._create_followup(self.customer, next_date=TODAY)
        self.assertEqual(followup.activity_id.summary, "Called")
        followup.user_id = self.sam
        self.assertEqual(followup.activity_id.user_id, self.sam)
        followup.next_step = "Send offer"
        self.assertEqual(followup.activity_id.summary, "Send offer")

    def test_a_step_that_was_done_stays_when_its_contact_is_deleted(self):
        followup = self._create_followup(self.customer, next_date=TODAY)
        activity = followup.activity_id
        activity.action_feedback("Done")
        followup.unlink()
        self.assertTrue(activity.exists())

    def test_a_step_stays_where_it_is_when_the_person_changes(self):
        followup = self._create_followup(self.customer, next_date=TODAY)
        activity = followup.activity_id
        followup.partner_id = self.person
        self.assertEqual(followup.activity_id, activity)
        self.assertTrue(activity.exists())

    def _plan(self, **values):
        return self.customer.activity_schedule(
            "mail.mail_activity_data_call", user_id=self.sally.id, **values
        )

    def test_a_job_that_ends_an_activity_stands_for_who_was_to_do_it(self):
        for user, done_by in (
            (self.env.ref("base.user_root"), self.sally),
            (self.max, self.max),
        ):
            activity = self._plan()
            activity.with_user(user).action_feedback("Done")
            followup = self.env["crm.followup"].search(
                [("done_activity_id", "=", activity.id)]
            )
            with self.subTest(user.login):
                self.assertEqual(followup.user_id, done_by)

    def test_an_activity_of_a_meeting_took_place_when_the_meeting_did(self):
        for start, date, minutes in (
            (NOW, NOW, 90),
            (NOW - timedelta(hours=2), NOW - timedelta(hours=2), 90),
            (NOW + SECOND, NOW, 0),
        ):
            meeting = self._create_meeting(start)
            activity = self._plan(calendar_event_id=meeting.id)
            activity._action_done()
            followup = self.env["crm.followup"].search(
                [("done_activity_id", "=", activity.id)]
            )
            with self.subTest(start):
                self.assertEqual(followup.date, date)
                self.assertEqual(followup.duration_minutes, minutes)

    def _create_meeting(self, start, partners=None, **values):
        partners = partners or self.person
        return self.env["calendar.event"].create(
            {
                "name": "Trial",
                "start": start,
                "stop": start + timedelta(minutes=90),
                "partner_ids": [fields.Command.set(partners.ids)],
            }
            | values
        )

    def test_a_meeting_is_logged_from_its_first_second_on_with_a_customer(self):
        supplier = self.env["res.partner"].create({"name": "Supplier"})
        guests = supplier | self.person | self.sally.partner_id
        context = self._create_meeting(NOW, guests).action_log_followup()["context"]
        self.assertEqual(context["default_partner_id"], self.person.id)
        with self.assertRefused("not taken place", UserError):
            self._create_meeting(NOW + SECOND).action_log_followup()

    def test_a_long_meeting_is_logged_with_as_much_as_can_be(self):
        meeting = self._create_meeting(NOW - timedelta(days=40))
        meeting.stop = NOW
        context = meeting.action_log_followup()["context"]
        self.assertEqual(context["default_duration_minutes"], MONTH_MINUTES)

    def test_an_accuracy_as_the_settings_ask_for_is_enough(self):
        self.customer.write({"partner_latitude": 31.0, "partner_longitude": 121.0})
        visits = self.env["crm.followup"].with_user(self.sally)
        for accuracy, result in ((100, "verified"), (100.5, "inaccurate")):
            visit = visits.browse(visits.check_in(self.customer.id, 31, 121, accuracy))
            self.assertEqual(visit.visit_result, result)
            visit.check_out()

    def test_moved_to_the_customer_where_it_was_a_far_visit_is_verified(self):
        near = self._create_customer(
            "Near", partner_latitude=31.0, partner_longitude=121.0
        )
        self.customer.write({"partner_latitude": 32.0, "partner_longitude": 121.0})
        visits = self.env["crm.followup"].with_user(self.sally)
        visit = visits.browse(
            visits.check_in(self.customer.id, 31.0, 121.0, 5, reason="Met here")
        )
        visit.partner_id = near
        self.assertEqual(
            (visit.visit_result, visit.check_in_distance_m), ("verified", 0)
        )

    def test_a_visit_that_was_not_verified_does_not_become_so_by_moving_on(self):
        twin, self.customer.is_located = self._create_customer("Twin"), False
        (self.customer | twin).write(
            {"partner_latitude": 31.0, "partner_longitude": 121.0}
        )
        visits = self.env["crm.followup"].with_user(self.sally)
        visit = visits.browse(visits.check_in(self.customer.id, 31.0, 121.0, 5))
        visit.check_out()  # without a position
        visit.partner_id = twin
        self.assertEqual(visit.visit_result, "incomplete")

    def test_a_place_itself_is_within_no_distance_at_all(self):
        self.customer.write({"partner_latitude": 31.0, "partner_longitude": 121.0})
        [found] = self.env["res.partner"].nearby(31.0, 121.0, 0)
        self.assertEqual(found, {"id": self.customer.id, "distance_m": 0.0})

    def test_whose_place_odoo_knows_is_located_also_on_a_line_of_zero(self):
        places = ((0.0, 103.8), (51.5, 0.0), (0.0, 0.0), (90.0, 180.0), (91.0, 5.0))
        partners = self.env["res.partner"].create(
            [{"name": f"P{number}"} for number in range(len(places))]
        )
        self.env.flush_all()
        for partner, place in zip(partners, places, strict=True):
            self.env.cr.execute(
                "UPDATE res_partner SET is_located = NULL, partner_latitude = %s,"
                " partner_longitude = %s WHERE id = %s",
                [*place, partner.id],
            )
        self.env.invalidate_all()
        self.env["res.partner"]._locate_taken_in(partners[0].id, partners[-1].id)
        self.assertEqual(
            partners.mapped("is_located"), [True, True, False, True, False]
        )
