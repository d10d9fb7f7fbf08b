from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..models.recycling.crm_pool_rule_changed import OUTDATED_PARAMETER
from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestPoolRelease(RelationsCommon):
    """PO-5: the nightly release."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.silent = cls._create_customer("Silent", user_id=cls.sally.id)
        cls.person = cls._create_person(cls.silent, "Li Wei")
        cls.person.user_id = cls.sally
        cls.kept = cls._create_customer("Kept", user_id=cls.sally.id)
        cls.rule = cls._create_pool_rule(
            30, domain=repr([("id", "in", (cls.silent | cls.kept).ids)])
        )
        cls._age_ownership(cls.silent | cls.kept, 40)
        cls._create_followup(cls.kept, days_ago=29)

    def _run_night(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_pool_release").method_direct_trigger()
        self.env.invalidate_all()

    def test_who_was_not_followed_up_goes_to_the_pool(self):
        self._run_night()
        self.assertRecordValues(
            self.silent,
            [
                {
                    "user_id": False,
                    "pool_id": self.pool.id,
                    "pool_release_date": False,
                    "owner_since": False,
                }
            ],
        )
        self.assertTrue(self.silent.pool_since)
        self.assertEqual(self.kept.user_id, self.sally)
        self.assertFalse(self.kept.pool_id)

    def test_the_last_day_is_the_owners(self):
        """At least 30 full days: released in the night in which day 30 begins."""
        self._create_followup(self.silent, days_ago=29)
        self._run_night()
        self.assertEqual(self.silent.user_id, self.sally)
        self.silent.followup_ids.date -= timedelta(days=1)
        self._run_night()
        self.assertFalse(self.silent.user_id)

    def test_the_pool_says_why(self):
        self._run_night()
        self.assertIn("No follow-up since", self.silent.pool_reason_text)
        self.assertEqual(self.silent.pool_reason["rule"]["id"], self.rule.id)

    def test_ledger_says_from_whom_by_which_rule(self):
        """PO-10"""
        self._run_night()
        change = self.silent.ownership_change_ids[:1]
        self.assertRecordValues(
            change,
            [
                {
                    "kind": "release",
                    "from_user_id": self.sally.id,
                    "to_user_id": False,
                    "to_pool_id": self.pool.id,
                    "rule_id": self.rule.id,
                }
            ],
        )
        self.assertTrue(change.batch_id)

    def test_contacts_and_followers_go_along(self):
        """PO-11"""
        self.silent.message_subscribe(self.sally.partner_id.ids)
        self._run_night()
        self.assertFalse(self.person.user_id)
        self.assertNotIn(self.sally.partner_id, self.silent.message_partner_ids)

    def test_a_second_night_releases_nobody_twice(self):
        self._run_night()
        lines = self.env["crm.ownership.change"].search_count([])
        self._run_night()
        self.assertEqual(self.env["crm.ownership.change"].search_count([]), lines)

    def test_a_follow_up_on_the_same_day_keeps_the_customer(self):
        self._create_followup(self.silent)
        self._run_night()
        self.assertEqual(self.silent.user_id, self.sally)

    def test_batches_release_all_with_the_same_number_of_statements(self):
        """PO-5: constant per batch."""
        many = self._create_customers(60, user_id=self.sally.id)
        self._create_pool_rule(10, domain=self._only(many))
        self._age_ownership(many, 40)
        self.env["res.partner"]._refresh_release_dates((many | self.silent).ids)
        rules = self.env["crm.pool.rule"]
        rules._release_due(1)  # makes the batch of the day
        one = self._count_statements(lambda: rules._release_due(1))
        self.assertEqual(self._count_statements(lambda: rules._release_due(20)), one)
        self.assertEqual(self._count_statements(lambda: rules._release_due(100)), one)
        self.assertEqual(many.mapped("pool_id"), self.pool)

    def test_a_companys_customers_are_judged_by_its_own_day(self):
        """It is tomorrow in Auckland already, still today in Honolulu."""
        auckland, honolulu = self._create_company_pair()
        self.assertGreater(
            auckland._get_relations_today(), honolulu._get_relations_today()
        )
        customers = self.env["res.partner"]
        for company in (auckland, honolulu):
            customer = self._create_customer(
                company.name, company_id=company.id, user_id=self.sally.id
            )
            customers |= customer
        due = auckland._get_relations_today()
        self._create_pool_rule(5, domain=self._only(customers))
        customers._refresh_release_dates(customers.ids)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET pool_release_date = %s WHERE id IN %s",
            [due, tuple(customers.ids)],
        )
        self.env.invalidate_all()
        self.env["crm.pool.rule"]._release_due()
        self.assertEqual([bool(c.user_id) for c in customers], [False, True])

    def _create_company_pair(self):
        companies = self.env["res.company"]
        for name, tz in (
            ("Auckland", "Pacific/Kiritimati"),
            ("Honolulu", "Pacific/Niue"),
        ):
            company = companies.create({"name": name})
            company.resource_calendar_id = self.env["resource.calendar"].create(
                {"name": name, "tz": tz, "company_id": company.id}
            )
            companies |= company
        self.sally.company_ids |= companies
        return companies

    def test_dates_are_decided_once_a_day_however_often_the_job_is_called(self):
        """PO-5: the runner calls it again for every ten batches. What was changed in
        the second of the night is decided once more, to be safe."""
        rules = self.env["crm.pool.rule"]
        self._age_changes()
        self._run_night()
        self.assertTrue(rules._are_dates_fresh())
        self.env.cr.execute(
            "UPDATE crm_pool_rule SET write_date = write_date + interval '1 day'"
        )
        self.env.invalidate_all()
        self.assertFalse(rules._are_dates_fresh())

    def _age_changes(self):
        """Let be a while ago what the class has just made."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_pool_rule SET write_date = write_date - interval '1 minute'"
        )
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(OUTDATED_PARAMETER, False)

    def test_a_pool_archived_behind_the_rules_back_takes_nobody(self):
        self.env.cr.execute(
            "UPDATE crm_pool SET active = FALSE WHERE id = %s", [self.pool.id]
        )
        self.env.invalidate_all()
        self._run_night()
        self.assertEqual(self.silent.user_id, self.sally)

    def test_days_of_a_release_are_of_today(self):
        self._run_night()
        batch = self.silent.ownership_change_ids[:1].batch_id
        self.assertEqual(batch.date, self.company._get_relations_today())
        self.assertLessEqual(self.silent.pool_since, fields.Datetime.now())
