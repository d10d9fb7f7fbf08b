"""KA-2: what was approved changes by a change that somebody else decides on."""

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common.account_plan import AccountPlanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-05 10:00:00")
class TestAccountPlanChange(AccountPlanCommon):
    def test_a_change_is_decided_by_somebody_else_and_kept_as_a_version(self):
        plan = self._put_in_force()
        contract = plan.milestone_ids.filtered(lambda one: one.name == "Contract")
        changes = (
            self._ask_change(plan, kind="end", new_date="2027-03-31")
            + self._ask_change(plan, kind="budget", new_amount=2000)
            + self._ask_change(plan, kind="strategy", new_text="Slower")
            + self._ask_change(
                plan, kind="target", new_amount=900, objective_id=plan.objective_ids.id
            )
            + self._ask_change(
                plan, kind="due", new_date="2026-07-01", milestone_id=contract.id
            )
        )
        self.assertAnswers(changes.approve(), *5 * ["no_right"])
        self.assertAnswers(changes.with_user(self.max).approve(), *5 * ["ok"])
        self.assertRecordValues(
            plan,
            [
                {
                    "date_end": fields.Date.to_date("2027-03-31"),
                    "budget": 2000,
                    "strategy": "Slower",
                }
            ],
        )
        self.assertEqual(plan.objective_ids.target, 900)
        # Late is counted from what was approved first.
        self.assertEqual((contract.due.month, contract.slippage_days), (7, 67))
        plan.invalidate_recordset()
        self.assertEqual(plan.version_ids.mapped("number"), [2, 1])
        self.assertIn("900", plan.version_ids[0].told)
        self.assertIn("1,600", plan.version_ids[1].told)
        with self.assertRaises(UserError):
            changes[0].reason = "Other"
        self.assertAnswers(changes[0].with_user(self.max).approve(), "blocked")

    def test_who_asks_for_a_change_does_not_decide_and_refusing_takes_a_reason(self):
        plan = self._put_in_force()
        change = self._ask_change(plan, self.max, kind="budget", new_amount=1)
        self.assertAnswers(change.approve(), "no_right")
        self.assertAnswers(change.with_user(self.rita).refuse(""), "blocked")
        self.assertAnswers(change.with_user(self.rita).refuse("Enough"), "ok")
        self.assertEqual(plan.budget, 1000)

    def test_a_change_that_would_overlap_changes_nothing(self):
        plan = self._put_in_force()
        self._write_plan(
            date_start="2027-01-01", date_end="2027-12-31", milestone_ids=[]
        )
        change = self._ask_change(plan, kind="end", new_date="2027-01-01")
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            change.with_user(self.max).approve()
        self.env.invalidate_all()
        self.assertEqual(change.state, "asked")

    def test_a_change_names_what_is_to_be_another(self):
        plan = self._put_in_force()
        other = self._put_in_force(customer=self.mid)
        for values in (
            {"kind": "end"},
            {"kind": "strategy"},
            {"kind": "target", "objective_id": other.objective_ids.id},
            {"kind": "due", "new_date": "2026-07-01"},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._ask_change(plan, **values)
        with self.assertRaises(UserError):
            self._ask_change(self._write_plan(customer=self.small), kind="budget")

    def _ask_for_budget(self, user=None, plan=None):
        plan = plan or self._put_in_force()
        return self._ask_change(plan, user, kind="budget", new_amount=1100)

    def test_who_rewrites_what_another_has_asked_for_does_not_decide_on_it(self):
        plan = self._put_in_force()
        ways = {
            "write": lambda change: change.write({"new_amount": 9e6}),
            "web_save": lambda change: change.web_save({"new_amount": 9e6}, {}),
            "plan": lambda change: plan.with_user(self.max).write(
                {"change_ids": [Command.update(change.id, {"new_amount": 9e6})]}
            ),
            "load": lambda change: change.load(
                [".id", "new_amount"], [[str(change.id), "9000000"]]
            ),
            "reason": lambda change: change.write({"reason": "Better"}),
        }
        for way, rewrite in ways.items():
            change = self._ask_for_budget(plan=plan).with_user(self.max)
            with self.subTest(way):
                self.assertTrue(change.may_decide)
                rewrite(change)
                self.assertIn(self.max, change.sudo().involved_ids)
                self.assertFalse(change.may_decide)
                self.assertAnswers(change.approve(), "no_right")
                self.assertAnswers(change.refuse("No"), "no_right")
                self.assertEqual(plan.budget, 1000)
        self.assertAnswers(change.with_user(self.rita).approve(), "ok")

    def test_who_has_asked_may_still_correct_it_and_another_decides(self):
        change = self._ask_for_budget()
        change.new_amount = 1200
        self.assertAnswers(change.approve(), "no_right")
        self.assertAnswers(change.with_user(self.max).approve(), "ok")
        self.assertEqual(change.plan_id.budget, 1200)

    def test_who_had_a_hand_in_a_change_is_typed_by_nobody_nor_copied(self):
        change = self._ask_for_budget()
        change.with_user(self.max).reason = "Better"
        for user in (self.max, self.rita, self.adam):
            for command in (Command.clear(), Command.unlink(self.max.id)):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    change.with_user(user).involved_ids = [command]
        with self.assertRaises(AccessError):
            self._ask_change(
                change.plan_id,
                **{"kind": "budget", "involved_ids": [Command.link(self.sam.id)]},
            )
        self.assertEqual(change.sudo().involved_ids, self.sally + self.max)
        copy = change.with_user(self.rita).copy()
        self.assertEqual(copy.sudo().involved_ids, self.rita)
        self.assertAnswers(copy.with_user(self.rita).approve(), "no_right")

    def test_deciding_leaves_no_hand_in_it_and_who_rewrote_has_no_card(self):
        change = self._ask_for_budget()
        self.assertEqual(self._get_cards(self.max)["plan_change"], 1)
        change.with_user(self.max).reason = "Better"
        self.assertNotIn("plan_change", self._get_cards(self.max))
        self.assertAnswers(change.with_user(self.rita).approve(), "ok")
        self.assertEqual(change.sudo().involved_ids, self.sally + self.max)

    def test_who_answers_for_a_plan_does_not_decide_on_it(self):
        plan = self._write_plan()
        plan.with_user(self.rita).user_id = self.sam
        self.assertAnswers(plan.ask(), "ok")
        self.sam.group_ids += self.env.ref("crm_relations.group_relations_manager")
        plan = plan.with_user(self.sam)
        self.assertNotIn(self.sam, plan.sudo().involved_ids)
        self.assertFalse(plan.may_decide)
        self.assertAnswers(plan.approve(), "no_right")
        self.assertEqual(plan.state, "asked")
        plan.sudo().user_id = self.sally
        self.assertAnswers(plan.approve(), "ok")

    def test_who_leads_no_more_decides_on_no_plan_and_no_change(self):
        change = self._ask_for_budget()
        plan = self._write_plan(customer=self.small)
        self.assertAnswers(plan.ask(), "ok")
        (self.north | self.south).user_id = self.rita
        self.env.invalidate_all()
        for record in (change, plan):
            with self.subTest(record._name):
                self.assertAnswers(record.with_user(self.max).approve(), "no_right")
                self.assertEqual(record.state, "asked")
                self.assertAnswers(record.with_user(self.rita).approve(), "ok")
