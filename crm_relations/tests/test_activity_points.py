from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common.customer_event import ActivityCommon


@tagged("post_install", "-at_install")
class TestActivityPoints(ActivityCommon):
    """CL-5: coming earns points, once; who was not there after all gives them back."""

    def _get_points(self):
        self.card.invalidate_recordset()
        return self.card.points

    def test_attendance_earns_once_and_is_taken_back(self):
        first = self._register(self.person)
        second = self._register(self.person)
        self.assertEqual(self._get_points(), 0)
        first.action_set_done()
        second.action_set_done()
        self.assertEqual(self._get_points(), 50)
        first.action_confirm()
        self.assertEqual(self._get_points(), 50)
        second.action_confirm()
        self.assertEqual(self._get_points(), 0)
        self.assertEqual(self._get_guest(self.person).state, "registered")
        first.action_set_done()
        self.assertEqual(self._get_points(), 50)
        lines = self.env["loyalty.history"].search([("card_id", "=", self.card.id)])
        self.assertEqual(lines.mapped("kind").count("event"), 2)
        self.assertEqual(self.env["loyalty.card"]._get_off_balance(), [])

    def test_points_spent_meanwhile_are_owed(self):
        registration = self._register(self.person)
        registration.action_set_done()
        self.card._spend(30, "Some")
        registration.action_cancel()
        self.assertEqual(self._get_points(), -30)

    def test_points_count_for_the_level_only_if_told(self):
        registration = self._register(self.person)
        registration.action_set_done()
        line = self.env["loyalty.history"].search([("kind", "=", "event")])
        self.assertEqual(line.qualifying, 0)
        event = self._create_activity(
            "Forum", attendance_points=120, counts_for_level=True
        )
        self._register(self.person, event).action_set_done()
        self.club._run_queue()
        self.assertEqual(self.member.level_id, self.silver)

    def test_a_contact_that_is_no_member_earns_for_its_customer(self):
        company = self._create_customer("B")
        own = self._join(company)
        contact = self._create_person(company, "Bob")
        registration = self._register(contact)
        registration.action_set_done()
        self.assertEqual(own.card_id.points, 50)
        self.assertEqual(self._get_points(), 0)
        registration.unlink()
        own.card_id.invalidate_recordset()
        self.assertEqual(own.card_id.points, 0)

    def test_members_that_rest_and_strangers_earn_nothing(self):
        self.member.action_suspend()
        self._register(self.person).action_set_done()
        self.assertEqual(self._get_points(), 0)
        self._register(self._create_customer("B")).action_set_done()

    def test_nobody_gives_himself_points_by_the_guest(self):
        self._register(self.person)
        guest = self._get_guest(self.person).with_user(self.sally)
        with self.assertRaises(AccessError):
            guest.write({"state": "attended"})
        with self.assertRaises(AccessError):
            self.course.registration_ids.with_user(self.sally).action_set_done()
        for wrong in (-1, 10**9):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.course.attendance_points = wrong
                self.env.flush_all()

    def test_many_come_by_as_many_statements(self):
        counts = []
        for number in (3, 2, 20):
            event = self._create_activity(f"For {number}", attendance_points=5)
            people = self.env["res.partner"].create(
                [
                    {"name": f"P{number}-{one}", "is_managed_customer": True}
                    for one in range(number)
                ]
            )
            self._join(people)
            registrations = self.env["event.registration"].create(
                [{"event_id": event.id, "partner_id": one.id} for one in people]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            registrations.mapped("state")
            before = self.env.cr.sql_log_count
            registrations.action_set_done()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])


@tagged("post_install", "-at_install")
class TestActivityTold(ActivityCommon):
    """CL-5: what an activity was, on the customer and in figures."""

    def test_the_customer_shows_it_and_its_history_tells_it(self):
        self._register(self.person).action_set_done()
        self.assertEqual(self.customer.event_guest_count, 1)
        lines = self.customer.get_history(["activity"])["lines"]
        self.assertEqual(len(lines), 1)
        self.assertIn("Winter course", lines[0]["text"])
        self.assertIn("Lecture", lines[0]["title"])

    def test_the_report_tells_cost_share_points_and_sales(self):
        self.course.write(
            {
                "seats_limited": True,
                "seats_max": 10,
                "cost_ids": [
                    (0, 0, {"name": "Room", "planned": 300, "actual": 400}),
                    (0, 0, {"name": "Food", "planned": 100, "actual": 200}),
                ],
            }
        )
        stranger = self._create_customer("B")
        self._register(stranger)
        self._register(self.person).action_set_done()
        begun = fields.Datetime.now() - timedelta(days=20)
        self.course.write({"date_begin": begun, "date_end": begun + timedelta(hours=1)})
        self._create_order(self.customer, 700)
        self.env.flush_all()
        measures = ["guest_count:sum", "attended_count:sum", "attended_rate:avg"]
        measures += ["seats:sum", "planned:sum", "actual:sum", "points:sum"]
        [row] = self.env["crm.event.report"]._read_group(
            [("event_id", "=", self.course.id)],
            ["event_id"],
            [*measures, "sales_after:sum"],
        )
        self.assertEqual(row[1:], (2, 1, 50, 10, 400, 600, 50, 700))
        self.assertEqual(self.course.cost_per_guest, 600)
        empty = self._create_activity("Empty")
        empty.cost_ids = [(0, 0, {"name": "Room", "planned": 5})]
        self.env.flush_all()
        line = self.env["crm.event.report"].search([("event_id", "=", empty.id)])
        self.assertEqual((line.guest_count, line.planned), (0, 5))

    def test_costs_are_for_those_who_lead(self):
        self.course.cost_ids = [(0, 0, {"name": "Room", "planned": 5})]
        with self.assertRaises(AccessError):
            self.course.cost_ids.with_user(self.sally).read(["planned"])
        with self.assertRaises(AccessError):
            self.env["crm.event.report"].with_user(self.sally).search([])

    def test_guests_who_become_one_stand_once(self):
        twin = self._create_person(self.customer, "Ada again")
        self._register(twin).action_set_done()
        self._invite()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.person | twin).ids, self.person)
        guest = self.env["crm.event.guest"].search([("event_id", "=", self.course.id)])
        self.assertEqual(guest.attendee_id, self.person)
        self.assertEqual(guest.state, "attended")
