from datetime import timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common.pool import PoolByHandCommon


@tagged("post_install", "-at_install")
class TestPoolMovesEdges(PoolByHandCommon):
    """Into pools, out of them and between them: who else holds it, whose it is."""

    def _create_batch(self, kind):
        return self.env["crm.pool.batch"]._create_transfer(kind, "", None)

    def test_what_is_in_the_pool_already_is_not_placed_again(self):
        since = self.pooled.pool_since
        batch = self._create_batch("move")
        self.assertEqual(batch._place({self.pooled.id: self.leeds.id}), [])
        self.assertEqual(self.pooled.pool_since, since)

    def test_nothing_is_placed_that_has_an_owner_or_is_archived(self):
        self.other.user_id = False
        self.other.active = False
        pools = dict.fromkeys((self.owned | self.other).ids, self.leeds.id)
        self.assertEqual(self._create_batch("move")._place(pools), [])

    def test_nothing_is_taken_that_somebody_has_or_that_is_in_no_pool(self):
        free = self._create_customer("Free")
        batch = self._create_batch("claim").with_user(self.sally).sudo()
        ids = (self.other | free | self.pooled).ids
        self.assertEqual(batch._take(ids, "claim"), self.pooled)
        self.assertEqual(self.other.user_id, self.sam)
        self.assertFalse(free.user_id)

    def test_a_manager_imports_nothing_out_of_the_pool_of_another(self):
        self.pooled.pool_id = self.pool
        self.max.group_ids += self.env.ref("base.group_partner_manager")
        with self.assertRaises(AccessError):
            self.pooled.with_user(self.max).join_pool_id = self.leeds
        self.pool.manager_ids = self.max
        self.pooled.with_user(self.max).join_pool_id = self.leeds
        self.env.flush_all()
        self.assertEqual(self.pooled.pool_id, self.leeds)

    def test_an_import_into_the_pool_of_a_company_asks_for_its_customers(self):
        other = self.env["res.company"].create({"name": "Other"})
        pool = self.env["crm.pool"].create({"name": "O", "company_id": other.id})
        free = self._create_customer("Free")
        free.relation_company_id = self.company
        with self.assertRefused("of another company", ValidationError):
            free.join_pool_id = pool
        free.invalidate_recordset()
        free.relation_company_id = other
        free.join_pool_id = pool
        self.env.flush_all()
        self.assertEqual(free.pool_id, pool)

    def test_a_contact_is_in_no_pool_of_its_own(self):
        person = self._create_person(self.pooled)
        with self.assertRefused("is a contact", ValidationError):
            person.join_pool_id = self.leeds

    def test_in_no_pool_only_relations_managers_put_it_into_one(self):
        stray = self._create_customer("Stray", city="Leeds")
        refusals = stray.with_user(self.max)._get_pool_refusals(outside=True)
        self.assertEqual(refusals[stray.id][0], "not_in_pool")
        self.assertFalse(stray.with_user(self.rita)._get_pool_refusals(outside=True))
        self.assertTrue(stray.with_user(self.rita)._get_pool_refusals())

    def test_near_are_those_of_pools_that_one_runs_or_is_a_member_of(self):
        self.pooled.write({"partner_latitude": 10, "partner_longitude": 20})
        for user, near in ((self.sally, True), (self.max, True), (self.sam, False)):
            found = self.env["res.partner"].with_user(user).nearby(10, 20, 100)
            with self.subTest(user.name):
                self.assertEqual([row["id"] for row in found], self.pooled.ids * near)

    def test_a_share_that_has_ended_brings_nothing_near(self):
        self.owned.write({"partner_latitude": 30, "partner_longitude": 40})
        partners = self.env["res.partner"].with_user(self.sam)
        self.owned.with_user(self.sally).share_with(self.sam.id)
        self.assertEqual(len(partners.nearby(30, 40, 100)), 1)
        self.owned.share_ids.with_user(self.sam).action_end()
        self.assertEqual(len(partners.nearby(30, 40, 100)), 0)

    def test_whoever_leads_gives_up_nothing_of_the_team_for_a_swap(self):
        self.leeds.member_ids += self.max
        [answer] = self.pooled.with_user(self.max).pool_swap(self.owned.id)
        self.assertEqual(answer["code"], "no_right")
        self.assertEqual(self.owned.user_id, self.sally)

    def test_what_no_pool_takes_cannot_be_given_up_for_another(self):
        self.pool.domain = "[('city', '=', 'Leeds')]"
        lost = self._create_customer("Lost", user_id=self.sally.id)
        [answer] = self.pooled.with_user(self.sally).pool_swap(lost.id)
        self.assertEqual(answer["code"], "blocked")
        self.assertEqual(lost.user_id, self.sally)

    def test_a_customer_counting_just_as_much_makes_room_for_another(self):
        self._create_quota()
        pooled = self.pooled.with_user(self.sally)
        found = [line["id"] for line in pooled.get_swap_suggestions()]
        self.assertIn(self.owned.id, found)

    def test_other_contacts_are_no_customers_that_leave(self):
        today = self.company._get_relations_today()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET pool_release_date = %s,"
            " is_managed_customer = FALSE WHERE id = %s",
            [today - timedelta(days=1), self.owned.id],
        )
        self.env.invalidate_all()
        standing = self.env["res.partner"].with_user(self.sally).get_pool_standing()
        self.assertEqual(standing["leaving_this_week"], 0)

    def test_the_banner_opens_those_whom_it_counts(self):
        today = self.company._get_relations_today()
        near = self._create_customer("Near", user_id=self.sally.id)
        far = self._create_customer("Far", user_id=self.sally.id)
        self.env.flush_all()
        for customer, days in ((near, 7), (far, 8)):
            self.env.cr.execute(
                "UPDATE res_partner SET pool_release_date = %s WHERE id = %s",
                [today + timedelta(days=days), customer.id],
            )
        self.env.invalidate_all()
        theirs = self.env["res.partner"].with_user(self.sally)
        self.assertEqual(theirs.get_pool_standing()["leaving_this_week"], 1)
        action = theirs.action_view_leaving()
        self.assertEqual(theirs.search(action["domain"]), near)
        self.assertFalse(action["context"])

    def test_followed_up_today_it_is_not_proposed(self):
        self._create_followup(self.owned)
        pooled = self.pooled.with_user(self.sally)
        self.assertFalse(pooled.get_swap_suggestions())

    def test_other_contacts_are_no_offer_for_a_swap(self):
        contact = self._create_customer(
            "Contact", user_id=self.sally.id, is_managed_customer=False
        )
        # Refused later, many of them would crowd the others out.
        found = self.pooled.with_user(self.sally).sudo()._get_swappable()
        self.assertIn(self.owned, found)
        self.assertNotIn(contact, found)

    def test_why_it_is_in_the_pool_is_told_of_the_last_time(self):
        for note in ("First", "Second"):
            self.owned.with_user(self.sally).pool_release(note)
            self.env.invalidate_all()
            self.assertIn(note, self.owned.pool_reason_text)
            self.owned.with_user(self.sally).pool_claim()
