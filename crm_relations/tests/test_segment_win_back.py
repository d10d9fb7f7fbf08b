from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common.lost import LostCommon


@tagged("post_install", "-at_install")
class TestWinBack(LostCommon):
    """SE-10: tasks to win customers back, and the order that does it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.register_lost(cls.price.id)
        cls.lost = cls.env["crm.lost.customer"].search(
            [("partner_id", "=", cls.customer.id)]
        )
        # An order is confirmed after the registration, not in the same second.
        cls.lost.registered_at = fields.Datetime.now() - timedelta(days=1)
        cls.due = fields.Date.today() + timedelta(days=7)

    def _plan(self, lost=None, user=None):
        records = (lost or self.lost).with_user(user or self.rita)
        return records.plan_win_back(self.due, "Visit")

    def test_the_task_is_an_activity_of_the_owner(self):
        answers = self._plan(user=self.sally)
        self.assertEqual(self._get_codes(answers), ["planned"])
        self.assertRecordValues(
            self.lost.activity_id,
            [
                {
                    "res_id": self.customer.id,
                    "res_model": "res.partner",
                    "user_id": self.sally.id,
                    "date_deadline": self.due,
                    "summary": "Win back: Price",
                }
            ],
        )
        self.assertEqual(self.lost.state, "winning")

    def test_without_an_owner_the_leader_of_the_team_that_lost_it_does_it(self):
        self.customer.user_id = False
        self._plan()
        self.assertEqual(self.lost.task_user_id, self.max)

    def test_without_owner_and_leader_the_caller_does_it(self):
        self.lost.write({"user_id": False, "team_id": self.south.id})
        self.customer.user_id = False
        self._plan()
        self.assertEqual(self.lost.task_user_id, self.rita)

    def test_at_most_one_task_is_open(self):
        self._plan()
        self.assertEqual(self._get_codes(self._plan()), ["open_task"])
        self.lost.activity_id.action_feedback()
        self.assertEqual(self.lost.state, "winning")
        self.assertEqual(self._get_codes(self._plan()), ["planned"])

    def test_giving_up_removes_the_task(self):
        self._plan()
        activity = self.lost.activity_id
        self.lost.with_user(self.sally).action_give_up()
        self.assertFalse(activity.exists())
        self.assertEqual(self.lost.state, "lost")

    def test_each_record_has_its_answer(self):
        other = self._create_customer("Sam's", user_id=self.sam.id)
        self._register(other)
        lost = self.lost | self._get_lost(other)
        codes = self._get_codes(self._plan(lost, self.sally))
        self.assertEqual(codes, ["planned", "not_allowed"])
        for act in ("action_give_up", "action_won_back"):
            with self.assertRaises(AccessError):
                getattr(self._get_lost(other).with_user(self.sally), act)()

    def test_a_day_gone_by_is_refused(self):
        with self.assertRefused("today or later"):
            self.lost.plan_win_back(fields.Date.today() - timedelta(days=2))

    def test_many_tasks_take_as_many_statements_as_one(self):
        customers = self.env["res.partner"].union(
            *(
                self._create_customer(f"C{number}", user_id=self.sally.id)
                for number in range(8)
            )
        )
        self._register(customers)
        lost = self._get_lost(customers)
        counts = []
        for group in (lost[:1], lost[1:2], lost[2:]):
            self.env.invalidate_all()
            counts.append(self._count_statements(lambda group=group: self._plan(group)))
        self.assertEqual(counts[1], counts[2])

    def test_the_next_order_wins_the_customer_back(self):
        self._plan()
        activity = self.lost.activity_id
        self._create_order(self.customer, 10, confirm=False)
        self.assertEqual(self.lost.state, "winning")
        self._create_order(self.customer, 10, days_ago=0)
        self.assertRecordValues(
            self.lost, [{"state": "won_back", "won_back_on": self.today}]
        )
        self.assertFalse(activity.exists())
        self.assertFalse(self.customer.is_lost)
        self.assertEqual(self._get_codes(self._plan()), ["won_back"])

    def test_an_order_of_a_contact_wins_back_as_well(self):
        person = self._create_person(self.customer)
        self._create_order(person, 10, days_ago=0)
        self.assertEqual(self.lost.state, "won_back")

    def test_the_night_finds_orders_confirmed_elsewhere(self):
        old, new = self._order_on(self.customer, 400, 0)
        self.lost.write({"state": "lost", "won_back_on": False})
        new.date_order = fields.Datetime.now() - timedelta(days=2)
        records = self.env["crm.lost.customer"]
        records._find_won_back()
        self.assertEqual(self.lost.state, "lost")
        new.date_order = fields.Datetime.now()
        self.assertEqual(records._find_won_back(), 1)
        self.assertEqual(self.lost.state, "won_back")
        self.assertEqual(records._find_won_back(), 0)
        self.assertEqual(old.state, "sale")

    def test_who_was_won_back_can_be_lost_again(self):
        self.lost.with_user(self.sally).action_won_back()
        self.assertEqual(self.lost.won_back_on, self.today)
        self.assertEqual(self._get_codes(self._register(self.customer)), ["registered"])
        self.assertEqual(self.customer.lost_count, 2)

    def test_a_deleted_record_takes_its_task_along(self):
        self._plan()
        activity = self.lost.activity_id
        self.lost.with_user(self.rita).unlink()
        self.assertFalse(activity.exists())

    def test_a_merge_keeps_one_open_task(self):
        other = self._create_customer("Same", user_id=self.sam.id)
        self._register(other)
        twin = self._get_lost(other)
        self._plan(twin)
        activity = twin.activity_id
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.customer | other).ids, self.customer, extra_checks=False
        )
        self.assertRecordValues(
            self.lost, [{"activity_id": activity.id, "state": "winning"}]
        )
        self.assertEqual(activity.res_id, self.customer.id)

    @freeze_time("2026-03-05 20:00:00")  # the 6th in Shanghai
    def test_the_day_is_that_of_the_company_that_sold(self):
        calendars = self.env["resource.calendar"]
        west = calendars.create({"name": "West", "tz": "America/Los_Angeles"})
        self.company.resource_calendar_id = west
        far = calendars.create({"name": "East", "tz": "Asia/Shanghai"})
        values = {"name": "East", "resource_calendar_id": far.id}
        east = self.env["res.company"].create(values)
        customer = self._create_customer("Far", company_id=east.id)
        customer.register_lost(self.price.id)
        lost = self._get_lost(customer)
        lost.registered_at = fields.Datetime.now() - timedelta(days=1)
        self._create_order(customer, 10, days_ago=0, company_id=east.id)
        self.env["crm.lost.customer"]._find_won_back(customer.ids)
        self.assertEqual(str(customer.last_order_on), "2026-03-06")
        self.assertEqual(str(lost.won_back_on), "2026-03-06")

    def test_the_wizard_says_how_it_went(self):
        other = self._create_customer("Sam's", user_id=self.sam.id)
        self._register(other)
        wizard = self.env["crm.win.back.wizard"].with_user(self.sally)
        wizard = wizard.create(
            {"lost_ids": (self.lost | self._get_lost(other)).ids, "day": self.due}
        )
        message = wizard.action_apply()["params"]["message"]
        self.assertRegex(message, r"1 planned, 1 not: Sam's: Only the owner")
