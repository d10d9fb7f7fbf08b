from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from .common import RelationsCommon

# Two in the night of March 5 in Shanghai, and still March 4 in UTC.
NIGHT = fields.Datetime.to_datetime("2026-03-04 18:00:00")
TODAY = fields.Date.to_date("2026-03-05")


@tagged("post_install", "-at_install")
@freeze_time(NIGHT)
class TestRuleBoundaries(RelationsCommon):
    """When a rule begins, whose it is, and what two do at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.other = cls.env["res.company"].create({"name": "Other"})
        cls.other.resource_calendar_id = cls.other.resource_calendar_id.copy()
        cls.other.resource_calendar_id.tz = "UTC"
        cls.customer = cls._create_customer(user_id=cls.sally.id)

    def test_a_rule_that_begins_later_does_nothing_yet(self):
        rule = self._create_pool_rule(start_date=TODAY)
        self.assertEqual(rule._get_started(), rule)
        rule.start_date = TODAY + timedelta(days=1)
        self.assertFalse(rule._get_started())
        rule.start_date = False
        self.assertEqual(rule._get_started(), rule)

    def test_a_rule_begins_with_the_day_of_its_own_company(self):
        rules = self.env["crm.lifecycle.rule"]
        common = {"name": "Rule", "start_date": TODAY}
        here = rules.create({**common, "company_id": self.company.id})
        there = rules.create({**common, "company_id": self.other.id})
        general = rules.create(common)
        for company in (self.company, self.other):
            with self.subTest(company.name):
                started = (here | there | general).with_company(company)._get_started()
                self.assertEqual(started, here | general)
        with freeze_time("2026-03-05 00:00:00"):
            self.assertEqual(there._get_started(), there)

    def test_a_scheme_that_begins_later_takes_nobody_from_another(self):
        later = self._create_scheme(
            domain=self._only(self.customer), start_date=TODAY + timedelta(days=1)
        )
        general = self._create_scheme(start_date=TODAY)
        later.is_in_force = general.is_in_force = True
        found = self.env.execute_query(general._get_population_sql())
        self.assertIn(self.customer.id, {row[0] for row in found})
        later.start_date = TODAY
        found = self.env.execute_query(general._get_population_sql())
        self.assertNotIn(self.customer.id, {row[0] for row in found})

    def test_a_shared_customer_is_judged_by_the_company_it_is_kept_by(self):
        shared, theirs, nobodys = (
            self._create_customer(name, **values)
            for name, values in (
                ("Shared", {"relation_company_id": self.other.id}),
                ("Theirs", {"company_id": self.other.id}),
                ("Nobody's", {"company_id": False, "relation_company_id": False}),
            )
        )
        customers = shared | theirs | nobodys
        rules = self.env["crm.lifecycle.rule"]
        for company, judged in (
            (self.other, shared | theirs),
            (self.company, self.env["res.partner"]),
            (self.env["res.company"], customers),
        ):
            rule = rules.create({"name": "Rule", "company_id": company.id})
            found = self.env["res.partner"].search(rule._get_audience())
            with self.subTest(company.name):
                self.assertEqual(found & customers, judged)

    def test_the_oldest_company_stays_the_default_one_when_archived(self):
        companies = self.env["res.company"]
        default = companies._get_relations_default()
        self.assertEqual(default.id, min(companies.search([]).ids))
        self.env.cr.execute(
            "UPDATE res_company SET active = FALSE WHERE id = %s", [default.id]
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.addCleanup(self.env.registry.clear_cache)
        self.assertEqual(companies._get_relations_default(), default)
        self.assertIn(default, companies._get_all_for_relations())

    def test_amounts_are_converted_at_the_rate_of_the_local_day(self):
        other = self.other
        other.currency_id = self.env["res.currency"].create(
            {
                "name": "XTS",
                "symbol": "X",
                "rate_ids": [
                    Command.create({"name": day, "rate": rate, "company_id": False})
                    for day, rate in (("2026-03-01", 2), ("2026-03-05", 4))
                ],
            }
        )
        default = self.env["res.company"]._get_relations_default()
        default.resource_calendar_id.tz = "Asia/Shanghai"
        default.currency_id.rate_ids.unlink()
        for moment, rate in (("2026-03-04 15:59:59", 2), ("2026-03-04 16:00:00", 4)):
            with self.subTest(moment), freeze_time(moment):
                table = self.env["res.partner"]._get_companies_sql("company")
                rows = self.env.execute_query(SQL("SELECT id, rate FROM %s", table))
                self.assertEqual(dict(rows)[other.id], rate)

    def test_a_second_preview_takes_the_place_of_the_first(self):
        rule = self._create_scheme(domain=self._only(self.customer))
        other = self._create_scheme(domain=self._only(self.customer), is_in_force=False)
        rita = rule.with_user(self.rita)
        other.with_user(self.rita).action_preview()
        for _time in range(2):
            lines = self.env["crm.decision.preview"].search(
                rita.action_preview()["domain"]
            )
            self.assertEqual(len(lines), 1)
        kept = self.env["crm.decision.preview"].search(
            [("rule_id", "=", other.id), ("create_uid", "=", self.rita.id)]
        )
        self.assertEqual(len(kept), 1)

    def test_what_was_changed_meanwhile_is_not_overwritten(self):
        twin = self._create_customer("Twin")
        scheme = self._create_scheme(domain=self._only(self.customer | twin))
        self.assertEqual(scheme._fill_queue(), 2)
        self.customer.tier_id = self.tier_b
        self.env.flush_all()
        self.assertEqual(scheme._apply_queued(), 1)
        self.assertEqual(self.customer.tier_id, self.tier_b)
        self.assertEqual(twin.tier_id, self.tier_c)
        changes = self.env["crm.tier.change"].search(
            [("partner_id", "in", (self.customer | twin).ids)]
        )
        self.assertEqual(changes.partner_id, twin)

    def test_a_day_begins_at_local_midnight(self):
        start = self.company._get_relations_day_start(TODAY)
        self.assertEqual(start, fields.Datetime.to_datetime("2026-03-04 16:00:00"))
        self.assertEqual(self.company._get_relations_day(start), TODAY)
        before = start - timedelta(seconds=1)
        self.assertEqual(
            self.company._get_relations_day(before), TODAY - timedelta(days=1)
        )
