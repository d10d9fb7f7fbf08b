"""One act, one moment: what an act dates is of the same day, also over midnight."""

from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from .common.lending import LendingCommon
from .common.work_report import WorkReportCommon

# A clock that tells another day whenever it is asked.
HURRYING = freeze_time("2026-03-04 10:00:00", auto_tick_seconds=24 * 60 * 60)


@tagged("post_install", "-at_install")
class TestOneMoment(LendingCommon):
    def test_an_archive_is_verified_on_the_day_of_its_moment(self):
        upkeeps = self.env["crm.archive.upkeep"]
        upkeeps._refresh(self.customer.ids)
        with HURRYING:
            upkeeps.search([("partner_id", "=", self.customer.id)])._verify()
        upkeep = self.customer.upkeep_ids
        day = self.company._get_relations_day(upkeep.verified_at)
        self.assertEqual(upkeep.verified_on, day)

    def test_a_customer_is_lost_on_the_day_that_it_is_registered(self):
        with HURRYING:
            [values] = self.customer._prepare_lost_vals({})
        day = self.company._get_relations_day(values["registered_at"])
        self.assertEqual(values["lost_on"], day)

    def test_a_loan_is_asked_for_from_the_day_that_was_checked(self):
        days = [self.today + timedelta(days=number) for number in range(5)]
        partners = type(self.customer)
        with patch.object(partners, "_get_relation_today", side_effect=days):
            self.assertEqual(self._ask(days=8), ["ok"])
        self.assertEqual(self._get_loans().since, self.today)


@tagged("post_install", "-at_install")
class TestOneMomentOfReports(WorkReportCommon):
    def test_a_report_is_of_the_team_of_the_day_that_it_is_handed_in(self):
        with freeze_time("2026-03-04 10:00:00"):
            report = self._create_report().sudo()
        midnight = datetime(2026, 3, 4, 16)  # in Shanghai
        undone = dict.fromkeys(("handed_in_at", "team_id", "leader_id"), False)
        stamped = set()
        for seconds in range(30):
            report.write({"state": "draft", **undone})
            begin = midnight - timedelta(seconds=seconds)
            with self.subTest(seconds), freeze_time(begin, auto_tick_seconds=1):
                report.with_user(self.sally).hand_in()
                handed_in = self.company._get_relations_day(report.handed_in_at)
                is_of_day = handed_in == report.period_end
                self.assertEqual(bool(report.team_id), is_of_day)
            stamped.add(is_of_day)
        self.assertEqual(stamped, {True, False})
