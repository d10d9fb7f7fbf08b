from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common.links import LinksCommon

# What the people of a company do, and its books, is not its branches'.
STAYS = {
    "crm.confidential.access",
    "crm.followup.target",
    "crm.hourly.rate",
    "crm.open.item",
    "crm.pool.setup",
    "crm.pool.setup.line",
    "crm.reception",
    "crm.reception.consultant",
    "crm.target.result",
    "crm.work.report",
    "crm.work.report.duty",
    "crm.work.report.result",
}
ROLES = (
    *("relations_manager", "archive_custodian", "callback_agent"),
    *("pool_manager", "sales_manager"),
)


@tagged("post_install", "-at_install")
class TestRuleBranches(LinksCommon):
    """Odoo opens the contacts of a company to its branches: so is what the suite keeps
    of them, table by table; what a branch keeps is its own."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.env["res.company"]
        cls.branch = companies.create({"name": "Branch", "parent_id": cls.company.id})
        cls.sister = companies.create({"name": "Sister", "parent_id": cls.company.id})
        group = (
            cls.env["res.groups"]
            .search([])
            .filtered(
                lambda one: (one.get_external_id()[one.id] or "?").startswith(
                    "crm_relations"
                )
            )
        )
        cls.head, cls.local, cls.other = (
            cls._create_user(
                name,
                "group_user",
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
                group_ids=[Command.set((group | cls.env.ref("base.group_user")).ids)],
            )
            for name, company in (
                ("head", cls.company),
                ("local", cls.branch),
                ("other", cls.sister),
            )
        )
        cls.made = {
            company: cls._fill(company) for company in (cls.company, cls.branch)
        }

    @classmethod
    def _fill(cls, company):
        """Make a row of each table for a customer of a company; return the ids."""
        env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})
        customer = env["res.partner"].create(
            {
                "name": f"Of {company.name}",
                "is_company": True,
                "is_managed_customer": True,
                "company_id": company.id,
            }
        )
        made = {}
        with mute_logger("odoo.sql_db"):
            for model in cls._get_tables().values():
                if not model._transient and "company_id" in model._fields:
                    made[model._name] = cls._create_row(
                        model.with_env(env), customer, company
                    )
        env.flush_all()
        return {name: ids for name, ids in made.items() if ids}

    @classmethod
    def _create_row(cls, model, customer, company):
        given = {
            field.name: customer.id
            for field in model._fields.values()
            if field.comodel_name == "res.partner" and field.store and field.required
            if field.type == "many2one" and not (field.compute and field.readonly)
        }
        try:
            with cls.env.cr.savepoint():
                number = 7 if company == cls.company else 8
                return [
                    cls._insert(model._name, number, company_id=company.id, **given)
                ]
        except Exception:  # noqa: BLE001, whatever a table refuses
            cls.env.invalidate_all()
            return []

    def _see(self, user, name, ids):
        found = self.env[name].with_user(user).with_context(active_test=False)
        return found.search([("id", "in", ids)]).ids

    def _see_all(self, user, company):
        """Return ``{model: ids}`` of the rows of a company that this user finds."""
        self.env.invalidate_all()
        seen = {
            name: self._see(user, name, ids)
            for name, ids in self.made[company].items()
            if self.env[name].with_user(user).has_access("read")
        }
        return {name: ids for name, ids in seen.items() if ids}

    def test_a_branch_has_what_belongs_to_customers_of_its_company(self):
        seen = self._see_all(self.head, self.company)
        self.assertGreater(len(seen), 70)
        self.assertLess(len(seen.keys() & STAYS), len(seen) / 5)
        shared = {name: ids for name, ids in seen.items() if name not in STAYS}
        for user in (self.local, self.other):
            with self.subTest(user=user.login):
                self.assertEqual(self._see_all(user, self.company), shared)

    def test_what_a_branch_has_is_seen_by_no_other_company(self):
        self.assertGreater(len(self._see_all(self.local, self.branch)), 70)
        self.assertEqual(self._see_all(self.head, self.branch), {})
        self.assertEqual(self._see_all(self.other, self.branch), {})

    def _get_unreadable(self, user):
        """Return the fields of what a branch sees that this user cannot read."""
        found = set()
        for name, ids in self._see_all(self.local, self.company).items():
            records = self.env[name].with_user(user).browse(ids)
            for field in records.fields_get(attributes=["type"]):
                self.env.invalidate_all()
                try:
                    records.with_context(active_test=False).read([field])
                except Exception:  # noqa: BLE001, rows made by SQL are not whole
                    found.add(f"{name}.{field}")
        return found

    def test_each_field_of_it_is_read_in_a_branch(self):
        """Its company is one that who works in a branch may not enter."""
        unreadable = self._get_unreadable(self.head)
        self.assertLess(len(unreadable), 6, unreadable)
        self.assertEqual(self._get_unreadable(self.local), unreadable)
