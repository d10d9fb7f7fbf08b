from datetime import date

from odoo.tests import freeze_time, tagged

from .common.work_report import WorkReportCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 01:00:00")  # 9:00 in Shanghai
class TestWorkReportDigest(WorkReportCommon):
    """FU-10: one reminder before a report is due, one line to the leader after."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_duty(cls)

    def _get_told(self, user):
        day = date(2026, 3, 4)
        self.env.flush_all()
        digests = self.env["crm.daily.digest"]
        digests.search([("user_id", "=", user.id)]).unlink()
        digest = digests._take(user, day)
        parts = digests._get_told(digest, day).get(user, [])
        return {part["title"]: part for part in parts if "title" in part}

    def test_who_has_to_hand_in_today_is_reminded_once(self):
        part = self._get_told(self.sally)["Your reports that are due"]
        self.assertEqual(part["count"], 1)
        self.assertIn("Daily report", part["lines"][0]["name"])
        self.assertNotIn("Your reports that are due", self._get_told(self.sally))

    def test_the_moment_is_told_in_the_language_of_the_person(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.sally.lang = "zh_CN"
        [part] = self._get_told(self.sally).values()
        self.assertIn("3月4日", part["lines"][0]["day"])

    def test_what_is_handed_in_reminds_nobody(self):
        for report in self._find():
            self._hand_in(report)
        self.assertFalse(self._get_told(self.sally))
        self.assertNotIn("Reports that are missing", self._get_told(self.max))

    def test_the_leader_is_told_once_of_what_is_missing(self):
        part = self._get_told(self.max)["Reports that are missing"]
        self.assertEqual(part["count"], 2)
        self.assertEqual({line["name"] for line in part["lines"]}, {"Sally"})
        self.assertNotIn("Reports that are missing", self._get_told(self.max))

    def test_the_message_is_sent_with_it(self):
        self.env["crm.daily.digest"].search([]).unlink()
        self.env["crm.daily.digest"]._send(
            self.sally, self.company, self.company._get_relations_today()
        )
        digest = self.env["crm.daily.digest"].search([("user_id", "=", self.sally.id)])
        self.assertGreaterEqual(digest.line_count, 1)
