"""The demo data, which setup/run and every demo database begin with."""

from odoo.modules.loading import load_data
from odoo.modules.module_graph import ModuleGraph
from odoo.tests import TransactionCase, tagged

ADDONS = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")


def load_demo(env, add_cleanup):
    """Load the demo data of the suite once more. While it installs, nothing stands
    before our methods and reads what they are given."""
    env["crm.gate"]._unregister_hook()
    add_cleanup(env["crm.gate"]._register_hook)
    graph = ModuleGraph(env.cr, mode="load")
    installed = env["ir.module.module"].search([("state", "=", "installed")])
    graph.extend(installed.mapped("name"))
    for package in graph:
        if package.name in ADDONS:
            load_data(env, {}, "init", kind="demo", package=package)


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    def test_each_addon_takes_its_demo_data(self):
        """Odoo only warns when they fail, and goes on with an empty database."""
        company = self.env["res.company"]._get_relations_default()
        company.customers_are_owned = False
        load_demo(self.env, self.addCleanup)
        self.assertTrue(company.customers_are_owned)
        self._check_the_pool_shows_what_a_pool_does()
        for login in ("sales", "manager", "custodian", "agent", "officer"):
            self.assertTrue(self.env["res.users"].search([("login", "=", login)]))
        self.assertTrue(self.env["crm.lost.customer"].search([]))
        # Methods that only answer "not you" leave a demo without what it is to show.
        for model, states in {
            "crm.gift": {"draft", "asked", "approved", "given"},
            "crm.concession": {"asked", "approved"},
            "crm.key.account.nomination": {"asked", "approved"},
            "crm.account.team.member": {"open"},
        }.items():
            with self.subTest(model=model):
                found = self.env[model].search([]).mapped("state")
                self.assertGreaterEqual(set(found), states)
        for model in ("crm.account.return", "crm.account.standing", "crm.favour"):
            with self.subTest(model=model):
                self.assertTrue(self.env[model].search([]))

    def _check_the_pool_shows_what_a_pool_does(self):
        """It hides, closes a customer to who had it, and somebody runs it."""
        pool = self.env.ref("crm_relations.crm_pool_north_demo")
        self.assertTrue(pool.hides_phone and pool.hides_email)
        self.assertGreater(pool.cool_down_days, 0)
        self.assertTrue(pool.manager_ids)
