from odoo.tests import freeze_time, tagged

from .common.care_rule import CareRuleCommon


@tagged("post_install", "-at_install")
class TestCareDays(CareRuleCommon):
    """CA-1: days of the year: of the family, of the firm, of everyone."""

    def _create_day_rule(self, trigger, **values):
        values = {"domain": self._only(self.customer), "plan_ahead_days": 0} | values
        return self._create_care_rule(trigger, **values)

    def _occasions(self, rule):
        rule._create_tasks()
        return [str(day) for day in rule.task_ids.mapped("occasion_date")]

    @freeze_time("2026-09-25 08:00:00")
    def test_a_birthday_in_the_family_by_the_lunar_calendar(self):
        person = self._create_person(self.customer, "Li", birth_month=1, birth_day=1)
        profile = self.env["crm.person.profile"].search(
            [("partner_id", "=", person.id)]
        )
        profile.family_member_ids = [
            (0, 0, {"name": "Mei", "relation": "child", **born})
            for born in (
                {"birth_month": 8, "birth_day": 15, "birth_calendar": "lunar"},
                {"birth_month": 9, "birth_day": 25, "birth_year": 2016},
            )
        ]
        rule = self._create_day_rule("family")
        self.assertEqual(self._occasions(rule), ["2026-09-25"] * 2)
        self.assertEqual(rule.task_ids.person_id, person)
        reasons = " ".join(rule.task_ids.mapped("reason"))
        self.assertIn("Mei (Child of", reasons)
        self.assertIn("turns 10", reasons)

    @freeze_time("2027-02-28 08:00:00")
    def test_anniversaries_count_the_years_and_never_the_first_day(self):
        self.customer.write(
            {"founded_on": "2000-02-29", "relation_since": "2027-02-28"}
        )
        self.customer.sudo().first_order_on = "2022-02-28"
        founded = self._create_day_rule("founded")
        self.assertEqual(self._occasions(founded), ["2027-02-28"])
        self.assertIn("27 years", founded.task_ids.reason)
        order = self._create_day_rule("first_order")
        self._occasions(order)
        self.assertIn("First order 5 years ago", order.task_ids.reason)
        self.assertFalse(self._occasions(self._create_day_rule("relation")))
        march = self._create_day_rule("founded", leap_day="march_1")
        self.assertFalse(self._occasions(march))

    def test_a_public_holiday_of_several_days_comes_on_its_first(self):
        china, germany = self.env.ref("base.cn"), self.env.ref("base.de")
        rule = self._create_day_rule(
            "holiday", country_id=china.id, holiday_name="National Day"
        )
        for day in range(1, 5):
            with freeze_time(f"2026-10-{day:02} 08:00:00"):
                self.assertEqual(self._occasions(rule), ["2026-10-01"])
        easter = self._create_day_rule("holiday", country_id=germany.id)
        with freeze_time("2026-04-06 08:00:00"):
            self._occasions(easter)
        self.assertIn("Easter Monday", " ".join(easter.task_ids.mapped("reason")))

    @freeze_time("2026-09-25 08:00:00")
    def test_a_traditional_feast(self):
        rule = self._create_day_rule("feast", feast="mid_autumn")
        self.assertEqual(self._occasions(rule), ["2026-09-25"])
        self.assertIn("Mid-Autumn Festival is on", rule.task_ids.reason)

    def test_a_rule_for_days_says_which(self):
        feast = self._create_day_rule("feast", feast="mid_autumn")
        own = self._create_day_rule(
            "own_date", date_ids=[(0, 0, {"name": "Day", "month": 6, "day": 1})]
        )
        with self.assertRefused("Which feast"):
            feast.feast = False
        with self.assertRefused("one date of your own"):
            own.date_ids = [(5,)]
        own.write({"trigger": "birthday", "date_ids": [(5,)], "feast": False})
        self.assertFalse(own.date_ids)

    def test_own_dates_once_or_every_year_by_either_calendar(self):
        line = {"month": 6, "day": 1}
        rule = self._create_day_rule(
            "own_date",
            date_ids=[
                (0, 0, {"name": "Every year", **line}),
                (0, 0, {"name": "Once", "year": 2026, **line}),
                (0, 0, {"name": "Lunar", "calendar": "lunar", "month": 4, "day": 16}),
            ],
        )
        with freeze_time("2026-06-01 08:00:00"):  # day 16 of the 4th lunar month
            self.assertEqual(self._occasions(rule), ["2026-06-01"] * 3)
        with freeze_time("2027-06-01 08:00:00"):
            self._occasions(rule)
        years = rule.task_ids.filtered(lambda task: task.occasion_date.year == 2027)
        # The lunar one was on May 21, while nothing ran.
        self.assertEqual(sorted(years.mapped("state")), ["missed", "planned"])

    def test_bad_days_are_refused(self):
        with self.assertRefused("not known"):
            self._create_day_rule("holiday", country_id=False)
        with self.assertRefused("no public holiday"):
            self._create_day_rule(
                "holiday", country_id=self.env.ref("base.de").id, holiday_name="Monday"
            )
        with self.assertRefused("at least one date"):
            self._create_day_rule("own_date")
        for month, day in ((13, 1), (2, 30), (4, 31)):
            with self.subTest(month=month), self.assertRefused("between 1 and"):
                self._create_day_rule(
                    "own_date",
                    date_ids=[(0, 0, {"name": "?", "month": month, "day": day})],
                )

    @freeze_time("2026-05-04 08:00:00")
    def test_the_sentence_says_what_the_rule_does(self):
        rule = self._create_care_rule("delivery_planned", 72, "hours", "before")
        rule.start_date = False
        self.assertEqual(
            rule.sentence,
            "Customers: “Delivery planned”, 72 hours before, cared for by the "
            "salesperson.",
        )
        rule.write(
            {
                "trigger": "feast",
                "offset_unit": "days",
                "offset_number": 2,
                "in_working_time": True,
                "user_id": self.rita.id,
            }
        )
        when = "“Spring Festival”, 2 working days before at 09:00"
        self.assertIn(when, rule.sentence)
        self.assertIn("else Rita", rule.sentence)
