from odoo.fields import Command

from .key_account import KeyAccountCommon


class AccountPlanCommon(KeyAccountCommon):
    """Plans of sally for Big, which is hers; max leads her, rita manages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plans = cls.env["crm.account.plan"]
        cls.sales = cls.env.ref("crm_relations.crm_account_measure_sales")
        cls.orders = cls.env.ref("crm_relations.crm_account_measure_orders")
        cls.contacts = cls.env.ref("crm_relations.crm_account_measure_followups")

    def _write_plan(self, user=None, customer=None, **values):
        vals = {
            "partner_id": (customer or self.big).id,
            "name": "Plan",
            "date_start": "2026-01-01",
            "date_end": "2026-12-31",
            "budget": 1000,
            "objective_ids": [
                Command.create(
                    {
                        "name": "Sell",
                        "measure_id": self.sales.id,
                        "target": 1600,
                    }
                )
            ],
            "milestone_ids": [
                Command.create({"name": "Contract", "due": "2026-04-25"}),
                Command.create({"name": "Delivery", "due": "2026-09-01"}),
            ],
            "action_ids": [Command.create({"name": "Talk", "due": "2026-06-01"})],
        }
        plans = self.plans.with_user(user or self.sally)
        return plans.create({**vals, **values})

    def _put_in_force(self, plan=None, **values):
        plan = plan or self._write_plan(**values)
        self.assertAnswers(plan.ask(), "ok")
        self.assertAnswers(plan.with_user(self.max).approve(), "ok")
        plan.invalidate_recordset()
        return plan

    def _ask_change(self, plan, user=None, **values):
        return (
            self.env["crm.account.plan.change"]
            .with_user(user or self.sally)
            .create({"plan_id": plan.id, "reason": "They asked for it", **values})
        )
