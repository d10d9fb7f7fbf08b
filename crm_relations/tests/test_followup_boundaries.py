from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon

NOW = fields.Datetime.to_datetime("2026-03-04 10:00:00")  # a Wednesday
TODAY = NOW.date()
DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFollowupBoundaries(RelationsCommon):
    """Due today is not overdue, and who has left is told nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.cn")
        cls.company.resource_calendar_id.tz = "UTC"
        cls.tier_a.write({"contact_interval_days": 7, "visit_interval_days": 0})
        cls.env["crm.contact.escalation"].search([]).unlink()
        cls.env["crm.followup.target"].search([]).unlink()
        cls.customer = cls._create_customer(user_id=cls.sally.id)

    def _get_cards(self, user=None, team_id=False):
        self.env.flush_all()
        day = self.env["crm.my.day"].with_user(user or self.sally).get_day(team_id)
        return {
            card["key"]: card["count"]
            for column in day["columns"]
            for card in column["cards"]
        }

    def _leave(self, user):
        """Let the user be archived, without what else follows from it."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_users SET active = FALSE WHERE id = %s", [user.id]
        )
        self.env.invalidate_all()

    def test_an_order_expected_today_is_not_overdue(self):
        for day, overdue in ((TODAY, 0), (TODAY - DAY, 1)):
            self.customer.next_order_expected_on = day
            with self.subTest(day):
                self.assertEqual(self._get_cards()["order_overdue"], overdue)

    def test_a_customer_that_is_lost_or_archived_is_not_overdue(self):
        self.customer.next_order_expected_on = TODAY - DAY
        reason = self.env["crm.churn.reason"].search(
            [("asks_competitor", "=", False)], limit=1
        )
        self.customer.register_lost(reason.id)
        self.assertEqual(self._get_cards()["order_overdue"], 0)
        self.customer.lost_customer_ids.action_won_back()
        self.assertEqual(self._get_cards()["order_overdue"], 1)
        self.customer.active = False
        self.assertEqual(self._get_cards()["order_overdue"], 0)

    def test_due_today_is_to_do_now_and_not_a_matter_of_the_week(self):
        self.customer.tier_id = self.tier_a
        for days, now, soon in ((0, 1, 0), (1, 0, 1), (7, 0, 1), (8, 0, 0)):
            self.customer.contact_due_date = TODAY + days * DAY
            activity = self.customer.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=TODAY + days * DAY,
                user_id=self.sally.id,
            )
            cards = self._get_cards()
            with self.subTest(days):
                keys = ("contact_due", "contact_week", "planned", "planned_week")
                self.assertEqual([cards[key] for key in keys], [now, soon] * 2)
            activity.unlink()

    def test_a_visit_due_today_is_on_my_day(self):
        self.customer.visit_due_date = TODAY
        self.assertEqual(self._get_cards()["visit_due"], 1)
        self.customer.visit_due_date = TODAY + DAY
        self.assertNotIn("visit_due", self._get_cards())

    def test_red_is_who_is_late_by_all_of_the_days(self):
        self.env["ir.config_parameter"].set_param("crm_relations.escalation_days", 7)
        for days, count in ((6, 0), (7, 1)):
            self.customer.contact_due_date = TODAY - days * DAY
            cards = self._get_cards(self.max, self.north.id)
            action = self.env["res.partner"].with_user(self.max)._get_red_list_action()
            red = self.env["res.partner"].search(action["domain"])
            with self.subTest(days):
                self.assertEqual(cards["red_list"], count)
                self.assertEqual(len(red & self.customer), count)

    def _escalate(self):
        self.env["crm.contact.escalation"]._escalate(7)
        return self.env["crm.contact.escalation"].search([])

    def test_a_leader_is_not_told_of_the_own_customers(self):
        self.customer.contact_due_date = TODAY - 7 * DAY
        self.north.user_id = self.sally
        self.assertFalse(self._escalate())

    def test_of_an_archived_customer_nobody_is_told(self):
        self.customer.write({"contact_due_date": TODAY - 7 * DAY, "active": False})
        self.assertFalse(self._escalate())

    def test_each_company_is_told_by_its_own_day(self):
        east = self.env["res.company"].create({"name": "East"})
        east.resource_calendar_id = east.resource_calendar_id.copy()
        east.resource_calendar_id.tz = "Pacific/Auckland"
        there = self._create_customer(company_id=east.id, user_id=self.sally.id)
        (self.customer | there).contact_due_date = TODAY - 6 * DAY
        with freeze_time("2026-03-04 12:00:00"):  # the 5th in Auckland
            self.assertEqual(self._escalate().partner_id, there)

    def test_assigning_all_calls_of_a_number_leaves_those_of_colleagues(self):
        mine, also_mine = (self._log_call(self.sally) for _call in range(2))
        theirs = self._log_call(self.sam)
        wizard = self.env["crm.call.assign.wizard"].with_user(self.sally)
        wizard.create(
            {"followup_ids": mine.ids, "partner_id": self.customer.id}
        ).action_apply()
        self.assertEqual((mine | also_mine).partner_id, self.customer)
        self.assertFalse(theirs.partner_id)

    def _log_call(self, user, number="13900139000", **values):
        calls = self.env["crm.followup"].with_user(user)
        call_id = calls.log_call(number, "in", "2026-03-04T09:00:00Z", 60, **values)
        return self.env["crm.followup"].browse(call_id)

    def test_a_call_assigned_to_somebody_is_not_assigned_anew_with_the_others(self):
        other = self._create_customer("Other", user_id=self.sally.id)
        assigned, waiting = (self._log_call(self.sally) for _call in range(2))
        assigned.partner_id = other
        wizard = self.env["crm.call.assign.wizard"].with_user(self.sally)
        wizard.create(
            {"followup_ids": waiting.ids, "partner_id": self.customer.id}
        ).action_apply()
        self.assertEqual(assigned.partner_id, other)

    def test_a_call_of_who_has_left_is_logged_as_his(self):
        self._leave(self.sam)
        call = self._log_call(self.exchange, user_login="sam")
        self.assertEqual(call.user_id, self.sam)

    def test_seven_digits_are_enough_to_be_offered_and_six_are_not(self):
        partners = self.env["res.partner"]
        self.customer.phone = "+86 10 6552 9988"
        for number, found in (("5529988", self.customer), ("529988", partners)):
            with self.subTest(number):
                self.assertEqual(partners._find_lookalikes(number), found)
        self.customer.active = False
        self.assertFalse(partners._find_lookalikes("5529988"))

    def test_a_visit_of_exactly_half_a_day_was_not_forgotten(self):
        for seconds, minutes in ((0, 720), (1, 0)):
            visits = self.env["crm.followup"].with_user(self.sally)
            visit = visits.browse(visits.check_in(self.customer.id, 31.0, 121.0, 5))
            with (
                self.subTest(seconds),
                freeze_time(NOW + timedelta(hours=12, seconds=seconds)),
            ):
                visit.check_out()
                self.assertEqual(visit.duration_minutes, minutes)

    def _create_target(self, **values):
        self.env["crm.followup.target"].create(
            {
                "name": "One",
                "goal": 1,
                "team_id": self.north.id,
                "start_date": TODAY,
                "measure": "followups",
            }
            | values
        )

    def _get_results(self):
        self.env.flush_all()
        self.env.invalidate_all()
        lines = self.env["crm.target.result"].with_user(self.rita).search([])
        return [(line.user_id, line.achieved, line.state) for line in lines]

    def test_nothing_is_missed_on_the_last_day_of_its_period(self):
        self._create_target(period="week")
        with freeze_time("2026-03-08 23:00:00"):  # the Sunday
            self.assertEqual(self._get_results(), [(self.sally, 0, "open")])
        with freeze_time("2026-03-09 00:00:00"):
            self.assertIn((self.sally, 0, "missed"), self._get_results())

    def test_a_target_counts_to_the_last_second_of_its_day(self):
        self._create_target(end_date=TODAY)
        with freeze_time("2026-03-05 10:00:00"):
            for moment in (
                *("2026-03-03 23:59:59", "2026-03-04 00:00:00"),
                *("2026-03-04 23:59:59", "2026-03-05 00:00:00"),
            ):
                self._create_followup(self.customer, date=moment)
            self.assertEqual(self._get_results(), [(self.sally, 2, "met")])

    def test_nothing_is_asked_of_who_has_left(self):
        self._create_target()
        self._leave(self.sally)
        self.assertFalse(self._get_results())
