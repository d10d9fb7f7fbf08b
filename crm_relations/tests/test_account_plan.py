"""KA-2: a plan is written, approved by somebody else, changed, reviewed, ended."""

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common.account_plan import AccountPlanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-05 10:00:00")
class TestAccountPlan(AccountPlanCommon):
    def test_a_plan_has_a_period_and_plans_do_not_overlap(self):
        for name in ("date_start", "date_end"):
            with (
                self.subTest(name),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._write_plan(milestone_ids=[], **{name: False})
        self._write_plan()
        refused = self.assertRaisesRegex(
            ValidationError, "First Day, Last Day: Big has “Plan”"
        )
        with refused, self.env.cr.savepoint():
            self._write_plan(
                date_start="2026-12-31", date_end="2027-12-31", milestone_ids=[]
            )
        later = self._write_plan(
            date_start="2027-01-01", date_end="2027-12-31", milestone_ids=[]
        )
        self._write_plan(customer=self.mid)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            later.date_start = "2026-12-01"

    def test_an_ended_plan_stands_in_nobodys_way(self):
        plan = self._put_in_force()
        self.assertAnswers(plan.end(" "), "blocked")
        self.assertAnswers(plan.end("A new contract"), "ok")
        self.assertEqual(plan.state, "ended")
        self._write_plan()

    def test_somebody_else_approves(self):
        plan = self._write_plan()
        self.assertAnswers(plan.with_user(self.max).approve(), "blocked")
        self.assertAnswers(plan.ask(), "ok")
        for user in (self.sally, self.sam):
            self.assertAnswers(plan.with_user(user).approve(), "no_right")
        self.assertAnswers(plan.with_user(self.max).refuse("Too low"), "ok")
        self.assertEqual((plan.state, plan.refusal_reason), ("draft", "Too low"))
        plan.with_user(self.max).strategy = "Mine"
        self.assertAnswers(plan.ask(), "ok")
        self.assertAnswers(plan.with_user(self.max).approve(), "no_right")
        self.assertAnswers(plan.with_user(self.rita).approve(), "ok")

    def test_who_has_written_a_line_does_not_approve(self):
        plan = self._write_plan()
        plan.objective_ids.with_user(self.max).target = 1
        plan.ask()
        self.assertAnswers(plan.with_user(self.max).approve(), "no_right")

    def test_without_an_objective_there_is_no_plan(self):
        self.assertAnswers(self._write_plan(objective_ids=[]).ask(), "blocked")

    def test_what_was_approved_changes_by_a_change_only(self):
        plan = self._put_in_force()
        refused = (
            (plan, {"date_end": "2027-01-31"}),
            (plan, {"budget": 9}),
            (plan, {"strategy": "Other"}),
            (plan, {"objective_ids": [Command.clear()]}),
            (plan.objective_ids, {"target": 1}),
            (plan.objective_ids, {"measure_id": self.orders.id}),
            (plan.milestone_ids[:1], {"due": "2026-08-01"}),
        )
        for records, values in refused:
            for user in (self.sally, self.rita, self.adam):
                with (
                    self.subTest((records._name, values, user.login)),
                    self.assertRaises(UserError),
                    self.env.cr.savepoint(),
                ):
                    records.with_user(user).write(values)
        for records in (plan.objective_ids, plan.milestone_ids, plan):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                records.unlink()
        plan.risk_ids = [Command.create({"name": "They may leave"})]
        plan.resource_ids = [Command.create({"name": "Trips", "amount": 5})]
        plan.milestone_ids[:1].done_on = "2026-05-01"

    def test_what_is_decided_is_typed_by_nobody(self):
        plan = self._write_plan()
        for values in (
            {"state": "approved"},
            {"involved_ids": [Command.clear()]},
            {"ended_on": "2026-01-01"},
            {
                "milestone_ids": [
                    Command.update(
                        plan.milestone_ids[0].id, {"planned_on": "2026-01-01"}
                    )
                ]
            },
            {"action_ids": [Command.update(plan.action_ids.id, {"activity_id": 1})]},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                plan.write(values)
        plan = self._put_in_force(plan)
        with self.assertRaises(AccessError):
            plan.version_ids.number = 9
        with self.assertRaises(AccessError):
            plan.review_ids[:1].facts = {}
        with self.assertRaises(AccessError):
            self._ask_change(plan, kind="budget", state="approved")

    def test_only_who_works_with_the_customer_plans_and_sees_plans(self):
        for user in (self.sam, self.carl):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._write_plan(user)
        plan = self._write_plan()
        self.assertFalse(self.plans.with_user(self.sam).search([]))
        with self.assertRaises(AccessError):
            plan.objective_ids.with_user(self.sam).target = 5
        with self.assertRaises(AccessError):
            self._write_plan(self.sam, customer=self.mid, user_id=self.sam.id)
        self.big.with_user(self.sally).share_with(self.sam.id)
        plan.objective_ids.with_user(self.sam).target = 5

    def test_nobody_names_an_owner_who_may_read_more(self):
        plan = self._write_plan()
        for owner in (self.rita, self.max, self.sam):
            with self.subTest(owner.login), self.assertRaises(AccessError):
                plan.user_id = owner
        plan.with_user(self.max).user_id = self.max
        plan.with_user(self.rita).user_id = self.sam
        with self.assertRaises(AccessError):
            self._write_plan(customer=self.mid, user_id=self.rita.id)
        self.rita.active = False
        with self.assertRaises(ValidationError):
            plan.with_user(self.adam).user_id = self.rita

    def test_who_has_left_is_pointed_out(self):
        plan = self._put_in_force()
        call = {"name": "Call", "due": "2026-06-01", "user_id": self.sam.id}
        plan.sudo().write(
            {"user_id": self.sam.id, "action_ids": [Command.create(call)]}
        )
        self.assertFalse(plan.warning)
        self.sam.active = False
        plan.invalidate_recordset()
        self.assertIn("Sam does not work here", plan.warning)
        # What was planned with the customer is its salesperson's now.
        self.assertEqual(plan.action_ids[-1:].user_id, plan.partner_id.user_id)

    def test_actions_are_activities_and_follow_them(self):
        plan = self._put_in_force()
        action = plan.action_ids
        activity = action.sudo().activity_id
        self.assertEqual(
            (activity.res_model, activity.res_id, activity.user_id, activity.summary),
            ("res.partner", self.big.id, self.sally, "Talk"),
        )
        activity.date_deadline = "2026-06-09"
        self.assertEqual(action.due, fields.Date.to_date("2026-06-09"))
        action.name = "Talk again"
        self.assertEqual(activity.summary, "Talk again")
        activity.with_user(self.sally).action_done()
        self.env.invalidate_all()
        self.assertEqual((action.state, action.done_on.month), ("done", 5))
        more = self.env["crm.account.plan.action"].with_user(self.sally)
        more = more.create({"plan_id": plan.id, "name": "Late", "due": "2026-05-01"})
        self.assertEqual(more.state, "late")
        more.sudo().activity_id.unlink()
        self.env.invalidate_all()
        self.assertEqual(more.state, "dropped")

    def test_ending_takes_open_activities_back(self):
        plan = self._put_in_force()
        activity = plan.action_ids.sudo().activity_id
        plan.end("Over")
        self.assertFalse(activity.exists())
        self.assertFalse(plan.review_ids)

    def test_a_resource_in_another_currency_is_converted_at_its_day(self):
        rates = [("2020-01-01", 10), ("2026-03-01", 20)]
        rare = self.env["res.currency"].create(
            {
                **{"name": "RAR", "symbol": "R"},
                "rate_ids": [
                    Command.create({"name": day, "rate": rate}) for day, rate in rates
                ],
            }
        )
        foreign = {"amount": 1000, "currency_id": rare.id}
        plan = self._write_plan(
            resource_ids=[
                Command.create({"name": "Trip", **foreign}),
                Command.create({"name": "Fair", "date": "2026-04-01", **foreign}),
                Command.create({"name": "Price", "amount": 800}),
            ]
        )
        self.assertEqual(plan.resource_ids.mapped("planned"), [100, 50, 800])
        self.assertEqual(plan.planned_cost, 950)
        self.assertFalse(plan.warning)
        plan.budget = 900
        self.assertIn("above the budget", plan.warning)

    def test_documents_of_the_customer_say_what_is_spent(self):
        given, strange = self.env["crm.concession"].create(
            [
                {"partner_id": customer.id, "name": "Price", "value": 700}
                for customer in (self.big, self.mid)
            ]
        )
        line = {"name": "Price", "amount": 800}
        plan = self._write_plan(
            resource_ids=[
                Command.create({**line, "document": f"crm.concession,{given.id}"}),
                Command.create(line),
            ]
        )
        self.assertEqual((plan.planned_cost, plan.spent), (1600, 700))
        with self.assertRaisesRegex(ValidationError, "one of the plan's customer"):
            plan.resource_ids[1].document = f"crm.concession,{strange.id}"
        with self.assertRaises(ValueError):
            plan.resource_ids[1].document = f"res.partner,{self.mid.id}"

    def test_quality_checks_are_signed_by_who_answers_them(self):
        plan = self._put_in_force(check_ids=[Command.create({"name": "Numbers?"})])
        plan.check_ids.with_user(self.max).result = "good"
        self.assertEqual(plan.check_ids.checked_by_id, self.max)
        with self.assertRaises(AccessError):
            plan.check_ids.checked_by_id = self.sally

    def test_milestones_lie_within_the_plan_and_are_not_done_before_their_time(self):
        plan = self._write_plan()
        for values in ({"due": "2027-01-01"}, {"done_on": "2026-05-06"}):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                plan.milestone_ids[:1].write(values)
        late, later = plan.milestone_ids
        self.assertEqual((late.slippage_days, later.slippage_days), (10, 0))
        self.assertEqual(plan.slippage_days, 10)
        late.done_on = "2026-04-27"
        self.assertEqual((late.slippage_days, late.state), (2, "done"))

    def test_merged_customers_keep_the_plan_in_force(self):
        kept = self._put_in_force(customer=self.mid)
        draft = self._write_plan()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.big + self.mid).ids, self.big)
        self.env.invalidate_all()
        self.assertEqual((kept + draft).mapped("state"), ["approved", "ended"])
        self.assertEqual((kept + draft).partner_id, self.big)

    def test_a_pool_another_owner_and_the_archive_leave_the_plan_alone(self):
        plan = self._put_in_force()
        self.big.user_id = self.sam
        self.assertIn(plan, self.plans.with_user(self.sam).search([]))
        self.assertIn(plan, self.plans.with_user(self.sally).search([]))
        self.big.pool_release("Nobody has time")
        self.assertEqual(plan.with_user(self.rita).state, "approved")
        self.big.active = False
        self.assertEqual(plan.with_user(self.rita).progress, 0.5)

    def test_another_company_sees_nothing_of_it(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.big.company_id = self.company
        plan = self._put_in_force()
        lena = self._create_user("lena", "group_relations_manager")
        lena.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        for name in (
            "crm.account.plan",
            "crm.account.plan.objective",
            "crm.account.plan.review",
            "crm.account.plan.version",
        ):
            self.assertFalse(self.env[name].with_user(lena).search([]))
        self.assertAnswers(plan.with_user(lena).end("Not mine"), "no_right")

    def test_my_day_button_and_timeline_tell_of_it(self):
        plan = self._write_plan()
        plan.ask()
        self.assertEqual(self._get_cards(self.max)["plan_approve"], 1)
        self.assertNotIn("plan_approve", self._get_cards(self.sally))
        plan.with_user(self.max).approve()
        self.assertEqual(self._get_cards(self.sally)["plan_review"], 1)
        self._ask_change(plan, kind="budget", new_amount=5)
        self.assertEqual(self._get_cards(self.max)["plan_change"], 1)
        self.assertEqual(self.big.with_user(self.sally).account_plan_count, 1)
        [line] = self.big.with_user(self.sally).get_history(["account_plan"])["lines"]
        self.assertEqual(line["title"], "Account plan: In Force")
