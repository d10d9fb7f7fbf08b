import json

from odoo.tests import tagged

from .common.dashboard import DashboardCase


@tagged("post_install", "-at_install")
class TestDashboard(DashboardCase):
    """PL-4: dashboards of the customers, of care and of callbacks."""

    def test_each_of_its_roles_gets_an_answer(self):
        dashboards = self._get_dashboards("crm_relations")
        self.assertEqual(len(dashboards), 2)
        for dashboard in dashboards:
            self.assertAnswers(dashboard)

    def test_who_leads_nobody_has_none(self):
        dashboards = self._get_dashboards("crm_relations")
        for role in ("reader", "sales", "agent", "custodian"):
            seen = self.env["spreadsheet.dashboard"].with_user(self.users[role])
            self.assertFalse(seen.search([]) & dashboards, role)

    def test_the_menu_opens_the_first(self):
        action = self.env.ref("crm_relations.spreadsheet_dashboard_menu").action
        dashboard = self.env.ref("crm_relations.spreadsheet_dashboard_customer")
        self.assertEqual(action.params, {"dashboard_id": dashboard.id})

    def test_its_words_are_those_of_the_reader(self):
        """What stands in cells is said by formulas that are translated."""
        for dashboard in self._get_dashboards("crm_relations"):
            content = json.loads(dashboard.spreadsheet_data)
            for sheet in content["sheets"]:
                for cell in sheet["cells"].values():
                    self.assertRegex(cell, r"^(=|\[.+\]\(odoo://)", dashboard.name)
