"""KA-2: what a plan has reached is measured; reviews keep what was measured then."""

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common.account_plan import AccountPlanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-05 10:00:00")
class TestAccountPlanFigures(AccountPlanCommon):
    def _measure(self, measure, target=2, **values):
        objective = {"name": "X", "measure_id": measure.id, "target": target, **values}
        plan = self._write_plan(objective_ids=[Command.create(objective)])
        return plan.objective_ids

    def test_sales_within_the_period_are_counted_and_no_others(self):
        self._create_orders([(self.big, 300, 40), (self.big, 5000, 200)])
        self._create_order(self.mid, 77)
        self._create_order(self.big, 9000, confirm=False)
        person = self._create_person(self.big)
        self._create_order(person, 100)
        one = self._measure(self.sales, 2400)
        self.assertEqual((one.actual, one.progress), (1200, 0.5))
        self.assertEqual(one.unit, self.company.currency_id.name)
        # 125 of 365 days have passed, a half is reached.
        self.assertFalse(one.is_behind)
        one.target = 4800
        self.assertTrue(one.is_behind)

    def test_amounts_are_converted_at_the_rate_of_the_last_day(self):
        new = self._create_customer("New", user_id=self.sally.id)
        self._create_order(new, 100)
        rates = (("2026-01-01", 2), ("2026-05-04", 4), ("2026-05-05", 5))
        rare = self.env["res.currency"].create(
            {
                "name": "RAR",
                "symbol": "R",
                "rate_ids": [
                    Command.create({"name": day, "rate": rate}) for day, rate in rates
                ],
            }
        )
        for last, figure in (("2026-05-04", 400), ("2026-05-05", 500)):
            days = map(fields.Date.to_date, ("2026-01-01", last))
            found = self.sales._measure(new, *days, self.sally, rare, self.company)
            with self.subTest(last):
                self.assertEqual(found, ({new.id: figure}, ""))

    def test_a_measure_says_in_words_what_it_counts(self):
        self.assertEqual(self.sales.model_told, "Sales Order")
        self.assertEqual(self.sales.value_told, "Untaxed Amount")
        self.assertFalse(self.orders.value_told)
        # An addon was uninstalled: what it was stays to be seen.
        gone = self.sales.copy()
        self.env.cr.execute(
            "UPDATE crm_account_measure SET model_name = 'gone.away' WHERE id = %s",
            gone.ids,
        )
        gone.invalidate_recordset()
        self.assertEqual(gone.model_told, "gone.away")
        self.assertFalse(gone.value_told)

    def test_notes_and_calls_that_nobody_took_are_no_follow_ups(self):
        for channel in ("call", "note", "missed_call"):
            kind = self.env["crm.followup.kind"]._get_for_channel(channel)
            self._create_followup(self.big, 1, kind_id=kind.id)
        self.assertEqual(self._measure(self.contacts, 9).actual, 1)

    def test_the_borders_of_the_period_are_days_of_the_company(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        # 31 December 15:59 UTC is 23:59 in Shanghai, 16:00 the first of January.
        plan = self._write_plan(customer=self.mid)
        for moment, counted in (("2025-12-31 15:59:59", 0), ("2025-12-31 16:00:00", 1)):
            order = self._create_order(self.mid, 10)
            order.date_order = moment
            self.env.flush_all()
            self.env.invalidate_all()
            found, problem = self.orders._measure(
                self.mid,
                plan.date_start,
                fields.Date.to_date("2026-01-31"),
                self.sally,
                plan.currency_id,
                self.company,
            )
            self.assertEqual((found.get(self.mid.id, 0), problem), (counted, ""))

    def test_it_is_measured_with_the_rights_of_the_owner_whoever_reads(self):
        self._create_followup(self.big, 1, user_id=self.sally.id)
        mine = self.contacts.copy({"reads_all": False})
        one = self._measure(mine)
        figures = {
            user: one.with_user(user).actual
            for user in (self.sally, self.max, self.rita)
        }
        self.assertEqual(set(figures.values()), {1.0})
        leads = self.env["crm.account.measure"].create(
            {
                **{"name": "Opportunities", "model_name": "crm.lead"},
                **{"value_field": "expected_revenue", "aggregation": "sum"},
            }
        )
        self.env["crm.lead"].create(
            {
                **{"name": "Sam's", "type": "opportunity", "expected_revenue": 99},
                **{"partner_id": self.big.id, "user_id": self.sam.id},
            }
        )
        one.plan_id.objective_ids.measure_id = leads
        # Neither does rita, who may read it, tell sally by the plan.
        for user in (self.sally, self.rita):
            self.assertEqual(one.with_user(user).actual, 0)
        leads.reads_all = True
        self.env.invalidate_all()
        self.assertEqual(one.with_user(self.sally).actual, 99)

    def test_what_the_owner_may_not_read_cannot_be_measured(self):
        secret = self.env["crm.account.measure"].create(
            {
                **{"name": "Parameters", "model_name": "res.users.log"},
                "partner_path": "create_uid.partner_id",
            }
        )
        partners = self.env["crm.account.measure"].create(
            {"name": "Mails", "model_name": "mail.message", "partner_path": "author_id"}
        )
        secret.model_name = "ir.cron"
        secret.partner_path = "user_id.partner_id"
        one = self._measure(secret)
        self.assertIn("Cannot be measured: Sally may not read", one.problem)
        self.assertEqual((one.actual, one.progress), (0, 0))
        self.assertTrue(partners)

    def test_a_field_or_a_model_that_is_gone_cannot_be_measured(self):
        one = self._measure(self.sales.copy())
        for column in ("value_field", "date_field", "partner_path", "model_name"):
            with self.subTest(column), self.env.cr.savepoint() as savepoint:
                self.env.flush_all()
                self.env.cr.execute(
                    f"UPDATE crm_account_measure SET {column} = 'gone' WHERE id = %s",
                    [one.measure_id.id],
                )
                self.env.invalidate_all()
                self.assertIn("Cannot be measured: ", one.problem)
                self.assertIn("gone", one.problem)
                self.assertEqual(one.plan_id.progress, 0)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_measure_is_checked_when_it_is_written(self):
        for values in (
            {"model_name": "no.model"},
            {"model_name": "res.partner.no"},
            {"model_name": "crm.refusal.wizard"},
            {"model_name": "crm.giving.mixin"},
            {"partner_path": "user_id"},
            {"partner_path": "name"},
            {"partner_path": ""},
            {"date_field": "name"},
            {"value_field": "name", "aggregation": "sum"},
            {"value_field": False, "aggregation": "avg"},
            {"domain": "[('nothing', '=', 1)]"},
            {"domain": "import os"},
        ):
            with self.subTest(values), self.assertRaises(Exception) as caught:
                self.orders.copy().write(values)
            self.assertIsInstance(caught.exception, ValidationError)
        for user in (self.sally, self.max, self.rita):
            with self.assertRaises(AccessError):
                self.orders.with_user(user).domain = "[]"

    def test_at_most_and_a_target_of_nothing(self):
        self._create_order(self.big, 1)
        one = self._measure(self.orders, 4, direction="down")
        self.assertEqual((one.actual, one.progress), (2, 1))
        one.target = 1
        self.assertEqual(one.progress, 0.5)
        one.target = 0
        self.assertEqual(one.progress, 0)
        one.write({"direction": "up", "target": 0})
        self.assertEqual(one.progress, 1)
        one.target = -5
        self.assertEqual(one.progress, 1)

    def test_a_plan_to_come_has_reached_nothing(self):
        plan = self._write_plan(
            date_start="2027-01-01", date_end="2027-12-31", milestone_ids=[]
        )
        self.assertEqual((plan.progress, plan.elapsed), (0, 0))

    def test_many_plans_cost_as_much_as_few(self):
        customers = self._create_customers(12, user_id=self.sally.id)
        plans = self.plans.browse()
        for customer in customers:
            plans |= self._write_plan(customer=customer)
        counts = []
        for some in (plans[:1], plans[:2], plans):
            self.env.flush_all()
            self.env.invalidate_all()
            some.mapped("name")
            before = self.env.cr.sql_log_count
            some.objective_ids.mapped("actual")
            counts.append(self.env.cr.sql_log_count - before)
        # The first one has filled what is cached for all.
        self.assertEqual(*counts[1:])

    def test_reviews_are_dated_by_quarter_and_year(self):
        plan = self._put_in_force()
        self.assertEqual(
            [(str(one.due), one.kind) for one in plan.review_ids],
            [
                ("2026-03-31", "quarter"),
                ("2026-06-30", "quarter"),
                ("2026-09-30", "quarter"),
                ("2026-12-31", "year"),
            ],
        )
        days = self.env["crm.account.plan.review"]._get_days
        start = fields.Date.to_date("2026-01-15")
        self.assertEqual(list(days(start, start)), [start])
        long = days(start, fields.Date.to_date("2028-01-14"))
        self.assertEqual(list(long.values()).count("year"), 2)

    def test_a_review_keeps_what_was_measured_then(self):
        plan = self._put_in_force()
        review = plan.review_ids[:1]
        self.assertAnswers(review.hold(), "blocked")
        review.decisions = "Go on"
        self.assertAnswers(review.with_user(self.sam).hold(), "no_right")
        self.assertAnswers(review.hold(), "ok")
        facts = review.facts
        self.assertEqual(facts["objectives"][0][3:6], [800, "USD", 0.5])
        self.assertEqual(facts["milestones"][0][3], 10)
        self._create_order(self.big, 1000)
        self.env.invalidate_all()
        self.assertEqual(plan.objective_ids.actual, 1800)
        self.assertIn("800.00", review.figures)
        self.assertNotIn("1,800.00", review.figures)
        self.assertIn("1,800.00", plan.review_ids[1].figures)
        with self.assertRaisesRegex(UserError, "stays as it is"):
            review.decisions = "Other"
        self.assertAnswers(review.hold(), "blocked")

    def test_a_longer_plan_gets_more_reviews_and_keeps_those_held(self):
        plan = self._put_in_force()
        first = plan.review_ids[:1]
        first.decisions = "Go on"
        first.hold()
        change = self._ask_change(plan, kind="end", new_date="2026-09-30")
        plan.milestone_ids.sudo().write({"due": "2026-06-01"})
        self.assertAnswers(change.with_user(self.max).approve(), "ok")
        self.assertEqual(
            [(str(one.due), one.kind, one.state) for one in plan.review_ids.sorted()],
            [
                ("2026-03-31", "quarter", "held"),
                ("2026-06-30", "quarter", "due"),
                ("2026-09-30", "year", "due"),
            ],
        )

    def test_the_paper_has_all_of_it(self):
        plan = self._put_in_force(
            strategy="Slow & steady",
            risk_ids=[Command.create({"name": "They leave", "answer": "Talk"})],
        )
        reports = self.env["ir.actions.report"].with_user(self.sally)
        html, _kind = reports._render_qweb_html(
            "crm_relations.crm_account_plan_print", plan.ids
        )
        for word in ("Slow &amp; steady", "Contract", "They leave", "Talk", "800.00"):
            self.assertIn(word, html.decode())
        for word in (
            "Person in Charge",
            "Our Answer",
            "Spent",
            self.sally._tell_day(plan.date_end),
        ):
            self.assertIn(word, html.decode())
        with self.assertRaises(AccessError):
            reports.with_user(self.sam)._render_qweb_html(
                "crm_relations.crm_account_plan_print", plan.ids
            )

    def test_what_became_of_milestones_and_actions_is_told(self):
        """Due today is not late."""
        plan = self._put_in_force()
        milestone, action = plan.milestone_ids[0], plan.action_ids
        for due, state, planned in (
            ("2026-05-04", "late", "late"),
            ("2026-05-05", "open", "planned"),
            ("2026-05-06", "open", "planned"),
        ):
            milestone.sudo().due = due
            action.sudo().due = due
            with self.subTest(due):
                self.env.invalidate_all()
                self.assertEqual((milestone.state, action.state), (state, planned))
        milestone.sudo().write({"due": "2026-05-01", "done_on": "2026-05-04"})
        self.assertEqual(milestone.state, "done")

    def test_a_plan_without_both_its_days_has_not_begun(self):
        for values in ({"date_start": "2026-01-01"}, {"date_end": "2026-12-31"}, {}):
            with self.subTest(values):
                self.assertEqual(self.plans.new(values)._get_elapsed(), 0)
