"""KA-2: plans at the edges of their time, of customers that go, in other money."""

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common.account_plan import AccountPlanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-05 10:00:00")
class TestAccountPlanEdges(AccountPlanCommon):
    def test_a_plan_does_not_end_before_its_open_milestones(self):
        plan = self._put_in_force()
        delivery = plan.milestone_ids.filtered(lambda one: one.name == "Delivery")
        with self.assertRaisesRegex(ValidationError, "Delivery"):
            self._ask_change(plan, kind="end", new_date="2026-08-31")
        change = self._ask_change(plan, kind="end", new_date="2026-09-01")
        self.assertAnswers(change.with_user(self.max).approve(), "ok")
        delivery.action_done()
        self.assertEqual(delivery.state, "done")

    def test_the_period_of_a_draft_holds_its_milestones(self):
        plan = self._write_plan()
        with self.assertRaisesRegex(ValidationError, "Delivery"):
            plan.date_end = "2026-08-31"

    def test_a_milestone_is_not_moved_out_of_the_period(self):
        plan = self._put_in_force()
        with self.assertRaisesRegex(ValidationError, "Contract"):
            self._ask_change(
                plan,
                kind="due",
                new_date="2027-01-01",
                milestone_id=plan.milestone_ids[0].id,
            )

    def test_an_activity_without_a_person_leaves_the_action_its_own(self):
        plan = self._put_in_force()
        action = plan.action_ids
        action.activity_id.sudo().write(
            {"user_id": False, "date_deadline": "2026-06-09"}
        )
        self.env.flush_all()
        self.assertEqual(action.user_id, self.sally)
        self.assertEqual(action.due, fields.Date.to_date("2026-06-09"))

    def test_a_merged_plan_has_no_reviews_to_hold(self):
        plan = self._put_in_force()
        other = self._create_customer("Double", user_id=self.sally.id)
        twin = self._put_in_force(customer=other)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.big | other).ids, self.big, extra_checks=False)
        self.env.invalidate_all()
        ended = (plan | twin).filtered(lambda one: one.state == "ended")
        self.assertEqual(len(ended), 1)
        self.assertFalse(ended.review_ids.filtered(lambda one: one.state == "due"))

    def test_who_joins_another_customer_is_no_key_account_and_has_no_plan(self):
        plan = self._put_in_force()
        one = self._make_key()
        house = self._create_customer("House", user_id=self.sally.id)
        self.big.write({"is_company": False, "parent_id": house.id})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((one.state, plan.state), ("ended", "ended"))
        self.assertIn("House", one.end_reason)
        self.assertFalse(plan.review_ids)
        keys = self.env["res.partner"].search([("is_key_account", "=", True)])
        self.assertEqual(keys, keys.filtered("is_key_account"))

    def test_a_copy_is_a_plan_for_the_time_after(self):
        plan = self._put_in_force()
        copy = plan.copy()
        day = fields.Date.to_date
        self.assertRecordValues(
            copy,
            [
                {
                    **{"date_start": day("2027-01-01"), "state": "draft"},
                    "date_end": day("2027-12-31"),
                }
            ],
        )
        self.assertEqual(
            copy.milestone_ids.mapped("due"), [day("2027-04-25"), day("2027-09-01")]
        )
        self.assertEqual(copy.action_ids.due, day("2027-06-01"))
        years = {"date_start": "2030-01-01", "date_end": "2030-12-31"}
        milestones = {"milestone_ids": [], "action_ids": []}
        self.assertEqual(plan.copy(years | milestones).date_end, day("2030-12-31"))

    def _create_orders_in_two_currencies(self):
        rate = {"name": "2020-01-01", "rate": 10, "company_id": 0}
        rare = self.env["res.currency"].create(
            {
                **{"name": "XTS", "symbol": "X", "rounding": 0.01},
                "rate_ids": [Command.create(rate)],
            }
        )
        self.company.currency_id.rate_ids.unlink()
        for currency, amount in ((rare, 300), (self.company.currency_id, 90)):
            order = self._create_order(self.mid, 10)
            order.write({"currency_id": currency.id})
            order.order_line.price_unit = amount

    def _measure_orders(self, aggregation):
        measure = self.env["crm.account.measure"].create(
            {
                **{"name": "Order", "model_name": "sale.order"},
                **{"value_field": "amount_untaxed", "reads_all": True},
                **{"aggregation": aggregation, "domain": "[('id', '>', 0)]"},
                "partner_path": "partner_id",
            }
        )
        days = map(fields.Date.to_date, ("2020-01-01", "2026-05-05"))
        own = self.env.user, self.company.currency_id, self.company
        figures, _problem = measure._measure(self.mid, *days, *own)
        return figures[self.mid.id]

    def test_amounts_of_several_currencies_are_compared_in_one(self):
        self._create_orders_in_two_currencies()
        orders = self.env["sale.order"].search([("partner_id", "=", self.mid.id)])
        own = [
            one.currency_id._convert(
                one.amount_untaxed,
                self.company.currency_id,
                self.company,
                one.date_order,
            )
            for one in orders
        ]
        self.assertEqual(len({one.currency_id for one in orders}), 2)
        self.assertAlmostEqual(self._measure_orders("max"), max(own))
        self.assertAlmostEqual(self._measure_orders("avg"), sum(own) / len(own))

    def test_an_amount_whose_currency_is_not_kept_is_measured_as_it_is(self):
        for amount in (10, 30):
            self.env["crm.lead"].create(
                {
                    **{"name": "Deal", "type": "opportunity"},
                    **{"partner_id": self.mid.id, "expected_revenue": amount},
                }
            )
        measure = self.env["crm.account.measure"].create(
            {
                **{"name": "Deal", "model_name": "crm.lead", "reads_all": True},
                **{"value_field": "expected_revenue", "aggregation": "avg"},
            }
        )
        days = [fields.Date.to_date(day) for day in ("2020-01-01", "2030-01-01")]
        found, problem = measure._measure(
            *(self.mid, *days, self.env.user, self.company.currency_id, self.company)
        )
        self.assertEqual((found, problem), ({self.mid.id: 20}, ""))

    def test_a_plan_is_measured_by_the_clock_of_its_customer(self):
        far = self.env["res.company"].create({"name": "Far"})
        far.resource_calendar_id.tz = "America/New_York"
        customer = self._create_customer("Far", company_id=far.id)
        late = self.env["crm.lead"].create(
            {
                **{"name": "Late", "type": "opportunity", "company_id": far.id},
                "partner_id": customer.id,
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = '2026-01-01 01:00:00' WHERE id = %s",
            [late.id],
        )
        measure = self.env["crm.account.measure"].create(
            {
                **{"name": "Leads", "model_name": "crm.lead", "reads_all": True},
                "date_field": "create_date",
            }
        )
        for first, last, count in (
            ("2025-12-01", "2025-12-31", 1),
            ("2026-01-01", "2026-01-31", 0),
        ):
            objective = Command.create(
                {"name": "Leads", "measure_id": measure.id, "target": 1}
            )
            plan = self._write_plan(
                self.env.user,
                customer,
                **{"date_start": first, "date_end": last},
                **{"objective_ids": [objective], "milestone_ids": []},
                action_ids=[],
            )
            self.assertEqual(plan.objective_ids.actual, count, first)
