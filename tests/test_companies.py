"""PL-2: what belongs to a company, or to a person or customer of one, is not seen by
another one."""

import addon_tables

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged

ADDONS = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")
OWNED_BY = ("res.company", "res.partner", "res.users")
# What says who made a record, or who may do something in all companies, tells nothing.
LEADS_NOWHERE = {"create_uid", "write_uid"}
# Model: why it needs no rule of companies.
REASONS = {
    **addon_tables.REASONS,
    "crm.care.programme.line": "what administrators of all companies install from",
}


def _leads_somewhere(field):
    return field.type == "many2one" and field.name not in LEADS_NOWHERE


@tagged("post_install", "-at_install")
class TestCompanies(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ours = cls.env["res.company"]._get_relations_default()
        cls.theirs = cls.env["res.company"].create({"name": "Theirs"})
        roles = "crm_relations.group_relations_manager,crm_relations.group_user"
        cls.boss, cls.stranger = (
            new_test_user(
                cls.env,
                f"manager_{number}",
                groups=roles,
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )
            for number, company in enumerate((cls.ours, cls.theirs))
        )
        cls.seller = new_test_user(
            cls.env,
            "seller_of_ours",
            groups="crm_relations.group_sales_user",
            company_id=cls.ours.id,
            company_ids=[Command.set(cls.ours.ids)],
        )
        cls.customer = cls.env["res.partner"].create(
            {"name": "Shared", "is_company": True, "is_managed_customer": True}
        )

    def _get_models(self):
        return {
            name: model
            for name, model in self.env.registry.items()
            if model._original_module in ADDONS and not model._abstract
        }

    def _get_rules(self, name):
        rules = self.env["ir.rule"].search([("model_id.model", "=", name)])
        return [r.domain_force for r in rules if not r.groups and r.perm_read]

    def _is_readable(self, name):
        domain = [("model_id.model", "=", name), ("perm_read", "=", True)]
        return bool(self.env["ir.model.access"].search_count(domain))

    def _leads_to_company(self, name, seen=()):
        """Tell whether a record is of a company, by its links to what is."""
        for field in filter(_leads_somewhere, self.env[name]._fields.values()):
            target = field.comodel_name
            if target in OWNED_BY:
                return True
            known = target in self._get_models() and target not in (*seen, name)
            if known and field.required:
                if self._leads_to_company(target, (*seen, name)):
                    return True
        return False

    def test_every_model_is_kept_to_its_companies_or_says_why_not(self):
        for name in self._get_models():
            if name in REASONS or not self._is_readable(name):
                continue
            if not self._leads_to_company(name):
                continue
            with self.subTest(model=name):
                domains = " ".join(self._get_rules(name))
                # Or what nobody but one person sees.
                self.assertRegex(
                    domains, r"company_ids|create_uid|\buser_id', '=', user\.id"
                )

    def test_no_reason_outlives_its_model(self):
        self.assertLessEqual(set(REASONS), set(self._get_models()))

    def _get_reports_on_people(self):
        """Return the models that tell who did what, in a company or in none."""
        found = []
        for name, model in self._get_models().items():
            company = model._fields.get("company_id")
            comodels = {field.comodel_name for field in model._fields.values()}
            if not model._auto and company and not company.required:
                found += [name] if "res.users" in comodels else []
        return found

    def test_a_line_without_company_is_for_the_companies_of_its_person(self):
        """Reports measure people: those of a shared customer as well."""
        for name in self._get_reports_on_people():
            with self.subTest(model=name):
                domains = " ".join(self._get_rules(name))
                if "'company_id', '=', False" in domains:
                    self.assertRegex(domains, r"_id\.company_ids', 'in', company_ids")

    def assertSeenByOwnOnly(self, line):
        self.env.flush_all()
        self.env.invalidate_all()
        for user, expected in ((self.boss, line), (self.stranger, line.browse())):
            with self.subTest(model=line._name, user=user.login):
                found = self.env[line._name].with_user(user)
                self.assertEqual(found.search([("id", "=", line.id)]), expected)

    def test_what_people_of_another_company_do_is_not_seen(self):
        today = self.env["res.company"]._get_relations_default()._get_relations_today()
        self.env["crm.pool.quota"].create(
            {"name": "Ten", "limit_customers": True, "max_customers": 10}
        )
        person = {"user_id": self.seller.id}
        on = {**person, "day": today}
        self.assertSeenByOwnOnly(
            self.env["crm.pool.view"].create({**on, "partner_id": self.customer.id})
        )
        self.assertSeenByOwnOnly(self.env["crm.daily.digest"].create(on))
        self.customer.user_id = self.seller
        self.env.flush_all()
        self.assertSeenByOwnOnly(
            self.env["crm.pool.holding"].search([("user_id", "=", self.seller.id)])
        )
        self.assertSeenByOwnOnly(self.env["crm.pool.board"].browse(self.seller.id))
        self.assertSeenByOwnOnly(
            self.env["crm.contact.escalation"].create(
                {
                    **person,
                    "partner_id": self.customer.id,
                    "due_date": today,
                    "silent_since": "2026-01-01 08:00:00",
                    "leader_id": self.boss.id,
                }
            )
        )

    def test_workload_at_a_shared_customer_is_that_of_the_persons_companies(self):
        followup = self.env["crm.followup"].create(
            {
                "partner_id": self.customer.id,
                "purpose": "Called",
                "user_id": self.seller.id,
            }
        )
        self.env.flush_all()
        lines = self.env["crm.workload.report"].search(
            [("user_id", "=", self.seller.id), ("followup_count", ">", 0)]
        )
        self.assertTrue(lines, followup)
        self.assertSeenByOwnOnly(lines[:1])
