from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common.next import NextCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestWhatNext(NextCommon):
    """FU-11: the list, and what moves a customer in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calm = cls._create_next("Calm")
        cls.other = cls._create_next("Other")

    def assertFirst(self, customer, chance):
        """It comes before the calm one, with this chance; which is not in danger."""
        self.assertEqual(self._get_list()[0], customer)
        self.assertAlmostEqual(self._get_line(customer).chance, chance)
        self.assertAlmostEqual(self._get_line(self.calm).chance, 0.1)

    def test_who_is_worth_more_comes_first(self):
        rich = self._create_next("Rich", sales=1001)
        self.assertEqual(self._get_list(), rich | self.calm | self.other)
        self.assertAlmostEqual(self._get_line(rich).at_stake, 100.1)

    def test_silence_beyond_the_own_rhythm(self):
        self._set(
            self.other,
            last_order_on=self._day(-40),
            next_order_expected_on=self._day(-20),
        )
        self.assertFirst(self.other, 0.5)
        line = self._get_line(self.other)
        self.assertEqual(line.why, "40 days without an order, expected after 20")

    def test_the_activity_model_where_it_is_fitted(self):
        model = self.env["crm.activity.model"].search([], limit=1)
        model = model or self.env["crm.activity.model"].create(
            {"company_id": self.company.id}
        )
        self._set(
            self.other,
            **{"last_order_on": self._day(-40), "order_day_count": 5},
            **{"next_order_expected_on": self._day(-39), "active_probability": 30},
            activity_model_id=model.id,
        )
        self.assertFirst(self.other, 0.7)
        self.assertIn("still active with 30 %", self._get_line(self.other).why)

    def test_the_layer(self):
        self._set(self.other, lifecycle="dormant")
        self.assertFirst(self.other, 0.6)
        self.assertEqual(self._get_line(self.other).why, "Dormant")

    def test_a_follow_up_due_from_its_day_on(self):
        self._set(self.other, contact_due_date=self._day(1))
        self.assertAlmostEqual(self._get_line(self.other).chance, 0.1)
        self._set(self.other, contact_due_date=self.today)
        self.assertFirst(self.other, 1 - 0.9 * (1 - 0.5 / 15))
        self._set(self.other, contact_due_date=self._day(-14))
        self.assertFirst(self.other, 1 - 0.9 * 0.5)
        self.assertIn("Follow-up due on Feb 18, 2026", self._get_line(self.other).why)

    def test_a_release_date_that_is_near(self):
        self._set(self.other, pool_release_date=self._day(14))
        self.assertAlmostEqual(self._get_line(self.other).chance, 0.1)
        self._set(self.other, pool_release_date=self._day(7))
        self.assertFirst(self.other, 1 - 0.9 * (1 - 0.8 / 2))
        self._set(self.other, pool_release_date=self.today)
        self.assertFirst(self.other, 1 - 0.9 * 0.2)
        self.assertIn("Leaves for the pool on", self._get_line(self.other).why)

    def test_an_open_quotation_that_grows_old(self):
        order = self._create_order(self.other, 10, days_ago=15, confirm=False)
        self.assertFirst(self.other, 1 - 0.9 * 0.75)
        self.assertIn("Quotation open for 15 days", self._get_line(self.other).why)
        order._action_cancel()
        self.assertAlmostEqual(self._get_line(self.other).chance, 0.1)

    def test_an_open_quotation_larger_than_what_was_bought(self):
        person = self._create_person(self.other)
        self._create_order(person, 7000, days_ago=0, confirm=False)
        line = self._get_line(self.other)
        self.assertEqual((line.value, self._get_list()[0]), (7000, self.other))
        self.assertIn("Quotations for", line.reason["sentence"])

    def test_quotations_of_another_company_are_not_ours_to_follow(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        order = self._create_order(self.other, 7000, days_ago=30, confirm=False)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET company_id = %s WHERE id = %s",
            [company.id, order.id],
        )
        line = self._get_line(self.other)
        self.assertEqual((line.value, round(line.chance, 4)), (1000, 0.1))

    def test_a_message_that_nobody_has_answered(self):
        person = self._create_person(self.other)
        for days, share, words in (
            (0, 1 / 3, "Wrote today, unanswered"),
            (1, 2 / 3, "Wrote yesterday, unanswered"),
            (2, 1, "Wrote 2 days ago, unanswered"),
        ):
            message = self._receive_message(self.other, days, author=person)
            self.assertFirst(self.other, 1 - 0.9 * (1 - 0.7 * share))
            self.assertIn(words, self._get_line(self.other).why)
            message.unlink()

    def test_a_message_that_was_answered_or_is_forgotten(self):
        self._receive_message(self.other, 31)
        self.assertAlmostEqual(self._get_line(self.other).chance, 0.1)
        self._receive_message(self.other, 3)
        colleague = self.sam.partner_id
        self._receive_message(self.other, 2, author=colleague, is_internal=True)
        self.assertAlmostEqual(self._get_line(self.other).chance, 1 - 0.9 * 0.3)
        answer = self._receive_message(self.other, 1, author=colleague)
        self.assertAlmostEqual(self._get_line(self.other).chance, 0.1)
        answer.unlink()
        self._create_followup(self.other, days_ago=2)
        self.assertAlmostEqual(self._get_line(self.other).chance, 0.1)

    def test_what_a_colleague_wrote_before_or_elsewhere_is_no_answer(self):
        colleague = self.sam.partner_id
        self._receive_message(self.other, 3, author=colleague)
        self._receive_message(self.other, 2)
        self._receive_message(self.other, 1, record=self.calm, author=colleague)
        self.assertAlmostEqual(self._get_line(self.other).chance, 1 - 0.9 * 0.3)
        self._receive_message(self.other, 1, author=colleague)
        self.assertAlmostEqual(self._get_line(self.other).chance, 0.1)

    def test_a_contact_at_that_moment_is_an_answer_and_a_colleague_no_customer(self):
        message = self._receive_message(self.other, 1)
        self.assertGreater(self._get_line(self.other).chance, 0.1)
        self._set(self.other, last_followup_at=message.date)
        self.assertAlmostEqual(self._get_line(self.other).chance, 0.1)
        self._set(self.other, last_followup_at=None)
        message.unlink()
        self.sam.partner_id.parent_id = self.other
        self._receive_message(self.other, 1, author=self.sam.partner_id)
        self.assertAlmostEqual(self._get_line(self.other).chance, 0.1)

    def test_who_has_written_since_the_contact_waits_all_the_same(self):
        self._create_followup(self.other, days_ago=1)
        self.assertLess(self._get_line(self.other).influence, 1)
        self._receive_message(self.other, 0)
        self.assertEqual(self._get_line(self.other).influence, 1)

    def test_a_contact_fades_within_a_week(self):
        for days, influence in ((0, 0.1), (1, 0.1 + 0.9 / 7), (6, 0.1 + 5.4 / 7)):
            followup = self._create_followup(self.other, days_ago=days)
            self.assertAlmostEqual(self._get_line(self.other).influence, influence)
            self.assertEqual(self._get_list(), self.calm | self.other)
            followup.unlink()
        self._create_followup(self.other, days_ago=7)
        self.assertEqual(self._get_line(self.other).influence, 1)

    def test_little_is_left_while_a_contact_is_planned(self):
        person = self._create_person(self.other)
        lead = self.env["crm.lead"].create({"name": "L", "partner_id": person.id})
        order = self._create_order(self.other, 1, confirm=False)
        for record in (self.other, person, lead, order):
            activity = record.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=self.sally.id,
                date_deadline=self._day(3),
            )
            with self.subTest(record):
                line = self._get_line(self.other)
                self.assertAlmostEqual(line.influence, 0.2)
                self.assertIn("planned for Mar 7, 2026", line.why)
            activity.unlink()
        self.assertEqual(self._get_line(self.other).influence, 1)

    def test_what_another_department_plans_is_no_contact(self):
        self.other.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.carl.id
        )
        self.assertEqual(self._get_line(self.other).influence, 1)

    def test_less_is_left_of_who_is_registered_as_lost(self):
        reason = self.env["crm.churn.reason"].search(
            [("asks_competitor", "=", False)], limit=1
        )
        self.other.register_lost(reason.id)
        line = self._get_line(self.other)
        self.assertAlmostEqual(line.influence, 0.3)
        self.assertIn("registered as lost", line.why)

    def test_who_refuses_or_is_not_to_be_bothered_is_not_in_the_list(self):
        self.other.care_opt_out = True
        self.assertEqual(self._get_list(), self.calm)
        self.other.care_opt_out = False
        self.assertEqual(len(self._get_list()), 2)
        self.patch(
            type(self.env["res.partner"]),
            "_get_care_pauses_sql",
            lambda partners: (
                self.env["res.partner"]
                .browse(self.calm.id)
                ._search([("id", "=", self.calm.id)])
                .select()
            ),
        )
        self.assertEqual(self._get_list(), self.other)

    def test_a_prospect_counts_with_what_is_usual_for_its_tier(self):
        """The median of 100, 300 and 5000, and of these with 2, 1000 and 1000."""
        everybody = self.env["res.partner"].search([("sales_12_months", ">", 0)])
        self._set(everybody - self.calm - self.other, sales_12_months=0)
        prospect = self._create_next("Prospect", sales=0)
        self._set(prospect, lifecycle="potential")
        self.assertEqual(self._get_line(prospect).value, 1)
        for sales, tier in ((100, "a"), (300, "a"), (5000, "a"), (2, "b")):
            buyer = self._create_next(f"Buyer {sales}", sales=sales)
            self._set(buyer, tier_id=getattr(self, f"tier_{tier}").id)
        self.env["crm.usual.value"]._refresh()
        for tier, value, words in (
            (self.tier_a, 300, "customers of its tier who buy"),
            (self.tier_b, 2, "customers of its tier who buy"),
            (self.tier_c, 650, "customers who buy"),
        ):
            self._set(prospect, tier_id=tier.id)
            line = self._get_line(prospect)
            self.assertEqual(line.value, value)
            self.assertIn(words, line.reason["sentence"])
        self.assertIn("Has not bought yet", line.why)

    def test_what_nobody_buys_any_more_is_not_usual(self):
        buyer = self._create_next(sales=300)
        self._set(buyer, tier_id=self.tier_c.id)
        usual = self.env["crm.usual.value"]
        usual._refresh()
        domain = [("tier_id", "=", self.tier_c.id)]
        self.assertTrue(usual.search(domain))
        buyers = self.env["res.partner"].search(domain)
        self._set(buyers, sales_12_months=0)
        usual._refresh()
        usual._refresh()
        self.assertFalse(usual.search(domain))
        self.assertTrue(usual.search([("tier_id", "=", False)]))

    def test_each_weight_is_a_setting_of_the_company(self):
        self._set(self.other, lifecycle="dormant")
        self.company.next_layer_percent = 50
        self.assertAlmostEqual(self._get_line(self.other).chance, 0.3)
        for value in (-1, 101):
            with self.assertRaises(ValidationError):
                self.company.next_layer_percent = value

    def test_a_weight_is_read_in_the_transaction_in_which_it_was_typed(self):
        self.env.flush_all()
        self.company.next_layer_percent = 0
        lines = self.env["crm.next.contact"].with_user(self.sally)
        line = lines.search([("partner_id", "=", self.calm.id)])
        self.assertEqual(line.chance, 0)

    def test_the_day_is_that_of_the_company_of_the_customer(self):
        """10:00 UTC on the 4th is 23:00 there, or has become the 5th."""
        self._set(self.other, contact_due_date=self._day(1))
        for zone, chance in (("UTC", 0.1), ("Pacific/Kiritimati", 1 - 0.9 * 29 / 30)):
            self.company.resource_calendar_id.tz = zone
            self.env.registry.clear_cache()
            self.assertAlmostEqual(self._get_line(self.other).chance, chance)

    def test_a_contact_late_in_the_evening_was_today_there(self):
        """23:30 UTC on the 3rd is the 4th in Shanghai."""
        self._create_followup(self.other)
        moment = self._moment(-1) + timedelta(hours=13.5)
        self._set(self.other, last_followup_at=moment)
        self.assertAlmostEqual(self._get_line(self.other).influence, 0.1 + 0.9 / 7)
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self.assertAlmostEqual(self._get_line(self.other).influence, 0.1)

    def test_the_why_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self._set(self.other, lifecycle="dormant", pool_release_date=self.today)
        line = self._get_line(self.other)
        self.assertEqual(
            line.why, "Leaves for the pool on Mar 4, 2026 · Dormant", line.facts
        )
        self.assertIn("Bought for", line.reason["sentence"])
        self.assertEqual(line.reason["figures"][1][1], "92 %")
        chinese = line.with_context(lang="zh_CN")
        self.assertIn("2026", chinese.why)

    def test_a_list_takes_as_many_statements_for_many_as_for_few(self):
        lines = self.env["crm.next.contact"].with_user(self.sally)
        wanted = {
            **{"partner_id": {"fields": {"display_name": {}}}, "why": {}},
            **{"tier_id": {"fields": {"display_name": {}}}, "at_stake": {}},
        }

        def read():
            self.env.flush_all()
            self.env.invalidate_all()
            return self._count_statements(
                lambda: lines.web_search_read([("user_id", "=", self.sally.id)], wanted)
            )

        read()
        few = read()
        for customer in self._create_customers(60, user_id=self.sally.id):
            customer.contact_due_date = self.today
        self.assertEqual(read(), few)
        self.assertLessEqual(few, 6)

    def test_my_day_shows_the_first_three_with_their_why(self):
        customers = self._create_customers(5, user_id=self.sally.id)
        customers[3].phone = "+86 138 0013 8000"
        self._set(customers, lifecycle="lost")
        self._set(customers[3], sales_12_months=500)
        day = self.env["crm.my.day"].with_user(self.sally).get_day()
        [card] = [
            card
            for column in day["columns"]
            for card in column["cards"]
            if card["key"] == "what_next"
        ]
        self.assertEqual((card["count"], len(card["lines"])), (5, 3))
        first = card["lines"][0]
        self.assertEqual((first["name"], first["detail"]), ("C3", "Dormant for good"))
        self.assertEqual(first["res_id"], customers[3].id)
        lines = self.env[card["model"]].with_user(self.sally)
        for act in card["acts"]:
            action = getattr(lines.browse(first["id"]), act["method"])()
            self.assertIn(customers[3].id, self._get_named(action), act["method"])
        action = self.env["crm.my.day"].with_user(self.sally).open_card("what_next")
        lines = self.env[action["res_model"]].with_user(self.sally)
        self.assertEqual(lines.search_count(action["domain"]), 5)

    def _get_named(self, action):
        """Return the ids of the customer that an act on a line is done on."""
        context = action.get("context") or action["params"]["following"]["context"]
        named = context.get("default_partner_ids") or []
        return [*named, context.get("default_partner_id")]
