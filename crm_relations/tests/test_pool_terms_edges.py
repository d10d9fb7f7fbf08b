from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import freeze_time, tagged

from .common.pool import PoolByHandCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 12:00:00")
class TestPoolTermsEdges(PoolByHandCommon):
    """PO-7: terms to the second, archived customers, other companies and zones."""

    def _claim(self, customers, user=None):
        customers = customers.with_user(user or self.sally)
        return self._codes(customers.pool_claim())

    def _create_company(self, tz="Pacific/Kiritimati"):
        calendar = self.env["resource.calendar"].create({"name": tz, "tz": tz})
        return self.env["res.company"].create(
            {"name": tz, "resource_calendar_id": calendar.id}
        )

    def test_when_the_hours_are_over_it_can_be_taken(self):
        self.leeds.freeze_hours = 2
        end = Datetime.now() - timedelta(hours=2)
        self.assertFalse(self.leeds._get_frozen_until(end))
        self.assertTrue(self.leeds._get_frozen_until(end + timedelta(seconds=1)))

    def test_when_the_days_are_over_the_former_owner_may_take_it(self):
        self.leeds.cool_down_days = 3
        end = Datetime.now() - timedelta(days=3)
        self.assertFalse(self.leeds._get_cool_until(end))
        self.assertTrue(self.leeds._get_cool_until(end + timedelta(seconds=1)))

    def test_a_loss_that_was_undone_does_not_cool_down(self):
        self.leeds.cool_down_days = 3
        self.owned.with_user(self.sally).pool_release("Mistake")
        self._get_change(self.owned).batch_id.with_user(self.rita).undo()
        self.owned.with_user(self.rita).pool_transfer(self.max.id, "Moves")
        self.env["crm.ownership.change"].search(
            [("partner_id", "=", self.owned.id), ("kind", "=", "transfer")]
        ).decided_at = Datetime.now() - timedelta(days=9)
        self.owned.with_user(self.rita).pool_release("No need")
        self.assertEqual(self._claim(self.owned), ["ok"])

    def test_reserved_until_today_is_free(self):
        today = self.company._get_relations_today()
        for days, code in ((1, "protected"), (0, "ok")):
            self.pooled.sudo().pool_kept_until = today + timedelta(days=days)
            self.env.flush_all()
            with self.subTest(days):
                self.assertEqual(self._claim(self.pooled), [code])

    def test_today_is_the_day_of_the_customers_company(self):
        """It is the 5th on Kiritimati, the 4th here."""
        self.pooled.pool_kept_until = "2026-03-05"
        self.assertEqual(self._claim(self.pooled), ["protected"])
        self.pooled.relation_company_id = self._create_company()
        self.assertEqual(self._claim(self.pooled), ["ok"])

    def test_who_works_elsewhere_neither_runs_a_pool_nor_takes_from_it(self):
        pool = self.env["crm.pool"].create({"name": "All of Elsewhere"})
        self.assertTrue(pool._has_manager(self.rita))
        self.assertTrue(pool._has_member(self.sally))
        pool.company_id = self._create_company()
        self.assertFalse(pool._has_manager(self.rita))
        self.assertFalse(pool._has_member(self.sally))
        pool.manager_ids = self.sally
        self.assertTrue(pool._has_manager(self.sally))
        self.assertTrue(pool._has_member(self.sally))

    def test_who_runs_a_pool_counts_as_its_member(self):
        self.assertTrue(self.leeds._has_member(self.max))
        self.assertFalse(self.leeds._has_member(self.sam))

    def test_an_archived_customer_cannot_be_taken_given_or_moved(self):
        self.pooled.active = False
        rita = self.pooled.with_user(self.rita)
        self.assertEqual(self._claim(self.pooled), ["blocked"])
        self.assertEqual(self._codes(rita.pool_assign(self.sally.id)), ["blocked"])
        self.assertEqual(self._codes(rita.pool_move(self.pool.id)), ["blocked"])
        self.owned.active = False
        mine = self.owned.with_user(self.sally)
        [answer] = mine.pool_release("Why")
        # Said by who looks, not by the statement that finds nothing to release.
        self.assertEqual(answer["code"], "blocked")
        self.assertIn("archived", answer["message"])

    def test_an_archived_customer_belongs_into_a_territory_as_any_other(self):
        self.pooled.active = False
        best = self.env["crm.pool"]._get_best_pools(self.pooled.ids)
        self.assertEqual(best, {self.pooled.id: self.leeds.id})

    def test_a_territory_that_begins_later_takes_nobody_yet(self):
        self.leeds.start_date = self.company._get_relations_today() + timedelta(days=1)
        best = self.env["crm.pool"]._get_best_pools(self.pooled.ids)
        self.assertEqual(best, {self.pooled.id: self.pool.id})
        self.leeds.start_date = self.company._get_relations_today()
        best = self.env["crm.pool"]._get_best_pools(self.pooled.ids)
        self.assertEqual(best, {self.pooled.id: self.leeds.id})

    def test_a_pool_of_the_company_whose_rules_judge_it_takes_a_shared_customer(self):
        east = self._create_company()
        pool = self.env["crm.pool"].create({"name": "East", "company_id": east.id})
        both = self.owned | self.other
        both.relation_company_id = east
        both[1].relation_company_id = self.company
        pools, alien = both._get_release_pools(pool.id)
        self.assertEqual((pools, list(alien)), ({both[0].id: pool.id}, both[1].ids))

    def test_what_leaves_within_seven_days_is_told(self):
        today = self.company._get_relations_today()
        self.env.flush_all()
        for days, count in ((7, 1), (8, 0)):
            self.env.cr.execute(
                "UPDATE res_partner SET pool_release_date = %s WHERE id = %s",
                [today + timedelta(days=days), self.owned.id],
            )
            self.env.invalidate_all()
            partners = self.env["res.partner"].with_user(self.sally)
            with self.subTest(days):
                standing = partners.get_pool_standing()
                self.assertEqual(standing["leaving_this_week"], count)

    def test_archived_customers_are_no_offer_for_a_swap(self):
        gone = self._create_customer("Gone", user_id=self.sally.id, active=False)
        pooled = self.pooled.with_user(self.sally)
        offered = [line["id"] for line in pooled.get_swap_suggestions()]
        # Refused later, many of them would crowd the others out.
        for ids in (offered, pooled.sudo()._get_swappable().ids):
            self.assertIn(self.owned.id, ids)
            self.assertNotIn(gone.id, ids)
