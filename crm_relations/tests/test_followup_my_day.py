from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon
from .common.opened import OpenedCase

# Card: which line comes first. Of those alike the older one.
FIRST = {
    "documents": "expires_on, customer_id, kind_id, id",
    "documents_kept": "expires_on, customer_id, kind_id, id",
    "documents_expiring": "expires_on, customer_id, kind_id, id",
    "reviews": "review_due, id",
    "what_next": "score DESC, id",
    "proposals": "id",  # the oldest first
    "poor_archives": "archive_rate, sales_12_months DESC, id",
    **dict.fromkeys(("callback", "callback_list"), "priority DESC, deadline_at, id"),
    **dict.fromkeys(
        ("care", "care_nobody", "care_week", "care_late"), "occasion_date, id"
    ),
    **dict.fromkeys(("received", "lost"), "decided_at DESC, id DESC"),
    "leaving": "pool_release_date, id",
    "approvals": "release_date, id",
    **dict.fromkeys(("planned", "planned_week"), "date_deadline, id"),
    **dict.fromkeys(("contact_due", "contact_week"), "contact_due_date, id"),
    "visit_due": "visit_due_date, id",
    "red_list": "contact_due_date, id",
    "reception": "arrived_at, id",
    "order_overdue": "sales_12_months DESC, id",
    "callback_week": "next_at, id",
    "callback_late": "deadline_at, id",
    **dict.fromkeys(("work_report", "work_report_week"), "due_on, id"),
    "work_report_unread": "handed_in_at, id",
    "work_report_missing": "due_at DESC, id",
    **dict.fromkeys(("gift_approve", "concession_approve"), "asked_at, id"),
    "club_points": "found_on, id",
    "gift_give": "date, id",
    "concession_owed": "counter_due, id",
    "favour_return": "return_due, id",
    "referral_decide": "registered_on, id",
    "key_account_decide": "nominated_on, id",
    "key_account_end": "end_proposed_on, id",
    "plan_review": "due, id",
    "plan_approve": "asked_at, id",
    "plan_change": "asked_on, id",
    "team_ending": "until, id",
    "loans_to_decide": "since, id",
    "loans_mine": "until, id",
}


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestMyDay(OpenedCase, RelationsCommon):
    """The first screen: what to do now, for oneself or for a team."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.reception"].search([]).unlink()
        cls.tier_a.contact_interval_days = 7
        cls.today = cls.company._get_relations_today()
        cls.customer = cls._create_customer(
            "Great Wall", user_id=cls.sally.id, tier_id=cls.tier_a.id
        )
        cls._age_ownership(cls.customer, 60)

    def _get_cards(self, user=None, team_id=False, **context):
        self.env.flush_all()
        days = self.env["crm.my.day"].with_user(user or self.sally)
        day = days.with_context(**context).get_day(team_id)
        return {
            card["key"]: card for column in day["columns"] for card in column["cards"]
        }

    def _plan(self, days, user=None, record=None, **values):
        record = record or self.customer
        return record.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.today + timedelta(days=days),
            user_id=(user or self.sally).id,
            **values,
        )

    def _open(self, key, user=None, team_id=False):
        days = self.env["crm.my.day"].with_user(user or self.sally)
        action = days.open_card(key, team_id)
        records = self.env[action["res_model"]].with_user(user or self.sally)
        return records.search(action["domain"])

    def test_the_most_urgent_line_comes_first_in_each_card(self):
        role = self.env.ref("crm_relations.group_callback_agent")
        (self.rita | self.sally).group_ids += role
        found = {}
        for user in (self.rita, self.sally):
            day = self.env["crm.my.day"].with_user(user)
            cards = day._get_my_day_cards(user, self.today)
            # The cards of other addons are theirs to judge.
            found |= {
                card["key"]: card["order"]
                for card in cards
                if not self._is_of_addon(card)
            }
        self.assertEqual(found, {key: FIRST.get(key) for key in found})
        self.assertLessEqual({"leaving", "approvals", "callback", "care"}, set(found))

    def _is_of_addon(self, card):
        module = self.env[card["model"]]._original_module
        return module.startswith("crm_relations_")

    def test_what_is_planned_for_today_the_latest_first(self):
        for days, summary in ((0, "Today"), (-2, "Late"), (3, "Soon"), (9, "Later")):
            self._plan(days, summary=summary)
        cards = self._get_cards()
        self.assertEqual(cards["planned"]["count"], 2)
        self.assertEqual(
            [
                (line["name"], line["detail"], line["days_left"])
                for line in cards["planned"]["lines"]
            ],
            [("Great Wall", "Late", -2), ("Great Wall", "Today", 0)],
        )
        self.assertEqual(cards["planned_week"]["count"], 1)

    def test_a_card_counts_all_and_shows_three(self):
        for _number in range(5):
            self._plan(0)
        card = self._get_cards()["planned"]
        self.assertEqual((card["count"], len(card["lines"])), (5, 3))
        self.assertEqual(len(self._open("planned")), 5)

    def test_follow_up_due_now_and_within_a_week(self):
        self._create_followup(self.customer, days_ago=9)
        soon = self._create_customer(
            "Soon", user_id=self.sally.id, tier_id=self.tier_a.id
        )
        self._age_ownership(soon, 60)
        self._create_followup(soon, days_ago=2)
        cards = self._get_cards()
        [line] = cards["contact_due"]["lines"]
        self.assertEqual((line["name"], line["days_left"]), ("Great Wall", -2))
        self.assertEqual(
            (line["res_model"], line["res_id"]), ("res.partner", self.customer.id)
        )
        self.assertEqual(cards["contact_week"]["lines"][0]["name"], "Soon")
        self.assertEqual(self._open("contact_due"), self.customer)

    def test_customers_about_to_leave_for_the_pool(self):
        self._create_pool_rule(30, domain=self._only(self.customer))
        self._age_ownership(self.customer, 26)
        self.customer._refresh_release_dates(self.customer.ids)
        [line] = self._get_cards()["leaving"]["lines"]
        self.assertEqual(line["days_left"], 4)
        self.assertIn("No follow-up since", line["detail"])

    def test_care_is_no_planned_activity_as_well(self):
        rule = self.env["crm.care.rule"].create({"name": "Birthday"})
        for days in (0, 5):
            self.env["crm.care.task"].create(
                {
                    "rule_id": rule.id,
                    "partner_id": self.customer.id,
                    "occasion": str(days),
                    "occasion_date": self.today + timedelta(days=days),
                    "due_at": self.today,
                    "user_id": self.sally.id,
                }
            )
        self.env["crm.care.dispatch"]._dispatch_batch()
        cards = self._get_cards()
        self.assertEqual((cards["care"]["count"], cards["care_week"]["count"]), (1, 1))
        self.assertEqual(cards["planned"]["count"], 0)
        self.assertEqual(cards["planned_week"]["count"], 0)

    def test_customers_that_came_and_those_lost(self):
        self.assertNotIn("received", self._get_cards(self.sam))
        self.customer.user_id = self.sam
        [line] = self._get_cards(self.sam)["received"]["lines"]
        self.assertEqual(line["name"], "Great Wall")

    def test_who_waits_at_the_reception(self):
        self.assertNotIn("reception", self._get_cards())
        self.env["crm.reception"].create({"partner_id": self.customer.id})
        self.assertEqual(self._get_cards()["reception"]["count"], 1)

    def test_a_line_opens_what_is_to_be_done(self):
        """A visitor whom nobody knows yet has no customer that could be opened."""
        visitor = self.env["crm.reception"].create({"name": "Stranger"})
        [line] = self._get_cards()["reception"]["lines"]
        self.assertEqual(
            (line["name"], line["res_model"], line["res_id"]),
            ("Stranger", visitor._name, visitor.id),
        )

    def test_everyone_sees_the_own_day(self):
        self._plan(0)
        self._plan(0, user=self.sam)
        self._plan(0, user=self.sam)
        self.assertEqual(self._get_cards(self.sally)["planned"]["count"], 1)
        self.assertEqual(self._get_cards(self.sam)["planned"]["count"], 2)

    def test_a_leader_switches_to_the_team(self):
        self._plan(0)
        self._plan(0, user=self.sam)
        self.assertEqual(self._get_cards(self.max)["planned"]["count"], 0)
        card = self._get_cards(self.max, self.north.id)["planned"]
        self.assertEqual(card["count"], 1)
        self.assertEqual(card["lines"][0]["person"], "Sally")
        self.assertEqual(len(self._open("planned", self.max, self.north.id)), 1)

    def test_nobody_sees_a_team_of_others(self):
        days = self.env["crm.my.day"]
        for user, team_id in (
            (self.sally, self.north.id),
            (self.max, self.south.id),
            (self.max, 0),
            (self.anna, 0),
        ):
            with self.subTest(user=user.login, team=team_id):
                with self.assertRaises(AccessError):
                    days.with_user(user).get_day(team_id)
                with self.assertRaises(AccessError):
                    days.with_user(user).open_card("planned", team_id)

    def test_the_relations_manager_sees_every_team_and_everyone(self):
        self._plan(0)
        self._plan(0, user=self.sam)
        day = self.env["crm.my.day"].with_user(self.rita).get_day()
        scopes = {scope["name"] for scope in day["scopes"]}
        self.assertLessEqual({"Me", "North", "South", "Everyone"}, scopes)
        before = self._get_cards(self.rita, 0)["planned"]["count"]
        self._plan(0, user=self.sam)
        self.assertEqual(self._get_cards(self.rita, 0)["planned"]["count"], before + 1)
        self.assertEqual(
            self._get_cards(self.rita, self.south.id)["planned"]["count"], 2
        )

    def test_a_salesperson_has_no_choice(self):
        day = self.env["crm.my.day"].with_user(self.sally).get_day()
        self.assertEqual(day["scopes"], [])

    def test_who_has_no_role_has_no_day(self):
        clerk = self.env["res.users"].create({"name": "Clerk", "login": "clerk"})
        with self.assertRaises(AccessError):
            self.env["crm.my.day"].with_user(clerk).get_day()

    def test_a_customer_of_another_company_stays_there(self):
        self._create_followup(self.customer, days_ago=9)
        other = self.env["res.company"].create({"name": "Other"})
        self.customer.company_id = other
        self.assertEqual(self._get_cards()["contact_due"]["count"], 0)
        self.sally.company_ids |= other
        here = self._get_cards(allowed_company_ids=[other.id])
        self.assertEqual(here["contact_due"]["count"], 1)

    def test_a_card_that_is_gone_is_named(self):
        with self.assertRefused("no such card", UserError):
            self.env["crm.my.day"].with_user(self.sally).open_card("nonsense")

    def test_each_role_opens_each_of_its_cards(self):
        for user in (self.sally, self.max, self.rita, self.carl, self.anna, self.adam):
            for key, card in self._get_cards(user).items():
                with self.subTest(user=user.login, card=key):
                    day = self.env["crm.my.day"].with_user(user)
                    self.assertOpens(day.open_card(key), card["count"], day.env)

    def test_each_card_opens_what_it_counts(self):
        """Of what is due, what is nearly due, what is over and what others have."""
        for days in (-3, 0, 2, 9):
            self._plan(days)
            self._plan(days, self.sam)
        for number, user in enumerate((self.sally, self.sam, self.max) * 3):
            customer = self._create_customer(
                f"C{number}", user_id=user.id, tier_id=self.tier_a.id
            )
            self._age_ownership(customer, 10 * number)
            self._set_dates(customer, 5 * number - 12)
        self.env["crm.reception"].create({"partner_id": self.customer.id})
        for user, team in (
            (self.sally, False),
            (self.max, False),
            (self.max, self.north.id),
            (self.rita, 0),
        ):
            day = self.env["crm.my.day"].with_user(user)
            cards = self._get_cards(user, team)
            self.assertTrue(any(card["count"] for card in cards.values()))
            for key, card in cards.items():
                with self.subTest(user=user.login, team=team, card=key):
                    self.assertOpens(day.open_card(key, team), card["count"], day.env)

    def _set_dates(self, customer, days):
        """Have what the machine decides fall that many days from today."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET next_order_expected_on = %(day)s,"
            " pool_release_date = %(day)s WHERE id = %(id)s",
            {"day": self.today + timedelta(days=days), "id": customer.id},
        )
        self.env.invalidate_all()

    def test_one_query_a_card_whatever_it_counts(self):
        def read():
            self.env.invalidate_all()
            self._get_cards()

        self._plan(0)
        self._create_followup(self.customer, days_ago=9)
        read()
        few = self._count_statements(read)
        customers = [
            self._create_customer(
                f"C{number}", user_id=self.sally.id, tier_id=self.tier_a.id
            )
            for number in range(20)
        ]
        for customer in customers:
            self._age_ownership(customer, 60)
            self._create_followup(customer, days_ago=8)
            self._plan(0, record=customer)
        self.assertEqual(self._count_statements(read), few)

    def test_lines_are_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.sally.lang = "zh_CN"
        days = self.env["crm.my.day"].with_user(self.sally)
        day = days.with_context(lang="zh_CN").get_day()
        self.assertIn("3月", day["date"])
        self.assertEqual(fields.Date.to_string(self.today), "2026-03-04")
