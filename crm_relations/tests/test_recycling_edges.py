from datetime import datetime, timedelta

from odoo.tests import freeze_time, tagged

from ..models.recycling.crm_pool_rule_changed import OUTDATED_PARAMETER
from .common import RelationsCommon

NIUE, KIRITIMATI = "Pacific/Niue", "Pacific/Kiritimati"


@tagged("post_install", "-at_install")
class TestRecyclingEdges(RelationsCommon):
    """PO-5: zones, archives, starts to the day, and users side by side."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Silent", user_id=cls.sally.id)
        cls.rule = cls._create_pool_rule(30, domain=cls._only(cls.customer))
        cls._age_ownership(cls.customer, 10)
        cls.today = cls.company._get_relations_today()

    def _create_company(self, tz):
        calendar = self.env["resource.calendar"].create({"name": tz, "tz": tz})
        return self.env["res.company"].create(
            {"name": tz, "resource_calendar_id": calendar.id}
        )

    def _write(self, partner, assignments):
        """Write past Odoo: release dates would be decided anew."""
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE res_partner SET {assignments} WHERE id = %s",  # pylint: disable=E8103
            [partner.id],
        )
        self.env.invalidate_all()

    @freeze_time("2026-03-04 12:00:00")
    def test_dates_are_fresh_once_the_last_company_has_begun_its_day(self):
        """The 4th began at 11:00 UTC on Niue, the 5th at 10:00 on Kiritimati."""
        self._create_company(KIRITIMATI)
        self._create_company(NIUE)
        rules = self.env["crm.pool.rule"]
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_pool_rule SET write_date = '2026-03-01'")
        self.env.invalidate_all()
        parameters = self.env["ir.config_parameter"]
        for minute, fresh in (("10:30", False), ("10:59", False), ("11:00", True)):
            parameters.set_param(OUTDATED_PARAMETER, "2026-03-01 00:00:00")
            rules._set_dates_refreshed_at(
                datetime.fromisoformat(f"2026-03-04T{minute}:00")
            )
            with self.subTest(minute):
                self.assertIs(rules._are_dates_fresh(), fresh)

    @freeze_time("2026-03-04 12:00:00")
    def test_each_company_releases_by_its_own_day_also_the_shared_customers(self):
        far = self._create_company(KIRITIMATI)
        self.sally.company_ids |= far
        theirs = self._create_customer("Far", user_id=self.sally.id)
        theirs.relation_company_id = far
        self.rule.domain = self._only(self.customer | theirs)
        for partner in self.customer | theirs:
            self._write(
                partner,
                f"pool_release_date = '2026-03-05', pool_rule_id = {self.rule.id}",
            )
        self.env["crm.pool.rule"]._release_due()
        self.assertFalse(theirs.user_id)
        self.assertEqual(self.customer.user_id, self.sally)

    def test_of_archived_and_other_contacts_none_is_released(self):
        due = f"pool_release_date = '2020-01-01', pool_rule_id = {self.rule.id}"
        for state in ("active = FALSE", "is_managed_customer = FALSE"):
            with self.subTest(state):
                self._write(self.customer, f"{due}, {state}")
                self.assertEqual(self.env["crm.pool.rule"]._count_due(), 0)
                self.env["crm.pool.rule"]._release_due()
                self.assertEqual(self.customer.user_id, self.sally)
                self._write(self.customer, "active = TRUE, is_managed_customer = TRUE")

    def test_a_rule_that_starts_on_the_last_day_decides_already(self):
        """Released on the 20th by the rule of today: the one of the 20th judges."""
        later = self._create_pool_rule(
            200,
            domain=self._only(self.customer),
            tier_ids=self.tier_a.ids,
            start_date=self.today + timedelta(days=20),
        )
        self.customer.tier_id = self.tier_a
        self.env["res.partner"]._refresh_release_dates(self.customer.ids)
        self.assertEqual(self.customer.pool_rule_id, later)
        later.start_date += timedelta(days=1)
        self.env["res.partner"]._refresh_release_dates(self.customer.ids)
        self.assertEqual(self.customer.pool_rule_id, self.rule)

    def test_of_two_rules_that_start_later_the_more_specific_one_decides(self):
        start = self.today + timedelta(days=5)
        self.rule.start_date = start
        special = self._create_pool_rule(
            50,
            domain=self._only(self.customer),
            tier_ids=self.tier_a.ids,
            start_date=start,
        )
        self.customer.tier_id = self.tier_a
        self.env["res.partner"]._refresh_release_dates(self.customer.ids)
        self.assertEqual(self.customer.pool_rule_id, special)

    def test_what_one_manager_looks_at_another_does_not_wipe(self):
        judgements = self.env["crm.pool.judgement"]
        previews = self.env["crm.decision.preview"]
        self._age_ownership(self.customer, 90)
        for user in (self.rita, self.adam):
            self.customer.with_user(user).action_view_recycling_rules()
            previews.with_user(user)._open(self.rule.with_user(user))
        for user in (self.rita, self.adam):
            mine = [("create_uid", "=", user.id)]
            with self.subTest(user.name):
                self.assertEqual(judgements.search_count(mine), 1)
                self.assertEqual(previews.search_count(mine), 1)

    def test_an_archived_default_company_still_stands_for_shared_customers(self):
        self._create_company(NIUE)
        self._age_ownership(self.customer, 90)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_company SET active = FALSE WHERE id = %s", [self.company.id]
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.addCleanup(self.env.registry.clear_cache)
        companies = self.env["res.company"]
        self.assertEqual(companies._get_relations_default(), self.company)
        self.assertIn(self.company, companies._get_all_for_relations())
        self.env["res.partner"]._refresh_release_dates(self.customer.ids)
        self.env["crm.pool.rule"]._release_due()
        self.assertFalse(self.customer.user_id)

    def test_to_archive_and_restore_an_own_customer_is_no_follow_up(self):
        before = self.customer.owner_since
        for user, restarts in ((self.sally, False), (self.max, True)):
            customer = self.customer.with_user(user).sudo(False)
            self.customer.active = False
            customer.write({"active": True})
            with self.subTest(user.name):
                self.assertEqual(self.customer.owner_since != before, restarts)

    @freeze_time("2026-03-04 12:00:00")
    def test_who_leads_nobody_any_more_leaves_it_to_the_pools_manager(self):
        self._age_ownership(self.customer, 29)
        self.env["res.partner"]._refresh_release_dates(self.customer.ids)
        self.pool.manager_ids = self.rita
        self.env["crm.pool.notice.step"].search([]).active = False
        self.env.flush_all()
        self.env["crm.pool.notice.step"].create(
            {"days": 3, "to_owner": False, "to_leader": True}
        )
        self.assertEqual(self._get_told(), self.max)
        self.max.active = False
        self.assertEqual(self._get_told(), self.rita)

    def _get_told(self):
        notices = self.env["crm.pool.notice"]
        notices.search([]).unlink()
        users = self.sally | self.rita | (self.max if self.max.active else self.sally)
        digests = self.env["crm.daily.digest"]
        for user in users:
            digests |= digests.search([("user_id", "=", user.id)]) or digests.create(
                {"user_id": user.id, "day": self.company._get_relations_today()}
            )
        notices._announce(digests, self.company._get_relations_today())
        return notices.search([("partner_id", "=", self.customer.id)]).user_id

    def test_a_pool_that_rules_release_into_is_not_archived(self):
        """Nor does a rule come back into one that is, whoever may read which."""
        other = self.env["res.company"].create({"name": "Other"})
        pool = self.env["crm.pool"].create({"name": "Second"})
        rule = self._create_pool_rule(30, pool_id=pool.id, company_id=other.id)
        self.assertNotIn(other, self.adam.company_ids)
        with self.assertRefused("releases customers into “Second”"):
            pool.with_user(self.adam).active = False
        rule.active = False
        pool.with_user(self.adam).active = False
        with self.assertRefused("The pool “Second” is archived"):
            rule.active = True

    def test_a_rule_whose_pool_is_archived_all_the_same_takes_nobody(self):
        """As two at once can leave it."""
        partners = self.env["res.partner"]
        pool = self.env["crm.pool"].create({"name": "Second"})
        self.rule.pool_id = pool
        partners._refresh_release_dates(self.customer.ids)
        self.assertEqual(self.customer.pool_rule_id, self.rule)
        self.env.cr.execute(
            "UPDATE crm_pool SET active = FALSE WHERE id = %s", pool.ids
        )
        self.env.invalidate_all()
        partners._refresh_release_dates(self.customer.ids)
        self.assertFalse(self.customer.pool_release_date)
