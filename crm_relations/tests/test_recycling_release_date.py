from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestPoolReleaseDate(RelationsCommon):
    """PO-2, PO-3: one stored date, right after every kind of change."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(user_id=cls.sally.id)
        cls.rule = cls._create_pool_rule(30)
        cls._age_ownership(cls.customer, 100)
        cls.today = cls.company._get_relations_today()

    def _in_days(self, days):
        return self.today + timedelta(days=days)

    def test_counts_from_when_the_customer_came_to_its_owner(self):
        self._age_ownership(self.customer, 10)
        self.assertEqual(self.customer.pool_release_date, self._in_days(20))

    def test_a_new_customer_has_its_full_time(self):
        new = self._create_customer("New", user_id=self.sally.id)
        self.assertEqual(new.pool_release_date, self._in_days(30))

    def test_logged_edited_back_dated_deleted(self):
        followup = self._create_followup(self.customer, days_ago=5)
        self.assertEqual(self.customer.pool_release_date, self._in_days(25))
        followup.date -= timedelta(days=10)
        self.assertEqual(self.customer.pool_release_date, self._in_days(15))
        followup.kind_id = self.note
        self.assertEqual(self.customer.pool_release_date, self._in_days(-70))
        followup.kind_id = self.call
        followup.unlink()
        self.assertEqual(self.customer.pool_release_date, self._in_days(-70))

    def test_a_new_owner_starts_the_clock_anew(self):
        self.customer.user_id = self.sam
        self.assertEqual(self.customer.pool_release_date, self._in_days(30))

    def test_the_same_owner_written_again_does_not(self):
        self.customer.user_id = self.sally
        self.assertEqual(self.customer.pool_release_date, self._in_days(-70))

    def test_nobody_is_released_without_owner_rule_or_when_archived(self):
        self.customer.active = False
        self.assertFalse(self.customer.pool_release_date)
        self.customer.active = True
        self.customer.user_id = False
        self.assertFalse(self.customer.pool_release_date)
        self.customer.user_id = self.sally
        self.rule.active = False
        self.env["res.partner"]._refresh_release_dates(self.customer.ids)
        self.assertFalse(self.customer.pool_release_date)

    def test_the_most_specific_rule_decides_even_when_it_is_more_lenient(self):
        lenient = self._create_pool_rule(90, tier_ids=self.tier_a.ids)
        self.customer.tier_id = self.tier_a
        self.assertEqual(self.customer.pool_rule_id, lenient)
        self.assertEqual(self.customer.pool_release_date, self._in_days(-10))
        self.customer.tier_id = self.tier_b
        self.assertEqual(self.customer.pool_rule_id, self.rule)

    def test_the_time_left_in_words(self):
        self.assertEqual(self.customer.pool_time_left, "tonight")
        self._create_followup(self.customer, days_ago=10)
        self.assertEqual(self.customer.pool_time_left, "in 20 days")
        self.customer.user_id = False
        self.assertFalse(self.customer.pool_time_left)

    def test_no_release_before_the_rule_starts(self):
        self.rule.start_date = self._in_days(7)
        self.env["res.partner"]._refresh_release_dates(self.customer.ids)
        self.assertEqual(self.customer.pool_release_date, self._in_days(7))

    def test_a_rule_that_starts_later_shields_nobody_until_then(self):
        """PO-2: until the first of next month the rule of today decides."""
        self.customer.tier_id = self.tier_a
        later = self._create_pool_rule(
            200, tier_ids=self.tier_a.ids, start_date=self._in_days(20)
        )
        self.env["res.partner"]._refresh_release_dates(self.customer.ids)
        self.assertEqual(self.customer.pool_rule_id, self.rule)
        self._age_ownership(self.customer, 5)
        self.assertEqual(self.customer.pool_rule_id, later)
        self.assertEqual(self.customer.pool_release_date, self._in_days(195))

    def test_a_changed_rule_reaches_all_customers_by_the_job(self):
        self.rule.days = 120
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_pool_dates").method_direct_trigger()
        self.customer.invalidate_recordset()
        self.assertEqual(self.customer.pool_release_date, self._in_days(20))

    def test_mass_refresh_and_single_compute_agree(self):
        """The job's UPDATE and the field's compute share their query."""
        self._create_followup(self.customer, days_ago=3)
        self.env.flush_all()
        computed = self.customer.pool_release_date, self.customer.pool_release_facts
        self.env.cr.execute(
            "UPDATE res_partner SET pool_release_date = NULL WHERE id = %s",
            [self.customer.id],
        )
        self.customer.invalidate_recordset()
        self.assertEqual(
            self.env["res.partner"]._refresh_release_dates(self.customer.ids), 1
        )
        self.assertEqual(
            (self.customer.pool_release_date, self.customer.pool_release_facts),
            computed,
        )
        self.assertEqual(
            self.env["res.partner"]._refresh_release_dates(self.customer.ids), 0
        )

    def test_the_day_is_local_to_the_company(self):
        """23:30 UTC is tomorrow in Shanghai."""
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        with freeze_time("2026-03-10 23:30:00"):
            self._age_ownership(self.customer, 100)
            self._create_followup(self.customer, date=datetime(2026, 3, 10, 23, 0))
            self.assertEqual(
                self.customer.pool_release_date, fields.Date.to_date("2026-04-10")
            )
            self.assertEqual(self.customer.pool_release_facts["followup"], "2026-03-11")

    def test_the_sentence_gives_person_dates_and_pool(self):
        self._create_followup(self.customer, days_ago=2)
        why = self.customer.pool_reason
        self.assertIn("Sally", why["sentence"])
        self.assertIn("30 days", why["sentence"])
        self.assertIn(self.pool.name, why["sentence"])
        self.assertEqual(why["rule"]["id"], self.rule.id)
        self.assertTrue(why["next"])

    def test_preview_names_those_due_as_if_the_rule_had_started(self):
        """PO-2"""
        fresh = self._create_customer("Fresh", user_id=self.sally.id)
        rule = self._create_pool_rule(
            60,
            domain=self._only(self.customer | fresh),
            start_date=self._in_days(5),
        )
        answer = rule.preview()
        self.assertEqual([row["id"] for row in answer["rows"]], self.customer.ids)
        self.assertEqual(answer["rows"][0]["old"], "Sally")
        self.assertEqual(answer["rows"][0]["new"], self.pool.name)

    @mute_logger("odoo.sql_db")
    def test_days_that_make_no_date_are_refused(self):
        for days in (0, -5, 3651, 10**9):
            with self.subTest(days), self.assertRaises(ValidationError):
                self._create_pool_rule(days)

    def test_a_pool_that_receives_customers_cannot_be_archived(self):
        with self.assertRefused("archive the rule first"):
            self.pool.active = False
        self.rule.active = False
        self.pool.active = False
        with self.assertRefused("is archived"):
            self.rule.write({"active": True, "pool_id": self.pool.id})

    def test_as_many_queries_for_many_customers_as_for_one(self):
        many = self._create_customers(30, user_id=self.sally.id)
        one, thirty = (
            self._count_statements(partners._compute_pool_release, unread=True)
            for partners in (many[:1], many)
            if partners.mapped("pool_release_date")
        )
        self.assertEqual(one, thirty)
