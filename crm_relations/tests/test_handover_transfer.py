from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common.handover import TransferCommon


@tagged("post_install", "-at_install")
class TestPoolTransfer(TransferCommon):
    """FU-9: handing over by ``pool_transfer``: who may, what moves, the answers."""

    def test_all_that_hangs_on_the_owner_moves_along(self):
        theirs = self._plan(self.one, self.rita)
        on_lead = self._plan(self.lead)
        self.assertCodes(self._transfer(self.one, self.sam), ["ok"])
        moved = self.one | self.person
        self.assertEqual(moved.user_id, self.sam)
        self.assertEqual(self.lead.user_id, self.sam)
        self.assertEqual(self.lead.stage_id, self.stage)
        self.assertEqual(self.lead.team_id, self.south)
        self.assertEqual(self.quotation.user_id, self.sam)
        self.assertEqual((self.activity | on_lead).user_id, self.sam)
        self.assertEqual(theirs.user_id, self.rita)
        self.assertEqual(self.two.user_id, self.sally)

    def test_what_is_closed_or_of_others_stays(self):
        won = self._create_lead("Won", self.one)
        won.action_set_won()
        order = self._create_order(self.one, 10)
        order.user_id = self.sally
        helped = self._create_lead("Helped", self.one, user_id=self.rita.id)
        self._transfer(self.one, self.sam)
        self.assertEqual(won.user_id, self.sally)
        self.assertEqual(order.user_id, self.sally)
        self.assertEqual(helped.user_id, self.rita)

    def test_the_ledger_tells_who_why_and_the_clock_starts_anew(self):
        self._age_ownership(self.one, 90)
        self._create_pool_rule(30, domain=self._only(self.one))
        self._transfer(self.one, self.sam)
        change = self.one.ownership_change_ids[:1]
        self.assertEqual(change.kind, "transfer")
        self.assertEqual(change.from_user_id, self.sally)
        self.assertEqual(change.to_user_id, self.sam)
        self.assertEqual(change.operator_id, self.sally)
        self.assertEqual(change.reason, "Handed over: Moves away")
        self.assertEqual(
            self.one.pool_release_date,
            self.company._get_relations_today() + timedelta(days=30),
        )

    def test_the_new_owner_follows_instead_of_the_former(self):
        (self.one | self.lead.partner_id).message_subscribe(self.sally.partner_id.ids)
        self.lead.message_subscribe(self.sally.partner_id.ids)
        subtypes = self.lead.message_follower_ids.subtype_ids
        self._transfer(self.one, self.sam)
        for record in (self.one, self.lead):
            self.assertIn(self.sam.partner_id, record.message_partner_ids)
            self.assertNotIn(self.sally.partner_id, record.message_partner_ids)
        follower = self.lead.message_follower_ids.filtered(
            lambda follower: follower.partner_id == self.sam.partner_id
        )
        self.assertEqual(follower.subtype_ids, subtypes)

    def test_who_may(self):
        for actor, codes in (
            (self.sally, ["ok"]),
            (self.max, ["ok"]),
            (self.rita, ["ok"]),
            (self.adam, ["ok"]),
            (self.sam, ["no_right"]),
            (self.carl, ["no_right"]),
            (self.anna, ["no_right"]),
        ):
            customer = self._create_customer(user_id=self.sally.id)
            with self.subTest(actor.name):
                self.assertCodes(self._transfer(customer, self.max, actor), codes)
                owner = self.max if codes == ["ok"] else self.sally
                self.assertEqual(customer.user_id, owner)

    def test_a_leader_only_for_the_own_team(self):
        self.two.user_id = self.sam
        answers = self._transfer(self.both, self.rita, self.max)
        self.assertCodes(answers, ["ok", "no_right"])
        self.assertEqual(self.two.user_id, self.sam)

    def test_one_answer_each_in_the_order_given(self):
        gone = self._create_customer()
        gone_id = gone.id
        gone.unlink()
        foreign = self._create_customer(user_id=self.sam.id)
        customers = self.env["res.partner"].browse(
            [self.two.id, gone_id, self.person.id, foreign.id, self.one.id]
        )
        answers = self._transfer(customers, self.sam)
        self.assertEqual([answer["id"] for answer in answers], customers.ids)
        self.assertCodes(answers, ["ok", "missing", "blocked", "no_right", "ok"])
        self.assertEqual(self.both.user_id, self.sam)

    def test_what_cannot_be_is_blocked_and_says_why(self):
        archived = self._create_user("gone", "group_sales_user")
        archived.active = False
        yesterday = self.company._get_relations_today() - timedelta(days=1)
        portal = self._create_user("portal", "group_user")
        for user, until, message in (
            (self.sally, None, "its salesperson already"),
            (archived, None, "archived"),
            (portal, None, "no role in sales"),
            (self.env["res.users"].browse(987654), None, "does not exist"),
            (self.sam, yesterday, "has passed"),
            (self.sam, "soon", "not a date"),
        ):
            with self.subTest(message):
                [answer] = self._transfer(self.one, user, until=until)
                self.assertCodes([answer], ["blocked"])
                self.assertRegex(answer["message"], message)
        [answer] = self.one.with_user(self.sally).pool_transfer(self.sam.id, " ")
        self.assertEqual(answer["code"], "blocked")
        self.assertEqual(self.one.user_id, self.sally)
        self.assertFalse(self.env["crm.pool.batch"].search([("kind", "!=", "release")]))

    def test_two_companies(self):
        """Neither a customer nor a quotation comes to who may not enter its company."""
        other = self.env["res.company"].create({"name": "Other"})
        self.sally.company_ids |= other
        closed = self._create_customer("Closed", company_id=other.id)
        closed.user_id = self.sally
        self.quotation.company_id = other
        caller = (self.one | closed).with_user(self.sally)
        caller = caller.with_context(allowed_company_ids=self.sally.company_ids.ids)
        answers = caller.pool_transfer(self.sam.id, "Moves away")
        self.assertCodes(answers, ["ok", "blocked"])
        self.assertIn("Other", answers[1]["message"])
        self.assertEqual(closed.user_id, self.sally)
        self.assertEqual(self.quotation.user_id, self.sally)

    def test_a_customer_of_a_company_one_is_not_in_is_not_ones_own(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.one.company_id = other
        self.assertCodes(self._transfer(self.one, self.sam, self.rita), ["no_right"])

    def test_the_former_owner_keeps_access_until_the_day(self):
        until = self.company._get_relations_today() + timedelta(days=5)
        self._transfer(self.one, self.sam, until=fields.Date.to_string(until))
        share = self.one.share_ids
        self.assertEqual(share.user_id, self.sally)
        self.assertEqual((share.until, share.role), (until, "former"))

    def test_one_message_a_new_owner(self):
        before = self._get_notified(self.sam)
        self._transfer(self.both, self.sam)
        message = self._get_notified(self.sam) - before
        self.assertEqual(len(message), 1)
        self.assertIn("2 customers", message.subject)
        for text in ("One", "Two", "Opportunity: 1", "Moves away"):
            self.assertIn(text, message.body)

    def _get_notified(self, user):
        return (
            self.env["mail.notification"]
            .search([("res_partner_id", "=", user.partner_id.id)])
            .mail_message_id
        )

    def test_a_customer_of_the_pool_is_given_by_a_relations_manager(self):
        pooled = self._create_customer()
        pooled.write({"pool_id": self.pool.id, "pool_since": "2026-01-01"})
        self.assertCodes(self._transfer(pooled, self.sam, self.max), ["no_right"])
        self.assertCodes(self._transfer(pooled, self.sam, self.rita), ["ok"])
        self.assertFalse(pooled.pool_id)
        batch = pooled.ownership_change_ids[:1].batch_id
        batch.with_user(self.rita).undo()
        self.assertEqual(pooled.pool_id, self.pool)
        self.assertFalse(pooled.user_id)

    def test_as_many_statements_for_many_as_for_few(self):
        warm, few, many = (
            self._create_customers(count, user_id=self.sally.id) for count in (2, 2, 60)
        )
        for customers in (warm, few, many):
            for customer in customers:
                self._create_lead("Deal", customer)
                self._plan(customer)
        counts = []
        for customers in (warm, few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            counts.append(
                self._count_statements(
                    lambda group=customers: self._transfer(group, self.sam)
                )
            )
        self.assertEqual(counts[1], counts[2])

    def test_nobody_writes_the_ledgers_directly(self):
        self._transfer(self.one, self.sam)
        item = self.env["crm.handover.item"].search([("partner_id", "=", self.one.id)])
        for user in (self.sally, self.adam):
            with self.assertRaises(AccessError):
                item.with_user(user).write({"state": "left"})
