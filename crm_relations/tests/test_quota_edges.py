from datetime import datetime, timedelta

from odoo.tests import freeze_time, tagged

from .common.quota import QuotaCommon


@tagged("post_install", "-at_install")
class TestQuotaEdges(QuotaCommon):
    """PO-6: exactly full, to the second, in another zone, for some tiers only."""

    def _claim(self, user, count=1, at=None, company=None):
        for number in range(count):
            customer = self._create_customer(f"Pooled {number}")
            customer.relation_company_id = company
            customer.pool_id = self.pool
            [answer] = customer.with_user(user).pool_claim()
            self.assertEqual(answer["code"], "ok")
            if at:
                customer.ownership_change_ids.sorted("id")[-1].decided_at = at

    def _left(self, limit, company=None):
        quotas = self.env["crm.pool.quota"]
        allowances = quotas._get_allowances(self.sally, company or self.company)
        return allowances[limit][1]

    def test_a_quota_for_some_tiers_is_not_the_general_cap(self):
        self._create_quota(1, tier_ids=self.tier_a.ids)
        partners = self.env["res.partner"].with_user(self.sally)
        self.assertFalse(partners.get_pool_standing()["cap"])
        self._create_quota(5)
        self.assertEqual(partners.get_pool_standing()["cap"], 5)
        customer = self._create_customer("A", user_id=self.sally.id)
        self._create_customer("B", user_id=self.sally.id)
        customer.tier_id = self.tier_a
        self.assertEqual(partners.get_pool_standing()["held"], 1)

    def test_as_many_as_fit_exactly_are_let_in(self):
        self._create_quota(3)
        self._create_customer("Own", user_id=self.sally.id)
        others = self.env["res.partner"].concat(
            *[self._create_customer(f"C{n}", user_id=self.sam.id) for n in range(3)]
        )
        answers = others.with_user(self.rita).pool_transfer(self.sally.id, "Moves")
        self.assertEqual(
            [answer["code"] for answer in answers], ["ok", "ok", "cap_reached"]
        )

    def test_what_counts_nothing_comes_in_however_full_it_is(self):
        self.tier_a.holding_weight = 0
        self._create_quota(1)
        self._create_customer("Own", user_id=self.sally.id)
        light = self._create_customer("Light", user_id=self.sam.id)
        light.tier_id = self.tier_a
        answers = light.with_user(self.rita).pool_transfer(self.sally.id, "Moves")
        self.assertEqual(answers[0]["code"], "ok")

    def test_archived_customers_take_no_room(self):
        self._create_quota(1)
        self._create_customer("Own", user_id=self.sally.id).active = False
        other = self._create_customer("Other", user_id=self.sam.id)
        answers = other.with_user(self.rita).pool_transfer(self.sally.id, "Moves")
        self.assertEqual(answers[0]["code"], "ok")

    @freeze_time("2026-03-04 12:00:00")
    def test_a_claim_at_the_first_second_of_the_day_counts(self):
        self._create_quota(claims_per_day=5)
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        start = datetime(2026, 3, 3, 16)
        self._claim(self.sally, at=start)
        self.assertEqual(self._left("day"), 4)
        self._claim(self.sally, at=start - timedelta(seconds=1))
        self.assertEqual(self._left("day"), 4)

    @freeze_time("2026-03-04 12:00:00")
    def test_a_week_begins_on_monday_where_the_company_is(self):
        self._create_quota(claims_per_week=5)
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        monday = datetime(2026, 3, 1, 16)
        self._claim(self.sally, at=monday)
        self.assertEqual(self._left("week"), 4)
        self._claim(self.sally, at=monday - timedelta(seconds=1))
        self.assertEqual(self._left("week"), 4)

    @freeze_time("2026-03-04 12:00:00")
    def test_the_quota_of_a_company_has_that_companys_day(self):
        """The 5th began at 10:00 UTC on Kiritimati."""
        calendar = self.env["resource.calendar"].create(
            {"name": "East", "tz": "Pacific/Kiritimati"}
        )
        east = self.env["res.company"].create(
            {"name": "East", "resource_calendar_id": calendar.id}
        )
        self._create_quota(claims_per_day=5, company_id=east.id)
        self.sally.company_ids |= east
        self._claim(self.sally, at=datetime(2026, 3, 4, 9, 59, 59), company=east)
        self.assertEqual(self._left("day", east), 5)
        self._claim(self.sally, at=datetime(2026, 3, 4, 10), company=east)
        self.assertEqual(self._left("day", east), 4)
        quotas = self.env["crm.pool.quota"]
        self.assertFalse(quotas._get_allowances(self.sally, self.company))

    def test_customers_of_each_company_count_in_its_own_quota(self):
        east = self.env["res.company"].create({"name": "East"})
        self.sally.company_ids += east
        quotas = {
            company: self._create_quota(5, company_id=company.id)
            for company in (east, self.company)
        }
        general = self._create_quota(9)
        for count, company in ((1, east), (2, self.company)):
            for number in range(count):
                self._create_customer(
                    f"{company.name} {number}",
                    user_id=self.sally.id,
                    company_id=company.id,
                )
        self.assertEqual(self._get_held(self.sally, quotas[east]), 1)
        self.assertEqual(self._get_held(self.sally, quotas[self.company]), 2)
        self.assertFalse(self._get_held(self.sally, general))
        quotas[east].active = False
        self.assertEqual(self._get_held(self.sally, general), 1)
        self.assertEqual(self._get_held(self.sally, quotas[self.company]), 2)
        self.assertCounted()

    def test_with_a_quota_of_one_no_second_claim_of_the_day(self):
        self._create_quota(claims_per_day=1)
        both = self._create_customer("One") | self._create_customer("Two")
        both.pool_id = self.pool
        answers = both.with_user(self.sally).pool_claim()
        self.assertEqual([a["code"] for a in answers], ["ok", "daily_limit"])

    def test_an_undone_claim_gives_the_day_back(self):
        self._create_quota(claims_per_day=1)
        self._claim(self.sally)
        self.assertEqual(self._left("day"), 0)
        self.env["crm.pool.batch"].search([], limit=1).undo()
        self.assertEqual(self._left("day"), 1)

    @freeze_time("2026-03-04 12:00:00")
    def test_cards_are_counted_by_the_day_of_the_customers_company(self):
        """It is the 4th here, the 5th on Kiritimati."""
        calendar = self.env["resource.calendar"].create(
            {"name": "East", "tz": "Pacific/Kiritimati"}
        )
        east = self.env["res.company"].create(
            {"name": "East", "resource_calendar_id": calendar.id}
        )
        self._create_quota(views_per_day=1)
        here, there = self._create_customer("Here"), self._create_customer("There")
        there.relation_company_id = east
        (here | there).pool_id = self.pool
        for customer in here | there:
            self.assertTrue(customer.with_user(self.sally).web_read({"city": {}}))
        views = self.env["crm.pool.view"].search([], order="day")
        self.assertEqual([str(v.day) for v in views], ["2026-03-04", "2026-03-05"])

    def test_without_its_quota_a_customer_counts_in_the_next_one(self):
        general = self._create_quota(5)
        own = self._create_quota(1, user_ids=self.sally.ids)
        self._create_customer("Own", user_id=self.sally.id)
        self.assertEqual((self._get_held(self.sally, own)), 1)
        self.assertFalse(self._get_held(self.sally, general))
        own.unlink()
        self.assertEqual(self._get_held(self.sally, general), 1)
        self.assertCounted()

    def test_who_leaves_a_team_counts_elsewhere(self):
        team = self._create_quota(1, team_ids=self.north.ids)
        general = self._create_quota(5)
        self._create_customer("Own", user_id=self.sally.id)
        self.assertEqual(self._get_held(self.sally, team), 1)
        self.north.crm_team_member_ids.unlink()
        self.assertEqual(self._get_held(self.sally, team), 0)
        self.assertEqual(self._get_held(self.sally, general), 1)

    def test_another_weight_of_a_tier_counts_at_once(self):
        quota = self._create_quota(5)
        customer = self._create_customer("Own", user_id=self.sally.id)
        customer.tier_id = self.tier_a
        self.tier_a.holding_weight = 2.5
        self.assertEqual(self._get_held(self.sally, quota), 2.5)

    def test_the_nightly_job_heals_everybody(self):
        quota = self._create_quota(9)
        for user in self.sally | self.sam:
            self._create_customer("Own", user_id=user.id)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_pool_holding SET held = 7 WHERE quota_id = %s", [quota.id]
        )
        self.env.invalidate_all()
        job = self.env.ref("crm_relations.ir_cron_pool_holdings")
        with (
            self.assertLogs("odoo.addons.crm_relations", "WARNING") as log,
            self.enter_registry_test_mode(),
        ):
            job.method_direct_trigger()
        self.env.invalidate_all()
        self.assertIn("Holdings healed: 2 customers or counters", log.output[0])
        for user in self.sally | self.sam:
            self.assertEqual(self._get_held(user, quota), 1)

    def test_where_nothing_limits_any_more_nobody_has_a_seat(self):
        quota = self._create_quota(9)
        self._create_customer("Own", user_id=self.sally.id)
        self.assertTrue(self.env["crm.pool.seat"].search([]))
        quota.active = False
        self.assertFalse(self.env["crm.pool.seat"].search([]))

    def test_of_two_alike_the_lower_sequence_then_the_older_one_holds(self):
        first = self._create_quota(1)
        second = self._create_quota(2)
        quotas = self.env["crm.pool.quota"]
        self.assertEqual(quotas._get_governing("cap", self.sally), first)
        second.sequence = first.sequence - 1
        self.assertEqual(quotas._get_governing("cap", self.sally), second)

    def test_views_are_kept_for_a_quarter(self):
        today = self.company._get_relations_today()
        customer = self._create_customer("Seen")
        views = self.env["crm.pool.view"]
        for days in (92, 93):
            views._note(self.sally, customer, today - timedelta(days=days))
        views._gc_views()
        self.assertEqual(views.search([]).mapped("day"), [today - timedelta(days=92)])

    def test_who_takes_anothers_place_in_a_team_takes_its_quota_too(self):
        team = self._create_quota(5, team_ids=self.north.ids)
        for user in self.sally | self.rita:
            self._create_customer("Own", user_id=user.id)
        self.assertEqual(self._get_held(self.sally, team), 1)
        self.north.crm_team_member_ids.user_id = self.rita
        self.assertEqual(self._get_held(self.sally, team), 0)
        self.assertEqual(self._get_held(self.rita, team), 1)
        self.assertCounted()

    def test_whoever_is_above_one_cap_still_takes_what_counts_elsewhere(self):
        full = self._create_quota(2, tier_ids=self.tier_a.ids)
        self._create_quota(5)
        for name in ("A", "B"):
            customer = self._create_customer(name, user_id=self.sally.id)
            customer.tier_id = self.tier_a
        full.max_customers = 1
        free = self._create_customer("Free")
        free.with_user(self.rita).user_id = self.sally
        self.assertEqual(free.user_id, self.sally)
        with self.assertRefused("as many customers as allowed"):
            other = self._create_customer("Other")
            other.tier_id = self.tier_a
            other.with_user(self.rita).user_id = self.sally

    def test_the_banner_names_the_quotas_of_claims_too(self):
        self._create_quota(5, name="Holding")
        self._create_quota(claims_per_day=2, name="Claiming")
        partners = self.env["res.partner"].with_user(self.sally)
        sentence = partners.get_pool_standing()["sentence"]
        self.assertIn("Holding: ", sentence)
        self.assertIn("Claiming: ", sentence)
