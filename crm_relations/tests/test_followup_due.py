from datetime import date, datetime, timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon

NOW = fields.Datetime.to_datetime("2026-03-04 10:00:00")  # a Wednesday
TODAY = NOW.date()


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFollowupDue(RelationsCommon):
    """Contacts and visits due, who is told, what My Day and the targets count."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.env["crm.followup.target"].search([]).unlink()
        cls.env["crm.contact.escalation"].search([]).unlink()
        cls.visit = cls.env["crm.followup.kind"]._get_for_channel("visit")
        cls.tier_a.write({"contact_interval_days": 0, "visit_interval_days": 10})
        cls.customer = cls._create_customer(user_id=cls.sally.id, tier_id=cls.tier_a.id)
        cls._age_ownership(cls.customer, 60)

    def _get_dates(self):
        customer = self.customer
        return [
            day and fields.Date.to_string(day)
            for day in (customer.contact_due_date, customer.visit_due_date)
        ]

    def test_a_tier_may_ask_for_visits_alone(self):
        """By the form as by the night."""
        self._create_followup(self.customer, kind_id=self.visit.id, days_ago=4)
        self.assertEqual(self._get_dates(), [False, "2026-03-10"])
        self.assertFalse(
            self.env["res.partner"]._refresh_contact_dates(self.customer.ids)
        )

    def test_a_visitor_who_was_received_counts_and_a_call_or_a_kind_that_does_not(self):
        kinds = self.env["crm.followup.kind"]
        reception = kinds._get_for_channel("reception")
        idle = self.visit.copy({"counts_as_followup": False})
        for kind, days_ago, day in (
            (self.visit, 9, "2026-03-05"),
            (self.call, 1, "2026-03-05"),
            (idle, 2, "2026-03-05"),
            (reception, 3, "2026-03-11"),
        ):
            self._create_followup(self.customer, kind_id=kind.id, days_ago=days_ago)
            with self.subTest(kind.channel):
                self.assertEqual(self._get_dates()[1], day)

    def test_a_visit_before_the_salesperson_came_is_nothing_of_his(self):
        self._create_followup(self.customer, kind_id=self.visit.id, days_ago=30)
        self._age_ownership(self.customer, 5)
        self.assertEqual(self._get_dates()[1], "2026-03-09")

    def test_an_escalation_is_of_the_company_of_the_customer(self):
        escalations = self.env["crm.contact.escalation"]
        self.tier_a.contact_interval_days = 1
        other = self.env["res.company"].create({"name": "Other"})
        self.customer.relation_company_id = other
        self.env["res.partner"]._refresh_contact_dates(self.customer.ids)
        self.assertEqual(escalations._escalate(7), 1)
        self.assertEqual(escalations.search([]).company_id, other)
        self.assertEqual(escalations._escalate(7), 0)

    def test_nobody_is_told_of_the_own_customers_nor_of_archived_ones(self):
        escalations = self.env["crm.contact.escalation"]
        self.max.sale_team_id = self.north
        long_ago = TODAY - timedelta(days=99)
        for owner, active, told in (
            (self.max, True, 0),
            (self.sally, False, 0),
            (self.sally, True, 1),
        ):
            self.customer.write({"user_id": owner.id, "active": active})
            self.customer.contact_due_date = long_ago
            with self.subTest(owner=owner.login, active=active):
                self.assertEqual(escalations._escalate(7), told)

    def test_never_passed_on_a_customer_is_red_after_a_day(self):
        self.env["ir.config_parameter"].set_param("crm_relations.escalation_days", 0)
        partners = self.env["res.partner"].with_user(self.max)
        supplier = self.env["res.partner"].create({"name": "Supplier"})
        for due, owner, found in (
            (TODAY - timedelta(days=1), self.sally, True),
            (TODAY, self.sally, False),
            (TODAY - timedelta(days=9), self.sam, False),  # of another team
            (TODAY - timedelta(days=9), self.env["res.users"], False),
        ):
            self.customer.write({"user_id": owner.id, "pool_id": False})
            (self.customer | supplier).contact_due_date = due
            red = partners.search(partners._get_red_list_action()["domain"])
            with self.subTest(due=due, owner=owner.login):
                self.assertEqual(self.customer in red, found)
                self.assertNotIn(supplier, red)

    def _get_card(self, key, user=None):
        self.env.flush_all()
        day = self.env["crm.my.day"].with_user(user or self.sally).get_day()
        cards = [card for column in day["columns"] for card in column["cards"]]
        return next((card for card in cards if card["key"] == key), None)

    def test_the_greatest_customers_stand_first_among_orders_overdue(self):
        twins = self._create_customer("Twin", user_id=self.sally.id) | self.customer
        supplier = self.env["res.partner"].create(
            {"name": "S", "user_id": self.sally.id}
        )
        (twins | supplier).next_order_expected_on = TODAY - timedelta(days=1)
        for partner, sales in zip(twins, (10, 20), strict=True):
            partner.sales_12_months = sales
        card = self._get_card("order_overdue")
        ids = [line["res_id"] for line in card["lines"]]
        self.assertEqual(ids, (twins[1] + twins[0]).ids)

    def test_the_longest_due_contact_stands_first(self):
        customers = self.customer
        for number in range(2):
            customers |= self._create_customer(f"C{number}", user_id=self.sally.id)
        for customer, days in zip(customers, (3, 9, 6), strict=True):
            customer.contact_due_date = TODAY - timedelta(days=days)
        lines = self._get_card("contact_due")["lines"]
        self.assertEqual([line["days_left"] for line in lines], [-9, -6, -3])

    def test_activities_on_other_documents_are_not_planned_here(self):
        before = self._get_card("planned")["count"]
        for record in (self.product, self.customer):
            record.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=TODAY,
                user_id=self.sally.id,
            )
        self.assertEqual(self._get_card("planned")["count"], before + 1)

    def test_who_waits_for_a_colleague_or_is_served_waits_for_nobody_else(self):
        self.env["crm.reception"].search([]).unlink()
        receptions = self.env["crm.reception"].create(
            [
                {"partner_id": self.customer.id, "consultant_id": user.id}
                for user in (self.sally, self.sam, self.sally)
            ]
        )
        receptions[2].action_hand_over()
        self.assertEqual(self._get_card("reception")["count"], 1)
        self.assertEqual(self._get_card("reception", self.sam)["count"], 1)

    def test_a_team_of_another_company_is_none_of_the_leaders(self):
        other = self.env["res.company"].create({"name": "Other"})
        teams = self.env["crm.my.day"].with_user(self.max)._get_teams()
        self.assertIn(self.north, teams)
        self.max.company_ids |= other
        self.north.member_ids = False
        self.north.company_id = other
        days = self.env["crm.my.day"].with_user(self.max)
        self.assertIn(self.north, days._get_teams())
        here = days.with_context(allowed_company_ids=self.company.ids)
        self.assertNotIn(self.north, here._get_teams())

    def test_everyone_is_who_works_for_these_companies_from_within(self):
        other = self.env["res.company"].create({"name": "Other"})
        there = self._create_user(
            "there", "group_sales_user", company_id=other.id, company_ids=other.ids
        )
        portal = self.env["res.users"].create(
            {
                "name": "Portal",
                "login": "portal-day",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        users = self.env["crm.my.day"].with_user(self.rita)._get_users(0)
        self.assertIn(self.sam, users)
        self.assertFalse(users & (there | portal))

    def _create_target(self, **values):
        return self.env["crm.followup.target"].create(
            {
                "name": "Much",
                "goal": 1,
                "team_id": self.north.id,
                "measure": "followups",
                "start_date": "2020-01-01",
            }
            | values
        )

    def _get_starts(self):
        self.env.flush_all()
        self.env.invalidate_all()
        lines = self.env["crm.target.result"].search([("user_id", "=", self.sally.id)])
        return sorted(lines.mapped("period_start"))

    def test_so_many_periods_are_shown_and_the_present_one_is_the_last(self):
        target = self._create_target(period="month")
        starts = self._get_starts()
        self.assertEqual(len(starts), 24)
        self.assertEqual((starts[0], starts[-1]), (date(2024, 4, 1), date(2026, 3, 1)))
        target.period = "week"
        starts = self._get_starts()
        self.assertEqual(len(starts), 26)
        self.assertEqual(starts[-1], date(2026, 3, 2))
        target.write({"period": "day", "end_date": "2026-03-03"})
        self.company.resource_calendar_id = False
        starts = self._get_starts()
        self.assertEqual((starts[0], starts[-1]), (date(2025, 12, 3), date(2026, 3, 3)))

    def test_a_target_may_end_on_the_day_it_starts(self):
        self.assertTrue(self._create_target(start_date=TODAY, end_date=TODAY))

    def test_without_a_team_those_of_its_company_in_any_team_are_asked(self):
        other = self.env["res.company"].create({"name": "Other"})
        there = self._create_user(
            "there", "group_sales_user", company_id=other.id, company_ids=other.ids
        )
        self.south.member_ids |= there
        self._create_target(team_id=False, start_date=TODAY)
        self.env.flush_all()
        asked = self.env["crm.target.result"].search([]).user_id
        self.assertLessEqual(self.sally | self.sam, asked)
        self.assertFalse(asked & (there | self.rita))

    def test_a_line_opens_what_counted_for_its_kind_and_its_customers(self):
        tag = self.env["res.partner.category"].create({"name": "Intent"})
        self.customer.write(
            {"category_id": tag.ids, "lifecycle": "loyal", "tier_id": self.tier_a.id}
        )
        other = self._create_customer("Other")
        mine = self._create_followup(self.customer, date=NOW)
        for customer, values in (
            (self.customer, {"kind_id": self.visit.id}),
            (self.customer, {"user_id": self.sam.id}),
            (other, {"user_id": self.sally.id}),
        ):
            self._create_followup(customer, date=NOW, **values)
        for values in (
            {"kind_id": self.call.id, "category_ids": tag.ids},
            {"kind_id": self.call.id, "lifecycle": "loyal"},
            {"kind_id": self.call.id, "tier_ids": self.tier_a.ids},
        ):
            target = self._create_target(start_date=TODAY, **values)
            self.env.flush_all()
            line = self.env["crm.target.result"].search(
                [("target_id", "=", target.id), ("user_id", "=", self.sally.id)]
            )
            with self.subTest(values):
                self.assertEqual(line.achieved, 1)
                domain = line.action_open_followups()["domain"]
                self.assertEqual(self.env["crm.followup"].search(domain), mine)

    def test_a_digest_comes_in_the_chat_there_is_and_for_one_company_only(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.sally.company_ids |= other
        clerk = self.env["res.users"].create({"name": "Clerk", "login": "clerk-d"})
        self.tier_a.contact_interval_days = 1
        self.env["res.partner"]._refresh_contact_dates(self.customer.ids)
        digests = self.env["crm.daily.digest"]
        waiting = digests._get_waiting_users(self.company, TODAY, 0, limit=10000)
        self.assertIn(self.sally, waiting)
        self.assertNotIn(clerk, waiting)
        self.assertNotIn(
            self.sally, digests._get_waiting_users(other, TODAY, 0, limit=10000)
        )
        later = digests._get_waiting_users(self.company, TODAY, self.sally.id)
        self.assertNotIn(self.sally, later)
        for day in (TODAY, TODAY + timedelta(days=1)):
            with freeze_time(datetime.combine(day, NOW.time())):
                digests._send(self.sally, self.company, day)
        robot = self.env.ref("base.partner_root")
        chats = (
            self.env["discuss.channel"]
            .search([("channel_member_ids.partner_id", "=", self.sally.partner_id.id)])
            .filtered(lambda chat: robot in chat.channel_member_ids.partner_id)
        )
        self.assertEqual(len(chats), 1)
        self.assertEqual(len(chats.message_ids.filtered("body")), 2)
