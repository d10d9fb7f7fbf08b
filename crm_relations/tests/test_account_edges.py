from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common.account_return import AccountReturnCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-01 10:00:00")
class TestAccountEdges(AccountReturnCommon):
    """Key accounts, their plans and returns where one condition decides."""

    def test_of_a_review_only_what_is_written_is_typed(self):
        review = self._put_in_force().review_ids[:1]
        review.with_user(self.sally).next_steps = "Call"
        for name, value in (("due", "2026-01-02"), ("state", "held"), ("facts", {})):
            with self.assertRefused("the rest follows", AccessError):
                review.with_user(self.sally).write({name: value})

    def test_merging_two_leaves_the_plan_of_a_third(self):
        kept = self._put_in_force(customer=self.mid)
        third = self._put_in_force()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.small + self.mid).ids, self.small)
        self.env.invalidate_all()
        self.assertEqual((kept + third).mapped("state"), ["approved"] * 2)

    def test_a_plan_that_is_over_asks_for_nobody_else(self):
        plan = self._put_in_force()
        plan.with_user(self.max).end("Over")
        self.sally.active = False
        plan.invalidate_recordset()
        self.assertEqual(plan.state, "ended")
        self.assertFalse(plan.warning)

    def test_a_change_of_a_plan_that_is_over_is_not_approved(self):
        plan = self._put_in_force()
        change = self._ask_change(plan, kind="budget", new_amount=5)
        plan.with_user(self.max).end("Over")
        change.sudo().state = "asked"
        self.assertEqual(
            change.sudo()._get_hindrances(),
            {change.id: "The plan is not in force any more."},
        )

    def test_what_is_decided_waits_for_nobody(self):
        one = self._ask(self.mid)
        self.assertEqual(self._get_cards(self.max)["key_account_decide"], 1)
        self.assertAnswers(one.with_user(self.rita).approve(), "ok")
        self.assertNotIn("key_account_decide", self._get_cards(self.max))

    def test_the_preview_tells_of_who_was_never_scored(self):
        new = self._create_customer("New", user_id=self.sally.id)
        self._create_orders([(new, 900, 9)])
        self.env["crm.segmentation"]._decide(new.ids)
        shown = self.scheme.with_user(self.rita).preview()
        [row] = [row for row in shown["rows"] if row["id"] == new.id]
        self.assertFalse(row["old"])
        self.assertEqual(row["new"], "100")

    def test_a_rate_is_called_by_whom_it_is_for(self):
        group = self.env.ref("crm_relations.group_sales_user")
        for values, who in (
            ({"user_id": self.sally.id}, self.sally.name),
            ({"role_id": group.id}, group.name),
            ({}, "Everybody"),
        ):
            rate = self._set_rate(1, date_from="2026-04-01", **values)
            self.assertTrue(rate.display_name.startswith(f"{who} · "), who)

    def test_the_period_of_a_return_is_told(self):
        plan = self._put_in_force()
        returns = self.returns.search([("partner_id", "=", self.big.id)])
        self.returns._count_for(self.big)
        returns |= self.returns.search([("partner_id", "=", self.big.id)])
        told = {one.kind: one._tell_period() for one in returns}
        self.assertEqual(told["plan"], plan.name)
        self.assertEqual(told["year"][:2], "20")
        self.assertEqual(told["months"], "Last 12 Months")

    def test_without_a_tier_to_compare_with_nothing_is_said_of_it(self):
        one = self._get_return(self.big)
        self.assertFalse(one.tier_result_share)

    def test_what_opens_the_returns_is_a_whole_action(self):
        action = self.big.with_user(self.sally).action_view_account_return()
        self.assertEqual(action["type"], "ir.actions.act_window")
        self.assertEqual(action["res_model"], "crm.account.return")
