from odoo.tests import freeze_time, tagged

from ..hooks import _schedule_nights
from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestNightlyJobs(RelationsCommon):
    """One list says what the night does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jobs = cls.env["res.config.settings"]._get_nightly_jobs()

    def test_each_job_of_a_day_is_one_of_the_night(self):
        names = self.env["ir.model.data"].search(
            [("model", "=", "ir.cron"), ("module", "=", "crm_relations")]
        )
        jobs = self.env["ir.cron"].with_context(active_test=False)
        jobs = jobs.browse(names.mapped("res_id")).exists()
        daily = jobs.filtered(lambda job: job.interval_type == "days")
        self.assertFalse((daily - self.jobs).mapped("name"))

    def test_after_the_installation_they_wait_for_the_night_of_the_company(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        with freeze_time("2026-03-04 07:00:00"):
            _schedule_nights(self.env)
        calls = self.jobs.mapped("nextcall")
        self.assertEqual(calls, sorted(set(calls)))
        self.assertGreater(calls[0].isoformat(), "2026-03-04T16:00:00")
        self.assertLess(calls[-1].isoformat(), "2026-03-04T22:30:00")
