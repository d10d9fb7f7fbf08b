from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.claim import ClaimCommon


@tagged("post_install", "-at_install")
class TestPoolDetours(ClaimCommon):
    """PO-6, PO-12: neither archive nor deletion nor another company goes around what
    the pool allows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.own = cls._create_customer("Own", user_id=cls.sally.id)
        cls.theirs = cls._create_customer("Theirs", user_id=cls.sam.id)

    def _age(self, customer, days=400):
        past = fields.Datetime.subtract(fields.Datetime.now(), days=days)
        customer.owner_since = past
        customer.flush_recordset()

    def test_archiving_and_restoring_does_not_start_the_clock_anew(self):
        self._create_pool_rule(30, clock="held", domain=self._only(self.own))
        self._age(self.own)
        due = self.own.pool_release_date
        self.assertTrue(due)
        own = self.own.with_user(self.sally)
        own.action_archive()
        self.assertFalse(own.pool_release_date)
        own.action_unarchive()
        self.assertEqual(own.pool_release_date, due)

    def test_whoever_could_give_it_anew_restores_it_with_its_full_time(self):
        self._create_pool_rule(30, clock="held", domain=self._only(self.own))
        for user in (self.max, self.rita):
            self._age(self.own)
            due = self.own.pool_release_date
            self.own.action_archive()
            self.own.with_user(user).action_unarchive()
            self.assertGreater(self.own.pool_release_date, due, user.name)

    def test_nobody_hides_a_pool_customer_in_the_archive(self):
        for customer, message in (
            (self.one, "is in the public pool"),
            (self.theirs, "belongs to Sam"),
        ):
            with self.subTest(customer.name), self.assertRefused(message):
                customer.with_user(self.sally).action_archive()
            self.assertTrue(customer.active)
            customer.with_user(self.rita).action_archive()
            self.assertFalse(customer.active)

    def test_nobody_deletes_a_customer_to_enter_it_again(self):
        self.sally.group_ids |= self.env.ref("base.group_partner_manager")
        for customer, message in (
            (self.one, "is in the public pool"),
            (self.theirs, "belongs to Sam"),
        ):
            with self.subTest(customer.name), self.assertRefused(message):
                customer.with_user(self.sally).unlink()
            self.assertTrue(customer.exists())

    def test_a_pool_of_a_company_is_closed_to_those_of_another(self):
        """Also where the customer is open to all companies."""
        self.pool.company_id = self.company
        for user in (self.sally, self.rita):
            user.write(
                {"company_ids": self.elsewhere.ids, "company_id": self.elsewhere.id}
            )
        self.assertFalse(self.one.company_id)
        self.assertClaim(self.one, ["not_member"])
        rita = self.one.with_user(self.rita)
        for answers in (
            rita.pool_assign(self.sam.id),
            rita.pool_move(self.pool.copy({"name": "Second"}).id),
        ):
            self.assertEqual([answer["code"] for answer in answers], ["no_right"])
        self.pool.write({"hides_phone": True, "hides_contacts": True})
        self.one.phone = "13812345678"
        self.assertFalse(rita.read(["phone"])[0]["phone"])

    def test_undoing_a_swap_at_the_cap_brings_both_back(self):
        self._create_quota(1)
        [answer] = self.one.with_user(self.sally).pool_swap(self.own.id)
        self.assertEqual(answer["code"], "ok")
        batch = self.own.ownership_change_ids.batch_id
        answers = batch.with_user(self.rita).undo()
        self.assertEqual({answer["code"] for answer in answers}, {"ok"})
        self.assertEqual((self.own.user_id, self.own.pool_id.id), (self.sally, False))
        self.assertEqual((self.one.user_id.id, self.one.pool_id), (False, self.pool))
        self.assertCounted()

    def test_a_leader_undoes_both_halves_of_a_swap_or_none(self):
        self._create_quota(1)
        self.one.with_user(self.sally).pool_swap(self.own.id)
        batch = self.own.ownership_change_ids.batch_id
        batch.with_user(self.max).undo()
        self.own.invalidate_recordset()
        self.assertEqual(self.own.user_id, self.sally)
        self.assertEqual(self.one.pool_id, self.pool)
        self.assertCounted()

    def test_half_a_swap_is_not_undone(self):
        self.one.with_user(self.sally).pool_swap(self.own.id)
        batch = self.own.ownership_change_ids.batch_id
        self.assertClaim(self.own, ["ok"], self.sam)
        answers = batch.with_user(self.rita).undo()
        self.assertEqual({answer["code"] for answer in answers}, {"touched"})
        self.assertEqual((self.one.user_id, self.own.user_id), (self.sally, self.sam))

    def test_followers_go_back_with_a_swap(self):
        self.own.message_subscribe(self.sally.partner_id.ids)
        self.one.with_user(self.sally).pool_swap(self.own.id)
        self.assertIn(self.sally.partner_id, self.one.message_partner_ids)
        self.own.ownership_change_ids.batch_id.with_user(self.rita).undo()
        self.assertIn(self.sally.partner_id, self.own.message_partner_ids)
        self.assertNotIn(self.sally.partner_id, self.one.message_partner_ids)

    def test_restoring_is_refused_beyond_the_cap(self):
        self._create_quota(1)
        self.own.with_user(self.sally).action_archive()
        self.assertClaim(self.one, ["ok"])
        with self.assertRaises(UserError):
            self.own.with_user(self.sally).action_unarchive()
