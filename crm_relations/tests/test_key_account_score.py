"""KA-1: who is key by the figures: score, 20/80 list, preview, why."""

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common.key_account import KeyAccountCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-05 10:00:00")
class TestKeyAccountScore(KeyAccountCommon):
    def test_customers_are_lined_up_until_the_core_is_full(self):
        """800 of 1000 are 80 %: who reaches the border is in, the next one is not."""
        found = self.scores.search([], order="rank")
        self.assertRecordValues(
            found,
            [
                {"partner_id": self.big.id, "share": 0.8, "is_core": True},
                {"partner_id": self.mid.id, "share": 0.15, "is_core": False},
                {"partner_id": self.small.id, "share": 0.05, "is_core": False},
            ],
        )
        self.assertEqual(found.mapped("cumulative"), [0.8, 0.95, 1.0])
        self.scheme.core_share = 80.1
        self.assertTrue(self._score(self.mid).is_core)

    def test_points_come_from_the_table_at_its_borders(self):
        self.assertEqual(self._score(self.big).score, 100)
        self.assertEqual(self._score(self.mid).score, 50)
        self.assertEqual(self._score(self.small).score, 0)
        line = self.by_sales.threshold_ids.filtered(lambda one: one.at_least == 500)
        for border, points in ((800, 100), (800.01, 50)):
            line.at_least = border
            self.assertEqual(self._score(self.big).score, points)

    def test_what_nobody_has_judged_counts_neither_way(self):
        self.assertEqual(self._score(self.big).score, 100)
        self._ask(points=2)
        # (3 * 100 + 1 * 40) / 4
        self.assertEqual(self._score(self.big).score, 85)
        self._ask(self.mid, points=0)
        # Judged as nothing is another thing than not judged: (3 * 50 + 0) / 4
        self.assertEqual(self._score(self.mid).score, 37.5)

    def test_below_the_floor_is_who_was_key_and_has_less(self):
        self._make_key(self.mid)
        self._ask(self.small, points=2)
        score = self._score(self.mid).score
        self.scheme.floor = score
        self.assertFalse(self._score(self.mid).below_since)
        self.scheme.floor = score + 1
        self.assertTrue(self._score(self.mid).below_since)
        # Asked for is not yet a key account.
        self.assertFalse(self._score(self.small).below_since)

    def test_who_is_archived_is_not_in_the_list(self):
        listed = [("partner_id", "=", self.big.id)]
        candidates = self.env["crm.key.account.candidate"]
        self.assertTrue(candidates.search(listed))
        self.big.active = False
        self.assertFalse(candidates.search(listed))

    def test_a_draft_judges_nothing(self):
        self._draft(points=0)
        self.assertEqual(self._score(self.big).score, 100)

    def test_weights_are_divided_by_their_sum_and_may_be_zero_but_not_all(self):
        self._ask(points=0)
        self.by_sales.weight = 300
        self.strategic.weight = 100
        self.assertEqual(self._score(self.big).score, 75)
        self.strategic.weight = 0
        self.assertEqual(self._score(self.big).score, 100)
        with self.assertRaisesRegex(ValidationError, "All weights are 0"):
            self.by_sales.weight = 0

    def test_only_judged_criteria_leave_nobody_scored_until_somebody_judges(self):
        self.by_sales.weight = 0
        score = self._score(self.big)
        self.assertFalse(score.score)
        sentence = self.env["crm.reason"]._get_sentence(score.facts)
        self.assertIn("Nobody has judged", sentence)

    def test_a_choice_of_the_archive_gives_a_line_each(self):
        field = self._create_criterion(
            "Wanted", "field", 1, field_name="strategic_importance"
        )
        self.assertEqual(
            field.threshold_ids.mapped("points"), [0.0, 25.0, 50.0, 75.0, 100.0]
        )
        self.assertEqual(field.threshold_ids[4].label, "Very high")
        self.mid.strategic_importance = "5"
        # (3 * 50 + 1 * 100) / 4
        self.assertEqual(self._score(self.mid).score, 62.5)

    def test_a_number_of_the_archive_is_measured(self):
        one = self._create_criterion(
            "Often", "field", 1, {5: 100}, field_name="orders_12_months"
        )
        self.assertEqual(one.kind, "number")
        self.assertEqual(self._score(self.big).score, 75)

    def test_a_field_that_is_gone_counts_no_more_and_says_so(self):
        one = self._create_criterion(
            "Wanted", "field", 1, field_name="strategic_importance"
        )
        self.env.cr.execute(
            "UPDATE crm_key_account_criterion SET field_name = 'gone' WHERE id = %s",
            [one.id],
        )
        self.env.invalidate_all()
        self.assertIn("no field “gone” any more", self.scheme.warning)
        self.assertEqual(self._score(self.big).score, 100)

    def test_only_numbers_and_choices_that_are_kept_are_measured(self):
        for name in ("name", "user_id", "display_name", "nothing", ""):
            with self.subTest(name), self.assertRaisesRegex(ValidationError, "Field"):
                self._create_criterion("Bad", "field", 1, {1: 1}, field_name=name)
        with self.assertRaises(ValidationError):
            self._create_criterion("Bad", "sales", 1)

    def test_a_margin_below_zero_gives_no_points_and_is_no_error(self):
        self.product.standard_price = 2000
        self._create_criterion("Margin", "margin", 1, {0: 50, 100: 100})
        # (3 * 100 + 0) / 4
        self.assertEqual(self._score(self.big).score, 75)
        self.product.standard_price = 1
        self.assertEqual(self._score(self.big).score, 100)

    def test_sales_below_zero_bring_nothing_to_the_list(self):
        self.env.cr.execute(
            "UPDATE res_partner SET sales_12_months = -100 WHERE id = %s",
            [self.small.id],
        )
        self.env.invalidate_all()
        score = self._score(self.small)
        self.assertEqual((score.share, score.cumulative), (0, 1))

    def test_one_customer_in_all_is_the_core(self):
        (self.mid + self.small).active = False
        self.assertTrue(self._score(self.big).is_core)
        self.assertEqual(self.scores.search([]).partner_id, self.big)
        self.env.cr.execute("UPDATE res_partner SET sales_12_months = 0")
        self.env.invalidate_all()
        score = self._score(self.big)
        self.assertEqual((score.share, score.is_core), (0, False))

    def test_the_preview_writes_nothing_and_tells_what_changes(self):
        line = self.by_sales.threshold_ids.filtered(lambda one: one.at_least == 500)
        line.points = 90
        shown = self.scheme.with_user(self.rita).preview()
        self.assertEqual((shown["count"], shown["judged"]), (1, 3))
        [row] = shown["rows"]
        self.assertEqual((row["old"], row["new"]), ("100", "90"))
        self.assertIn("Sales 90", row["reason"])
        self.assertEqual(self.scores.search([], limit=1).score, 100)
        with self.assertRaises(AccessError):
            self.scheme.with_user(self.sally).preview()

    def test_a_second_run_writes_nothing_and_costs_the_same_for_many(self):
        self.assertEqual(self.scheme._run(), 0)
        self.env.flush_all()
        self.env["res.company"]._get_all_for_relations()
        counts = []
        for more in (1, 30):
            self._create_customers(more)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.scheme._run()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_each_company_is_judged_by_its_own_criteria(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self._create_customer("Theirs", company_id=other.id)
        self.assertEqual(self._score(theirs).scheme_id, self.scheme)
        own = self.env["crm.key.account.scheme"].create(
            {"name": "Own", "company_id": other.id}
        )
        self.env["crm.key.account.criterion"].create(
            {"scheme_id": own.id, "name": "J", "source": "judged"}
        )
        self._night()
        self.assertEqual(self._score(theirs).scheme_id, own)
        self.assertEqual(self._score(self.big).scheme_id, self.scheme)
        own.active = False
        self._night()
        self.assertEqual(self._score(theirs).scheme_id, self.scheme)

    def test_money_is_counted_in_the_currency_of_the_scheme(self):
        other = self.env["res.company"].create({"name": "Other"})
        rare = self.env["res.currency"].create(
            {
                "name": "RAR",
                "symbol": "R",
                "rate_ids": [(0, 0, {"rate": 10, "name": "2020-01-01"})],
            }
        )
        other.currency_id = rare
        theirs = self._create_customer("Theirs", company_id=other.id)
        self.env.cr.execute(
            "UPDATE res_partner SET sales_12_months = 5000 WHERE id = %s", [theirs.id]
        )
        self.env.invalidate_all()
        self.assertEqual(self._score(theirs).sales, 500)

    def test_the_share_is_told_only_to_who_sees_the_sales_of_others(self):
        self._create_criterion("Part", "share", 1, {50: 100})
        facts = self._score(self.big).facts
        told = {
            user: dict(self.env["crm.reason"].with_user(user)._get_figures(facts))
            for user in (self.sally, self.max)
        }
        self.assertEqual(told[self.max]["Part"], "80 % · 100 points")
        self.assertEqual(told[self.sally]["Part"], "100 points")

    def test_the_list_is_for_leaders_and_shows_the_team(self):
        strange = self._create_customer("Strange", user_id=self.sam.id)
        self.scheme._run()
        rows = self.env["crm.key.account.candidate"]
        with self.assertRaises(AccessError):
            rows.with_user(self.sally).search([])
        team = rows.with_user(self.max).search([])
        self.assertEqual(team.partner_id, self.big + self.mid + self.small)
        self.assertIn(strange, rows.with_user(self.rita).search([]).partner_id)
        one = self._make_key()
        self.env.invalidate_all()
        [row] = rows.with_user(self.max).search([("state", "=", "approved")])
        self.assertEqual((row.nomination_id, row.since), (one, one.since))

    def test_the_form_of_a_criterion_fills_the_lines_of_a_choice(self):
        with Form(self.scheme) as form, form.criterion_ids.new() as line:
            line.name = "Wanted"
            line.source = "field"
            line.field_name = "strategic_importance"
            self.assertEqual(len(line.threshold_ids), 5)
        one = self.scheme.criterion_ids.filtered(lambda one: one.name == "Wanted")
        self.assertEqual(sum(one.threshold_ids.mapped("points")), 250)

    def test_the_score_is_dated_by_its_scheme(self):
        self.assertEqual(self.scheme.last_run_at, fields.Datetime.now())
