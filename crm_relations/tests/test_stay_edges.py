from datetime import timedelta

from odoo.tests import freeze_time, tagged

from .common.stay import StayCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 12:00:00")
class TestStayEdges(StayCommon):
    """PO-4: the last day, zones, archived leaders, other companies."""

    def _approve(self, stay, user=None):
        return self._codes(stay.with_user(user or self.max).approve())

    def _create_company(self):
        calendar = self.env["resource.calendar"].create(
            {"name": "East", "tz": "Pacific/Kiritimati"}
        )
        return self.env["res.company"].create(
            {"name": "East", "resource_calendar_id": calendar.id}
        )

    def test_a_stay_ends_in_the_night_in_which_its_day_begins(self):
        self._protect(self.rita, days=5)
        stay = self._get_stays()
        self.assertEqual(stay.state, "approved")
        with freeze_time("2026-03-08 12:00:00"):
            self.stays._end_due()
            self.assertEqual(stay.state, "approved")
        with freeze_time("2026-03-09 00:30:00"):
            self.stays._end_due()
            self.assertEqual((stay.state, stay.ending), ("ended", "expired"))

    def test_who_asked_in_vain_is_told_once(self):
        self._extend(partners=self.customers, days=3)
        stays = self._get_stays(self.customers)
        messages = self.env["mail.message"]
        domain = [("notified_partner_ids", "in", self.sally.partner_id.ids)]
        before = messages.search(domain)
        for day in ("2026-03-28", "2026-03-29"):
            with freeze_time(f"{day} 12:00:00"):
                self.stays._end_due()
        self.assertEqual(set(stays.mapped("state")), {"ended"})
        self.assertEqual(set(stays.mapped("ending")), {"unanswered"})
        told = messages.search(domain) - before
        self.assertEqual(
            told.subject,
            "Nobody answered, your request has ended: 2 customers",
        )
        for name in ("Great Wall", "Red Cliff", "Tender"):
            self.assertIn(name, told.body)

    def test_each_by_the_day_of_the_customers_company(self):
        """It is the 9th on Kiritimati, the 8th here."""
        east = self._create_company()
        (self.sally | self.rita).company_ids |= east
        self.customers[1].relation_company_id = east
        self._protect(self.rita, self.customers, days=5)
        stays = self._get_stays(self.customers)
        stays.until = "2026-03-09"
        with freeze_time("2026-03-08 12:00:00"):
            self.stays._end_due()
        self.assertEqual(stays.mapped("state"), ["approved", "ended"])

    def test_a_request_cannot_be_approved_on_its_last_day(self):
        self._protect(days=5)
        stay = self._get_stays()
        with freeze_time("2026-03-09 12:00:00"):
            self.assertEqual(self._approve(stay), ["blocked"])
        with freeze_time("2026-03-08 12:00:00"):
            self.assertEqual(self._approve(stay), ["ok"])

    def test_a_request_for_what_is_no_customer_any_more_cannot_be_approved(self):
        self._extend()
        stay = self._get_stays()
        self.customer.is_managed_customer = False
        self.assertEqual(self._approve(stay), ["blocked"])

    def test_where_the_leader_is_archived_the_pools_manager_is_asked(self):
        self.pool.manager_ids = self.rita
        self.max.active = False
        self._extend()
        self.assertEqual(self._get_stays().approver_id, self.rita)

    def test_what_a_leader_was_asked_who_has_left_is_asked_of_all_who_answer(self):
        self._extend(days=3)
        self.assertEqual(self._get_stays().approver_id, self.max)
        day = self.env["crm.my.day"].with_user(self.rita)

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            cards = day._get_my_day_cards(self.rita, self.rita._get_relations_today())
            [card] = [card for card in cards if card["key"] == "approvals"]
            return len(day._search_card(card).get_result_ids())

        self.assertEqual(count(), 0)
        self.env.cr.execute(
            "UPDATE res_users SET active = FALSE WHERE id = %s", [self.max.id]
        )
        self.assertEqual(count(), 1)

    def test_nobody_decides_for_another_company(self):
        east = self._create_company()
        self.sally.company_ids |= east
        self.customer.relation_company_id = east
        self._extend()
        stay = self._get_stays()
        for user in (self.max, self.rita):
            with self.subTest(user.name):
                self.assertEqual(self._approve(stay, user), ["no_right"])
        self.max.company_ids |= east
        self.assertEqual(self._approve(stay), ["ok"])

    def test_to_lead_a_team_needs_the_role_to_decide(self):
        self._extend()
        self.north.user_id = self.sam
        self.assertEqual(self._approve(self._get_stays(), self.sam), ["no_right"])

    def test_the_longest_stay_may_be_asked_for_no_day_more(self):
        longest = self.company.pool_extension_days_most
        self.assertEqual(self._extend(days=longest + 1), ["blocked"])
        self.assertEqual(self._extend(days=longest), ["ok"])

    def test_an_extension_of_what_is_overdue_begins_today(self):
        self._age_ownership(self.customer, 90)
        self.env["res.partner"]._refresh_release_dates(self.customer.ids)
        self._extend(self.rita, days=4)
        self.assertEqual(self._get_stays().until, self._day(4))

    def test_the_quota_is_full_with_the_last_place(self):
        self.company.pool_protection_quota = 1
        codes = self._protect(self.rita, self.customers)
        self.assertEqual(codes, ["ok", "cap_reached"])

    def test_a_customer_of_whom_an_own_protection_is_may_be_released_by_its_owner(self):
        self._protect(self.rita)
        for user, code in ((self.max, "protected"), (self.sally, "ok")):
            answers = self.customer.with_user(user).pool_release("No need")
            with self.subTest(user.name):
                self.assertEqual(self._codes(answers), [code])

    def test_merging_keeps_the_longest_protection_in_force(self):
        for customer, days in zip(self.customers, (9, 40), strict=True):
            self._protect(self.rita, customer, days=days)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(self.customers.ids, self.customer)
        kept = self._get_stays().filtered(lambda stay: stay.state == "approved")
        self.assertEqual(kept.mapped("until"), [self._day(40)])
        self.assertEqual(self.customer.pool_kept_until, self._day(40))

    def test_merging_leaves_what_was_over_before(self):
        self._protect(self.rita)
        stay = self._get_stays()
        stay.with_user(self.rita).end()
        before = (stay.state, stay.ending, stay.ended_at)
        self.customers[1].user_id = self.sam
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(self.customers.ids, self.customers[1])
        self.assertEqual(stay.partner_id, self.customers[1])
        self.assertEqual((stay.state, stay.ending, stay.ended_at), before)
        self.assertNotEqual(stay.ending, "merge")

    def test_an_undo_brings_no_stay_back_whose_day_has_come(self):
        self._protect(self.rita, days=5)
        self.customer.with_user(self.rita).pool_transfer(self.sam.id, "Moves")
        batch = self.customer.ownership_change_ids.sorted("id")[-1].batch_id
        with freeze_time("2026-03-09 12:00:00"):
            batch.with_user(self.rita).undo()
        self.assertEqual(self.customer.user_id, self.sally)
        self.assertEqual(self._get_stays().state, "ended")
        self.assertFalse(self.customer.pool_kept_until)

    def test_a_request_holds_for_days_by_the_day_of_the_company(self):
        east = self._create_company()
        self.customer.relation_company_id = east
        self.sally.company_ids |= east
        self._extend()
        hold = timedelta(days=east.pool_request_hold_days)
        self.assertEqual(
            self._get_stays().hold_until, self.today + timedelta(days=1) + hold
        )

    def test_reserved_already_it_is_not_reserved_again(self):
        pooled = self._create_customer("Pooled")
        pooled.pool_id = self.pool
        self.assertEqual(self._protect(self.rita, pooled), ["ok"])
        self.assertEqual(self._protect(self.rita, pooled), ["protected"])

    def test_a_request_that_was_taken_back_holds_no_longer(self):
        self._extend()
        stay = self._get_stays()
        self.assertEqual(self.customer.pool_kept_until, stay.hold_until)
        self.assertTrue(stay.hold_until)
        stay.with_user(self.sally).end()
        self.assertFalse(self.customer.pool_kept_until)

    def test_what_nobody_has_to_approve_is_not_held(self):
        self._extend(self.max)
        stay = self._get_stays()
        self.assertEqual((stay.state, stay.hold_until), ("approved", False))

    def test_nobody_asks_for_a_customer_of_another_company(self):
        east = self._create_company()
        self.sally.company_ids |= east
        self.customer.relation_company_id = east
        self.assertEqual(self._extend(self.max), ["no_right"])
        self.assertEqual(self._extend(self.sally), ["ok"])

    def test_to_end_a_protection_ends_no_request_for_an_extension(self):
        self._extend()
        answers = self.customer.with_user(self.sally).pool_unprotect()
        self.assertEqual(self._codes(answers), ["blocked"])
        self.assertEqual(self._get_stays().state, "requested")

    def test_who_has_left_is_told_nothing(self):
        self._extend()
        stay = self._get_stays()
        self.sally.notification_type = "inbox"
        self.env.cr.execute(
            "UPDATE res_users SET active = FALSE WHERE id = %s", [self.sally.id]
        )
        self.env.invalidate_all()
        stay.with_user(self.max).approve()
        told = self.env["mail.notification"].search(
            [("res_partner_id", "=", self.sally.partner_id.id)]
        )
        self.assertFalse(told)
