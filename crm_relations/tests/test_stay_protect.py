from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common.stay import StayCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestPoolProtect(StayCommon):
    """PO-9: protection with quota, expiry, reason, approval."""

    def setUp(self):
        super().setUp()
        self.company.pool_protection_approval = False

    def _get_job(self):
        return self.env.ref("crm_relations.ir_cron_pool_stays")

    def _run_job(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self._get_job().method_direct_trigger()
        self.env.invalidate_all()

    def test_it_stays_until_its_day(self):
        self.assertEqual(self._protect(days=60), ["ok"])
        self.assertRecordValues(
            self._get_stays(),
            [{"state": "approved", "until": self._day(60), "user_id": self.sally.id}],
        )
        self.assertEqual(self.customer.pool_kept_until, self._day(60))
        self.assertEqual(self.customer.stay_state, "protected")
        self.assertEqual(
            self.customers._get_protected_until(), {self.customer.id: self._day(60)}
        )
        self.assertEqual(self._protect(), ["protected"])

    def test_it_needs_approval_where_the_company_says_so(self):
        self.company.pool_protection_approval = True
        self.assertEqual(self._protect(), ["ok"])
        self.assertEqual(self._get_stays().state, "requested")
        self.assertEqual(self.customer.stay_state, "protection_requested")
        self.assertFalse(self.customers._get_protected_until())
        self.assertEqual(self._protect(), ["blocked"])
        self._get_stays().with_user(self.max).approve()
        self.assertEqual(self.customer.pool_kept_until, self._day(60))

    def test_the_quota_counts_what_is_asked_and_what_is_in_force(self):
        self.company.pool_protection_quota = 1
        self.assertEqual(self._protect(partners=self.customers), ["ok", "cap_reached"])
        self.assertEqual(self._protect(self.rita, self.customers[1]), ["cap_reached"])
        self._codes(self.customer.with_user(self.sally).pool_unprotect())
        self.company.pool_protection_approval = True
        self.assertEqual(self._protect(partners=self.customers[1]), ["ok"])
        self.assertEqual(self._protect(), ["cap_reached"])
        self._get_stays(self.customers[1]).with_user(self.max).refuse("No")
        self.assertEqual(self._protect(), ["ok"])

    def test_no_quota_no_protection(self):
        self.company.pool_protection_quota = 0
        self.assertEqual(self._protect(), ["cap_reached"])

    def test_a_lowered_quota_takes_nothing_away_and_gives_nothing_more(self):
        third = self._create_customer("Third", user_id=self.sally.id)
        self._protect(partners=self.customers)
        self.company.pool_protection_quota = 1
        self.customer.with_user(self.sally).pool_unprotect()
        self.assertEqual(self._protect(partners=third), ["cap_reached"])
        self.assertEqual(self.customers[1].stay_state, "protected")

    def test_a_place_is_taken_once(self):
        self._protect(partners=self.customers)
        slots = self._get_stays(self.customers).mapped("slot")
        self.assertEqual(sorted(slots), [1, 2])

    def test_the_job_ends_what_is_over(self):
        self._protect(days=1)
        self._run_job()
        self.assertEqual(self.customer.stay_state, "protected")
        with freeze_time("2026-03-05 10:00:00"):
            self._run_job()
        self.assertStays(("protection", "ended", "expired"))
        self.assertFalse(self.customer.pool_kept_until)

    def test_over_by_date_even_if_the_job_does_not_run(self):
        self.company.pool_protection_quota = 1
        self._protect(days=1)
        with freeze_time("2026-03-05 10:00:00"):
            self.assertFalse(self.customers._get_protected_until())
            self.assertEqual(self._protect(partners=self.customers[1]), ["ok"])
            self.assertEqual(self._protect(), ["cap_reached"])
        self.assertStays(("protection", "ended", "expired"))

    def test_the_day_of_the_company_counts(self):
        self._protect(days=1)
        self.company.resource_calendar_id.tz = "Pacific/Auckland"  # there it is the 5th
        with freeze_time("2026-03-04 12:00:00"):
            self._run_job()
        self.assertStays(("protection", "ended", "expired"))

    def test_ended_by_hand(self):
        self._protect()
        answers = self.customers.with_user(self.sam).pool_unprotect()
        self.assertEqual(self._codes(answers), ["no_right", "blocked"])
        answers = self.customers.with_user(self.sally).pool_unprotect()
        self.assertEqual(self._codes(answers), ["ok", "blocked"])
        self.assertStays(("protection", "ended", "ended"))
        self.assertFalse(self.customer.pool_kept_until)
        missing = self.customer.browse(10**9).with_user(self.sally)
        self.assertEqual(self._codes(missing.pool_unprotect()), ["missing"])

    def test_a_new_salesperson_ends_it_and_an_undo_brings_it_back(self):
        self._protect()
        self.customer.with_user(self.sally).pool_transfer(self.sam.id, "Region")
        self.assertStays(("protection", "ended", "owner"))
        self.assertFalse(self.customer.pool_kept_until)
        batch = self.env["crm.pool.batch"].search([], order="id desc", limit=1)
        batch.undo()
        self.env.invalidate_all()
        self.assertEqual(self.customer.user_id, self.sally)
        self.assertStays(("protection", "approved", False))
        self.assertEqual(self.customer.pool_kept_until, self._day(60))

    def test_the_other_stays_of_a_batch_go_on(self):
        self._protect(partners=self.customers)
        self.customer.user_id = self.sam
        self.assertEqual(self.customers[1].stay_state, "protected")

    def test_bad_days_are_refused_clearly(self):
        for days in (0, -1, 181, 10**9, None, "many", 2.5, False):
            with self.subTest(days=days):
                self.assertEqual(self._protect(days=days), ["blocked"])
        self.assertFalse(self._get_stays())

    def test_rights(self):
        self.assertEqual(self._protect(self.sam), ["no_right"])
        self.assertEqual(self._protect(self.anna), ["no_right"])
        self.assertEqual(self._protect(self.max), ["ok"])
        self.assertEqual(self._protect(self.rita, self.customers[1]), ["ok"])

    def test_a_manager_of_the_pool_reserves(self):
        pooled = self._create_customer("Pooled")
        pooled.write({"pool_id": self.pool.id})
        self.assertEqual(self._protect(partners=pooled), ["no_right"])
        self.pool.manager_ids = [Command.link(self.sam.id)]
        self.assertTrue(pooled.with_user(self.sam).manages_pool)
        self.assertEqual(self._protect(self.sam, pooled), ["ok"])
        self.assertRecordValues(
            self._get_stays(pooled),
            [{"state": "approved", "user_id": False, "slot": False}],
        )
        self.assertEqual(pooled.pool_kept_until, self._day(60))
        pooled.user_id = self.sally
        self.assertFalse(pooled.pool_kept_until)

    def test_without_salesperson_and_pool_there_is_nothing_to_protect(self):
        nobody = self._create_customer("Nobody's")
        self.assertEqual(self._protect(self.rita, nobody), ["blocked"])

    def test_merged_customers_keep_what_the_survivors_salesperson_has(self):
        other = self._create_customer("Sam's", user_id=self.sam.id)
        self._protect(self.sam, other, days=100)
        self._protect(days=50)
        self._protect(partners=self.customers[1], days=70)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customers | other).ids, self.customer)
        self.env.invalidate_all()
        stays = self._get_stays()
        self.assertEqual(len(stays), 3)
        in_force = stays.filtered(lambda stay: stay.state == "approved")
        self.assertEqual(in_force.until, self._day(70))
        self.assertEqual(set((stays - in_force).mapped("ending")), {"merge"})
        self.assertEqual(self.customer.pool_kept_until, self._day(70))

    def test_an_open_request_survives_a_merge_once(self):
        self.company.pool_protection_approval = True
        self._protect(partners=self.customers)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(self.customers.ids, self.customer)
        self.env.invalidate_all()
        states = self._get_stays().mapped("state")
        self.assertEqual(sorted(states), ["ended", "requested"])

    def test_10000_ids_in_one_call(self):
        numbers = list(range(10**8, 10**8 + 9_999))
        partners = self.customer.browse([*numbers, self.customer.id])
        answers = partners.with_user(self.sally).pool_protect(30, "Strategic")
        self.assertEqual(len(answers), 10_000)
        self.assertEqual(self._codes(answers[-2:]), ["missing", "ok"])

    def test_nobody_is_released_before_the_day(self):
        self._protect(days=60)
        self.assertEqual(self.customer.pool_release_date, self._day(60))
        self.assertIn("kept", self.customer.pool_release_facts)
        with freeze_time("2026-04-20 10:00:00"):
            self.env["res.partner"]._refresh_release_dates(self.customers.ids)
            self.env["crm.pool.rule"]._release_due()
            self.env.invalidate_all()
            self.assertEqual(self.customers.mapped("user_id"), self.sally)
            self.assertEqual(self.customers[1].pool_id, self.pool)
        with freeze_time("2026-05-03 10:00:00"):
            self.env["crm.pool.rule"]._release_due()
            self.env.invalidate_all()
        self.assertEqual(self.customer.pool_id, self.pool)
