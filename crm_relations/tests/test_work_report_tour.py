from odoo import fields
from odoo.tests import HttpCase, tagged

from .common.work_report import WorkReportCommon


@tagged("post_install", "-at_install")
class TestWorkReportTour(WorkReportCommon, HttpCase):
    """FU-10 in a browser: a salesperson hands in, the leader reads and comments."""

    def test_a_report_is_handed_in_read_and_commented(self):
        today = self.company._get_relations_today()
        # One moment: the day may end while the tour is under way.
        now = fields.Datetime.now()
        self._create_followup(self.customer, date=now)
        self._create_followup(self.customer, date=now)
        report = self._create_report()
        report.sudo().write({"due_at": fields.Datetime.now(), "due_on": today})
        self.start_tour(
            "/odoo/my-day", "crm_relations_work_report", login="sally", timeout=120
        )
        self.env.invalidate_all()
        self.assertEqual((report.state, report.plan), ("handed_in", "Deliver it"))
        self._create_followup(self.customer, date=now)
        self.start_tour(
            "/odoo/my-day", "crm_relations_work_report_leader", login="max", timeout=120
        )
        self.env.invalidate_all()
        self.assertEqual((report.state, report.read_by_id), ("read", self.max))
        message = report.message_ids[0]
        self.assertIn("Well done", message.body)
        self.assertEqual(message.notified_partner_ids, self.sally.partner_id)
