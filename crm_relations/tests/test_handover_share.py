from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestPoolShare(RelationsCommon):
    """FU-9: shared users with an end date, and the job that ends them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Shared", user_id=cls.sally.id)

    def _share(self, actor=None, user=None, **values):
        customer = self.customer.with_user(actor or self.sally)
        return customer.share_with((user or self.sam).id, **values)

    def _codes(self, answers):
        return [answer["code"] for answer in answers]

    def _get_shared_with(self, user):
        action = self.env.ref("crm_relations.crm_customer_action_shared")
        domain = [
            ("is_managed_customer", "=", True),
            ("share_ids.user_id", "=", user.id),
        ]
        self.assertIn("('share_ids.user_id', '=', uid)", action.domain)
        return self.env["res.partner"].with_user(user).search(domain)

    def test_the_colleague_finds_it_and_works_with_it(self):
        person = self._create_person(self.customer, "Li Wei", taboos="None")
        profile = person.with_user(self.sam).person_profile_ids
        self.assertFalse(profile.search([("partner_id", "=", person.id)]))
        self.assertEqual(self._codes(self._share()), ["ok"])
        self.assertEqual(self._get_shared_with(self.sam), self.customer)
        self.assertEqual(self.customer.shared_user_ids, self.sam)
        self.customer.with_user(self.sam).city = "Suzhou"
        self._create_followup(self.customer.with_user(self.sam), user_id=self.sam.id)
        self.assertTrue(profile.search([("partner_id", "=", person.id)]))

    def test_the_colleague_reads_its_opportunities_and_quotations(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Deal",
                "type": "opportunity",
                "partner_id": self.customer.id,
                "user_id": self.sally.id,
            }
        )
        order = self._create_order(self.customer, 5, confirm=False)
        order.user_id = self.sally
        records = [lead, order, order.order_line]
        self._share(user=self.sam)
        for record in records:
            with self.subTest(record._name):
                self.assertTrue(record.with_user(self.sam).has_access("read"))
                self.assertFalse(record.with_user(self.sam).has_access("write"))
        self.customer.share_ids.with_user(self.sam).action_end()
        for record in records:
            with self.subTest(record._name):
                self.assertFalse(record.with_user(self.sam).has_access("read"))

    def test_who_may_share(self):
        for actor, codes in (
            (self.max, ["ok"]),
            (self.rita, ["ok"]),
            (self.sam, ["no_right"]),
            (self.anna, ["no_right"]),
        ):
            with self.subTest(actor.name):
                self.customer.share_ids.sudo().unlink()
                user = self._create_user(f"for_{actor.login}", "group_sales_user")
                self.assertEqual(self._codes(self._share(actor, user)), codes)

    def test_sharing_twice_is_refused_and_says_so(self):
        self._share()
        [answer] = self._share()
        self.assertEqual(answer["code"], "blocked")
        self.assertIn("shared with Sam already", answer["message"])
        self.assertEqual(len(self.customer.share_ids), 1)

    def test_what_cannot_be_is_blocked(self):
        yesterday = self.company._get_relations_today() - timedelta(days=1)
        unowned = self._create_customer("Nobody's")
        self.assertEqual(self._codes(self._share(user=self.sally)), ["blocked"])
        self.assertEqual(self._codes(self._share(until=yesterday)), ["blocked"])
        answers = unowned.with_user(self.rita).share_with(self.sam.id)
        self.assertEqual(self._codes(answers), ["blocked"])
        with self.assertRefused("role does not exist"):
            self._share(role="king")
        self.assertFalse(self.customer.share_history_ids)

    def test_the_database_keeps_it_unique_while_in_force(self):
        self._share()
        share = self.customer.share_ids
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            with self.env.cr.savepoint():
                share.copy()
        share.with_user(self.sally).action_end()
        self.assertEqual(self._codes(self._share()), ["ok"])
        self.assertEqual(len(self.customer.share_history_ids), 2)

    def test_only_its_end_role_and_purpose_can_be_changed_by_who_may(self):
        self._share()
        share = self.customer.share_ids
        share.with_user(self.sally).until = fields.Date.today() + timedelta(days=9)
        with self.assertRefused("passed already"):
            share.with_user(self.sally).until = "2020-01-01"
        for actor, values in (
            (self.sally, {"user_id": self.rita.id}),
            (self.sally, {"active": False}),
            (self.sam, {"until": False}),
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                share.with_user(actor).write(values)

    def test_who_may_end_it(self):
        self._share()
        other = self._create_user("other", "group_sales_user")
        with self.assertRaises(AccessError):
            self.customer.share_ids.with_user(other).action_end()
        self.customer.share_ids.with_user(self.sam).action_end()
        self.assertFalse(self._get_shared_with(self.sam))
        line = self.customer.share_history_ids
        self.assertEqual(line.ending, "ended")
        self.assertTrue(line.ended_at)

    def test_the_last_day_is_included_by_the_companys_day(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        with freeze_time("2026-03-01 04:00:00"):
            self._share(until="2026-03-10")
        # Just before midnight of the 10th in Shanghai, then just after.
        with freeze_time("2026-03-10 15:59:00"):
            self.env["crm.customer.share"]._end_due()
            self.assertTrue(self.customer.share_ids)
        with freeze_time("2026-03-10 16:01:00"):
            self.env["crm.customer.share"]._end_due()
        self.assertFalse(self.customer.share_ids)
        line = self.customer.share_history_ids
        self.assertEqual(line.ending, "expired")
        self.assertEqual(
            fields.Datetime.to_string(line.ended_at), "2026-03-10 16:01:00"
        )

    def test_each_customer_by_the_day_of_its_own_company(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        calendar = self.env["resource.calendar"].create(
            {"name": "West", "tz": "America/Los_Angeles"}
        )
        west = self.env["res.company"].create(
            {"name": "West", "resource_calendar_id": calendar.id}
        )
        far = self._create_customer("Far", user_id=self.sally.id)
        far.relation_company_id = west
        both = self.customer | far
        with freeze_time("2026-03-01 04:00:00"):
            both.with_user(self.sally).share_with(self.sam.id, "2026-03-10")
        with freeze_time("2026-03-10 18:00:00"):
            self.env["crm.customer.share"]._end_due()
        self.assertFalse(self.customer.share_ids)
        self.assertTrue(far.share_ids)

    def test_what_a_colleague_had_who_left_ends(self):
        self._share()
        self.sam.active = False
        self.env["crm.customer.share"]._end_due()
        self.assertEqual(self.customer.share_history_ids.ending, "archived")

    def test_the_job_goes_on_until_nothing_is_due_and_runs_twice(self):
        with freeze_time("2026-03-01"):
            self._share(until="2026-03-02")
            self._share(user=self.rita, until="2026-03-02")
        job = self.env.ref("crm_relations.ir_cron_pool_shares")
        for _run in range(2):
            with self.enter_registry_test_mode():
                job.method_direct_trigger()
            self.assertFalse(self.customer.share_ids)
        self.assertEqual(len(self.customer.share_history_ids), 2)

    def test_batches_of_the_job(self):
        with freeze_time("2026-03-01"):
            self._share(until="2026-03-02")
            self._share(user=self.rita, until="2026-03-02")
        shares = self.env["crm.customer.share"]
        self.assertEqual([shares._end_due(1) for _run in range(3)], [1, 1, 0])

    def test_with_another_owner_what_hung_on_the_former_ends(self):
        """PO-11: the new owner's own share and what the former owner has granted."""
        self._share(self.rita, user=self.carl_sells())
        self._share(self.sally, user=self.max)
        self._share(self.sally, user=self.sam)
        self.customer.user_id = self.sam
        self.assertEqual(self.customer.shared_user_ids.name, "Seller")
        self.assertEqual(
            set(self.customer.share_history_ids.filtered("ended_at").mapped("ending")),
            {"owner"},
        )

    def carl_sells(self):
        return self._create_user("seller", "group_sales_user")

    def test_in_the_pool_nobody_shares(self):
        self._share()
        self._create_pool_rule(30, domain=self._only(self.customer))
        self._age_ownership(self.customer, 90)
        self.env["res.partner"]._refresh_release_dates(self.customer.ids)
        self.env["crm.pool.rule"]._release_due()
        self.assertFalse(self.customer.share_ids)

    def test_an_undo_brings_back_what_the_hand_over_has_ended(self):
        self._share(user=self.max)
        until = self.company._get_relations_today() + timedelta(days=5)
        self.customer.with_user(self.sally).pool_transfer(self.sam.id, "x", until)
        self.assertEqual(self.customer.shared_user_ids, self.sally)
        batch = self.customer.ownership_change_ids[:1].batch_id
        batch.with_user(self.sally).undo()
        self.assertEqual(self.customer.shared_user_ids, self.max)

    def test_an_undo_does_not_bring_back_what_would_have_ended_since(self):
        today = self.company._get_relations_today()
        self._share(until=today + timedelta(days=1))
        self.customer.with_user(self.sally).pool_transfer(self.max.id, "Leaves")
        with freeze_time(today + timedelta(days=4)):
            changes = self.customer.ownership_change_ids
            changes.batch_id.with_user(self.rita).undo()
            share = self.customer.share_history_ids
            self.assertEqual((share.active, share.ending), (False, "expired"))

    def test_merging_keeps_the_longest_share_of_each_colleague(self):
        twin = self._create_customer("Twin", user_id=self.sally.id)
        later = self.company._get_relations_today() + timedelta(days=9)
        self._share(until=later)
        twin.with_user(self.sally).share_with(self.sam.id)
        twin.with_user(self.sally).share_with(self.max.id)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | twin).ids, self.customer)
        self.assertEqual(self.customer.shared_user_ids, self.sam | self.max)
        self.assertFalse(
            self.customer.share_ids.filtered(lambda s: s.user_id == self.sam).until
        )
        self.assertEqual(len(self.customer.share_history_ids), 3)

    def test_the_colleague_gets_one_message_and_sees_until_when(self):
        other = self._create_customer("Other", user_id=self.sally.id)
        until = self.company._get_relations_today() + timedelta(days=9)
        both = self.customer | other
        both.with_user(self.sally).share_with(self.sam.id, until, purpose="Tender")
        notified = self.env["mail.notification"].search(
            [("res_partner_id", "=", self.sam.partner_id.id)]
        )
        self.assertEqual(len(notified), 1)
        for text in ("Shared", "Other", "Tender", "You have access until"):
            self.assertIn(text, notified.mail_message_id.body)
        self.assertEqual(other.with_user(self.sam).my_share_until, until)
        self.assertFalse(other.with_user(self.sally).my_share_until)

    def test_the_wizard(self):
        other = self._create_customer("Other", user_id=self.rita.id)
        wizard = self.env["crm.share.wizard"].with_user(self.sally)
        wizard = wizard.create(
            {
                "partner_ids": (self.customer | other).ids,
                "user_id": self.sam.id,
                "purpose": "Tender",
            }
        )
        params = wizard.action_apply()["params"]
        self.assertIn("Customers shared with Sam: 1.", params["message"])
        self.assertIn("Other: Only its salesperson", params["message"])
        self.assertEqual(self.customer.share_ids.purpose, "Tender")
        with self.assertRaisesRegex(UserError, "Other: Only its salesperson"):
            wizard.action_apply()
        with self.assertRaises(ValidationError):
            wizard.until = "2020-01-01"

    def test_as_many_statements_for_many_as_for_few(self):
        first, few, many = (
            self._create_customers(count, user_id=self.sally.id) for count in (2, 2, 60)
        )
        counts = []
        for customers in (first, few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            share = customers.with_user(self.sally).share_with
            counts.append(
                self._count_statements(lambda share=share: share(self.sam.id))
            )
        # What is asked once, whoever shares first, is in the first figure only.
        self.assertEqual(counts[1], counts[2])
