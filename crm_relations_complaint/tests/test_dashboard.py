from odoo.tests import new_test_user, tagged

from odoo.addons.crm_relations.tests.common.dashboard import DashboardCase


@tagged("post_install", "-at_install")
class TestComplaintDashboard(DashboardCase):
    """PL-4: the dashboard of the complaints."""

    def test_each_of_its_roles_gets_an_answer(self):
        officer = "crm_relations_complaint.group_complaint_officer"
        self.users["officer"] = new_test_user(self.env, "officer", groups=officer)
        dashboard = self._get_dashboards("crm_relations_complaint").ensure_one()
        self.assertAnswers(dashboard)
