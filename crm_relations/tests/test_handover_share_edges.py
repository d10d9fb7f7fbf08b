from datetime import timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestShareEdges(RelationsCommon):
    """FU-9: the last day, shares that meet each other, and who may not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Shared", user_id=cls.sally.id)
        cls.today = cls.company._get_relations_today()

    def _share(self, user, actor=None, until=None, customers=None):
        customers = (customers or self.customer).with_user(actor or self.sally)
        answers = customers.share_with(user.id, until)
        return [answer["code"] for answer in answers]

    def _merge(self, gone, kept):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((gone | kept).ids, kept)

    def test_today_may_be_the_last_day(self):
        self.assertEqual(self._share(self.sam, until=self.today), ["ok"])
        share = self.customer.share_ids.with_user(self.sally)
        share.until = False
        share.until = self.today
        wizard = self.env["crm.share.wizard"].with_user(self.sally)
        wizard = wizard.create(
            {
                "partner_ids": self.customer.ids,
                "user_id": self.max.id,
                "until": self.today,
            }
        )
        wizard.action_apply()
        self.assertEqual(self.customer.share_ids.mapped("until"), [self.today] * 2)

    def test_today_is_the_day_of_the_customers_company(self):
        """It is the 11th in Shanghai already, the 10th in Los Angeles."""
        calendar = self.env["resource.calendar"].create(
            {"name": "West", "tz": "America/Los_Angeles"}
        )
        west = self.env["res.company"].create(
            {"name": "West", "resource_calendar_id": calendar.id}
        )
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        far = self._create_customer("Far", user_id=self.sally.id)
        far.relation_company_id = west
        self._share(self.sam, customers=self.customer | far)
        with freeze_time("2026-03-10 18:00:00"):
            far.share_ids.with_user(self.sally).until = "2026-03-10"
            with self.assertRefused("passed already"):
                self.customer.share_ids.with_user(self.sally).until = "2026-03-10"

    def test_an_undo_leaves_a_share_that_was_granted_anew(self):
        self._share(self.max)
        self.customer.with_user(self.sally).pool_transfer(self.sam.id, "Moves")
        self.assertFalse(self.customer.share_ids)
        self._share(self.max, self.rita, self.today + timedelta(days=5))
        batch = self.customer.ownership_change_ids[:1].batch_id
        batch.with_user(self.sally).undo()
        self.assertEqual(self.customer.user_id, self.sally)
        self.assertEqual(self.customer.share_ids.granted_by_id, self.rita)

    def test_an_undo_gives_the_owner_no_share_of_the_own_customer(self):
        """Sally's share ended when she got the customer from Sam."""
        self.customer.user_id = self.sam
        self._share(self.sally, self.sam)
        self.customer.with_user(self.rita).pool_transfer(self.sally.id, "Moves")
        self.assertFalse(self.customer.share_ids)
        self.customer.with_user(self.rita).pool_transfer(self.max.id, "Moves")
        changes = self.customer.ownership_change_ids.sorted("id")
        changes[-1].batch_id.with_user(self.rita).undo()
        self.assertEqual(self.customer.user_id, self.sally)
        self.assertFalse(self.customer.share_ids)

    def test_a_share_that_is_over_is_not_ended_again(self):
        self._share(self.sam)
        share = self.customer.share_ids.with_user(self.sam)
        share.action_end()
        ended_at = share.ended_at
        with freeze_time(ended_at + timedelta(days=1)):
            share.action_end()
        self.assertEqual(share.ended_at, ended_at)

    def test_a_share_that_is_over_is_not_changed_any_more(self):
        self._share(self.sam)
        share = self.customer.share_ids.with_user(self.sally)
        share.purpose = "Fair"
        share.action_end()
        with self.assertRefused("has ended already", ValidationError):
            share.purpose = "Tender"
        with self.assertRaises(AccessError):
            share.user_id = self.max

    def test_only_who_may_give_the_customer_away_changes_a_share(self):
        self._share(self.sam)
        for user in (self.sam, self._create_user("otto", "group_sales_manager")):
            with self.subTest(user.name), self.assertRaises(AccessError):
                self.customer.share_ids.with_user(user).role = "stand_in"

    def test_to_lead_a_team_needs_the_role_of_a_sales_manager(self):
        self.north.user_id = self.sam
        self.assertEqual(self._share(self.max, self.sam), ["no_right"])
        self.assertEqual(
            self.customer.with_user(self.sam).pool_transfer(self.max.id, "x")[0][
                "code"
            ],
            "no_right",
        )

    def test_nobody_shares_with_who_may_not_enter_the_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.sally.company_ids |= other
        self.customer.company_id = other
        customer = self.customer.with_context(allowed_company_ids=other.ids)
        self.assertEqual(self._share(self.sam, customers=customer), ["blocked"])
        self.sam.company_ids |= other
        self.assertEqual(self._share(self.sam, customers=customer), ["ok"])

    def test_merging_ends_the_share_of_who_then_owns_it(self):
        twin = self._create_customer("Twin", user_id=self.sam.id)
        self._share(self.sally, self.sam, customers=twin)
        self._merge(twin, self.customer)
        self.assertEqual(self.customer.user_id, self.sally)
        self.assertFalse(self.customer.share_ids)
        self.assertEqual(self.customer.share_history_ids.ending, "owner")

    def test_merging_leaves_a_share_that_had_ended_before(self):
        twin = self._create_customer("Twin", user_id=self.sam.id)
        self._share(self.sally, self.sam, customers=twin)
        twin.share_ids.with_user(self.sally).action_end()
        before = twin.share_history_ids.mapped("ending")
        self._merge(twin, self.customer.with_context(active_test=False))
        self.assertEqual(self.customer.user_id, self.sally)
        self.assertEqual(self.customer.share_history_ids.mapped("ending"), before)
        self.assertNotEqual(before, ["owner"])

    def test_a_share_is_for_one_colleague(self):
        self._share(self.sam)
        self.assertTrue(self.customer._is_helped_by(self.sam))
        self.assertFalse(self.customer._is_helped_by(self.max))

    def test_a_colleague_is_told_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.sam.lang = "zh_CN"
        messages = self.env["mail.message"].sudo()
        told_before = messages.search([("partner_ids", "in", self.sam.partner_id.ids)])
        self._share(self.sam, until=self.today)
        told = messages.search([("partner_ids", "in", self.sam.partner_id.ids)])
        body = (told - told_before).body
        self.assertIn(f"{self.today:%Y}年", body)
        self.assertNotIn("shares with you", body)

    def test_of_many_the_rest_is_told_in_the_own_language_too(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.sam.lang = "zh_CN"
        many = self._create_customers(12, user_id=self.sally.id)
        self._share(self.sam, customers=many)
        messages = self.env["mail.message"].sudo()
        mine = [("partner_ids", "in", self.sam.partner_id.ids)]
        body = messages.search(mine, order="id desc", limit=1).body
        self.assertIn("2个", body)
        self.assertNotIn("more", body)
        self.assertIn("</a>、<a", body)

    def test_with_whom_many_are_shared_costs_no_more_than_of_few(self):
        many = self._create_customers(12, user_id=self.sally.id)
        self._share(self.sam, customers=many)

        def read(some):
            self.assertEqual(some.shared_user_ids, self.sam)

        few, all_of_them = (
            self._count_statements(lambda some=some: read(some), unread=True)
            for some in (many[:2], many)
        )
        self.assertLessEqual(all_of_them, few)

    def test_of_merged_shares_the_later_end_stays(self):
        twin = self._create_customer("Twin", user_id=self.sally.id)
        early, late = (self.today + timedelta(days=days) for days in (3, 9))
        self._share(self.sam, until=early)
        self._share(self.sam, until=late, customers=twin)
        self._merge(twin, self.customer)
        self.assertEqual(self.customer.share_ids.until, late)

    def test_who_is_no_customer_gets_no_owner_by_merging(self):
        for is_customer in (False, True):
            kept = self._create_customer("Kept", is_managed_customer=is_customer)
            gone = self._create_customer("Gone", user_id=self.sally.id)
            gone.is_managed_customer = is_customer
            self.assertEqual(gone.user_id, self.sally)
            self._merge(gone, kept)
            with self.subTest(is_customer):
                self.assertEqual(bool(kept.user_id), is_customer)

    def test_a_share_that_is_over_offers_no_end(self):
        self._share(self.sam)
        share = self.customer.share_ids
        ends = [share.with_user(user).may_end for user in (self.sally, self.sam)]
        self.assertEqual(ends, [True, True])
        share.with_user(self.sally).action_end()
        ends = [share.with_user(user).may_end for user in (self.sally, self.sam)]
        self.assertEqual(ends, [False, False])
