from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common.claim import ClaimCommon


@tagged("post_install", "-at_install")
class TestPoolClaim(ClaimCommon):
    """PO-7: what a claim brings, and every reason why it does not."""

    def test_a_claim_brings_all_that_belongs_to_the_customer(self):
        rule = self._create_pool_rule(30, domain=self._only(self.one))
        mine, others = (self._create_person(self.one, name) for name in ("A", "B"))
        others.user_id = self.rita
        self.assertClaim(self.one, ["ok"])
        self.assertEqual(self.one.user_id, self.sally)
        self.assertEqual(mine.user_id, self.sally)
        self.assertEqual(others.user_id, self.rita)
        self.assertFalse(self.one.pool_id or self.one.pool_since)
        self.assertEqual(self.one.pool_rule_id, rule)
        today = self.company._get_relations_today()
        self.assertEqual(self.one.pool_release_date, today + timedelta(days=30))
        self.assertIn(self.sally.partner_id, self.one.message_partner_ids)
        change = self.one.ownership_change_ids.sorted("id")[-1:]
        self.assertEqual(change.kind, "claim")
        self.assertEqual(change.batch_id.user_id, self.sally)
        self.assertEqual(change.from_pool_id, self.pool)
        self.assertIn(self.pool.name, change.reason)

    def test_a_first_activity_is_planned_once_and_mails_nobody(self):
        mails = self.env["mail.message"].search_count([])
        self.assertClaim(self.one, ["ok"])
        planned = self.one.activity_ids
        self.assertEqual(planned.user_id, self.sally)
        self.assertEqual(
            planned.date_deadline,
            self.company._get_relations_today() + timedelta(days=3),
        )
        self.assertEqual(self.env["mail.message"].search_count([]), mails)
        self._put(self.one)
        self.assertClaim(self.one, ["ok"])
        self.assertEqual(self.one.activity_ids, planned)
        self.pool.contact_days = 0
        self.assertClaim(self.two, ["ok"])
        self.assertFalse(self.two.activity_ids)

    def test_whoever_comes_second_is_told_who_has_it(self):
        self.assertClaim(self.one, ["ok"], self.sam)
        [answer] = self.one.with_user(self.sally).pool_claim()
        self.assertEqual(answer["code"], "taken")
        self.assertIn("Sam", answer["message"])
        self.assertClaim(self.one, ["taken"], self.sam)

    def test_many_at_once_are_answered_one_by_one(self):
        gone = self._create_customer("Gone")
        nowhere = self._create_customer("Nowhere")
        archived = self._create_pooled("Archived", active=False)
        taken = self._create_customer("Taken", user_id=self.sam.id)
        person = self._create_person(taken)
        customers = self.one | gone | nowhere | archived | taken | person | self.two
        gone.unlink()
        self.assertClaim(
            customers,
            ["ok", "missing", "not_in_pool", "blocked", "taken", "blocked", "ok"],
        )

    def test_the_list_claims_many_and_tells_what_was_left(self):
        self.two.user_id = self.sam
        chosen = (self.one | self.two).with_user(self.sally)
        action = chosen.action_pool_claim()
        self.assertEqual(self.one.user_id, self.sally)
        self.assertEqual(action["res_model"], "crm.answer.summary")
        summary = self.env["crm.answer.summary"].browse(action["res_id"])
        self.assertEqual(
            summary.sentence, "Done: 1, Taken by others: 1 · It is yours now."
        )
        self.assertEqual(summary.line_ids.partner_id, self.two)

    def test_only_who_sells_and_sees_it_may(self):
        for user in (self.carl, self.anna):
            self.assertClaim(self.one, ["no_right"], user)
        self.one.company_id = self.env["res.company"].create({"name": "Other"})
        self.assertClaim(self.one, ["no_right"])

    def test_only_members_and_who_runs_the_pool_may(self):
        self.pool.member_ids = self.sam
        self.assertClaim(self.one, ["not_member"])
        self.pool.manager_ids = self.sally
        self.assertClaim(self.one | self.two, ["ok", "ok"])
        self._put(self.one)
        self.assertClaim(self.one, ["ok"], self.rita)

    def test_what_came_just_now_is_frozen(self):
        self.pool.freeze_hours = 24
        self._put(self.one, days=0)
        self.assertClaim(self.one | self.two, ["frozen", "ok"])
        with freeze_time(fields.Datetime.now() + timedelta(hours=25)):
            self.assertClaim(self.one, ["ok"])

    def test_an_edit_in_the_pool_does_not_freeze_anew(self):
        self.pool.freeze_hours = 20
        self.one.name = "Edited"
        self.assertClaim(self.one, ["ok"])

    def test_former_owners_wait_whoever_had_it_in_between(self):
        """Sally, Sam, the pool: Sally as well as Sam has to wait."""
        self.pool.cool_down_days = 30
        self.one.user_id = self.sally
        self.one.user_id = self.sam
        self._put(self.one)
        self.assertClaim(self.one, ["cool_down"], self.sally)
        self.assertClaim(self.one, ["cool_down"], self.sam)
        with freeze_time(fields.Datetime.now() + timedelta(days=31)):
            self.assertClaim(self.one, ["ok"], self.sally)

    def test_managers_wait_like_anybody(self):
        self.pool.cool_down_days = 30
        self.pool.manager_ids = self.max
        self.one.user_id = self.max
        self._put(self.one)
        self.assertClaim(self.one, ["cool_down"], self.max)

    def test_the_cap_lets_in_as_many_as_fit(self):
        quota = self._create_quota(2)
        customers = self.one | self.two | self._create_pooled("Three")
        self.assertClaim(customers, ["ok", "ok", "cap_reached"])
        self.assertEqual(self._get_held(self.sally, quota), 2)
        self.assertCounted()

    def test_a_heavy_customer_needs_its_room(self):
        self._create_quota(2)
        self.tier_a.holding_weight = 1.5
        heavy = self._create_pooled("Heavy")
        heavy.tier_id = self.tier_a
        self.assertClaim(self.one | heavy | self.two, ["ok", "cap_reached", "ok"])

    def test_giving_back_refunds_no_claim(self):
        self._create_quota(claims_per_day=2)
        self.assertClaim(self.one, ["ok"])
        self._put(self.one)
        self.assertClaim(self.one | self.two, ["ok", "daily_limit"])
        with freeze_time(fields.Datetime.now() + timedelta(days=1, minutes=1)):
            self.assertClaim(self.two, ["ok"])

    def test_a_day_begins_where_the_company_is(self):
        self._create_quota(claims_per_day=1)
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        with freeze_time("2026-03-02 15:59:00"):  # Monday, a minute before midnight
            self.assertClaim(self.one, ["ok"])
            self.assertClaim(self.two, ["daily_limit"])
        with freeze_time("2026-03-02 16:00:00"):
            self.assertClaim(self.two, ["ok"])

    def test_a_week_begins_on_monday(self):
        self._create_quota(claims_per_week=1)
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        with freeze_time("2026-03-01 15:59:00"):  # Sunday night
            self.assertClaim(self.one, ["ok"])
            self.assertClaim(self.two, ["weekly_limit"])
        with freeze_time("2026-03-01 16:00:00"):
            self.assertClaim(self.two, ["ok"])

    def test_claims_are_noted_on_the_counter(self):
        quota = self._create_quota(claims_per_day=9, claims_per_week=9)
        self.assertClaim(self.one | self.two, ["ok", "ok"])
        holding = self.env["crm.pool.holding"].search([("quota_id", "=", quota.id)])
        self.assertEqual((holding.user_id, holding.claims), (self.sally, 2))

    def test_a_reserved_customer_is_for_who_runs_the_pool(self):
        self.one.pool_kept_until = fields.Date.today() + timedelta(days=5)
        self.assertClaim(self.one, ["protected"])
        self.assertClaim(self.one, ["ok"], self.rita)

    def test_as_many_statements_for_many_as_for_few(self):
        self._create_quota(1000, claims_per_day=1000, claims_per_week=1000)
        self._create_pool_rule(30)
        self._claim(self.one)  # warm
        counts = []
        for count in (2, 60):
            customers = self._create_customers(count)
            self._put(customers)
            for customer in customers:
                self._create_person(customer)
            customers = customers.with_user(self.sally)
            counts.append(self._count_statements(customers.pool_claim))
            self.assertEqual(customers.user_id, self.sally)
        self.assertEqual(counts[0], counts[1])

    def test_ten_thousand_ids_are_answered(self):
        customers = self.env["res.partner"].browse(range(10**8, 10**8 + 10000))
        with self.assertQueryCount(20):
            answers = customers.with_user(self.sally).pool_claim()
        self.assertEqual({answer["code"] for answer in answers}, {"missing"})

    def test_a_claim_can_be_undone(self):
        self.assertClaim(self.one, ["ok"])
        batch = self.one.ownership_change_ids.sorted("id")[-1:].batch_id
        [answer] = batch.with_user(self.rita).undo()
        self.assertTrue(answer["ok"])
        self.assertEqual(self.one.pool_id, self.pool)
        self.assertFalse(self.one.user_id)
