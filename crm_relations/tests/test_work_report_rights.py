from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged

from .common.work_report import WorkReportCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestWorkReportRights(WorkReportCommon):
    """FU-10: one's own; what is handed in to one; nothing of others on any way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_duty(cls)
        cls.draft = cls._find(cls, period_start="2026-03-03")
        cls.report = cls._find(cls, period_start="2026-03-04")
        cls.report.results = "Sold a lorry"
        cls._hand_in(cls, cls.report)

    @classmethod
    def assertEqual(cls, first, second, msg=None):
        assert first == second, msg or (first, second)

    def _see(self, user, report=None):
        found = self.reports.with_user(user).search(
            [("id", "in", (report or self.report).ids)]
        )
        return bool(found)

    def test_who_reads_what_is_handed_in(self):
        seen = {user.login for user in self.people if self._see(user)}
        self.assertEqual(seen, {"sally", "max", "rita"})

    def test_who_only_stands_on_the_team_leads_nobody(self):
        """Nobody is named as leader who could not read what is handed in."""
        plain = self._create_user("Plain", "group_user")
        self.sally.sale_team_id.user_id = plain
        report = self.reports.with_user(self.sally).create({"kind": "monthly"})
        assert not report.leader_id
        self.env["crm.work.report.duty"].search([])._ask_now()
        self.draft.invalidate_recordset()
        assert self.draft.leader_id != plain

    def test_who_could_not_open_a_report_is_asked_for_none(self):
        stranger = new_test_user(self.env, "stranger", groups="base.group_user")
        duty = self.env["crm.work.report.duty"].search([], limit=1)
        duty.user_ids += stranger
        assert not self.reports.search([("user_id", "=", stranger.id)])

    def test_a_draft_is_its_authors_alone(self):
        seen = {user.login for user in self.people if self._see(user, self.draft)}
        self.assertEqual(seen, {"sally"})

    def test_a_report_that_is_not_saved_tells_of_oneself_only(self):
        """What a client says of it is asked by no rule."""
        given = {
            "user_id": self.sally.id,
            "company_id": self.company.id,
            "kind": "daily",
            "period_start": "2026-03-04",
        }

        def ask(user, **changed):
            reports = self.reports.with_user(user)
            found = reports.onchange(
                given | changed, list(given), {"shown_figures": {}}
            )
            return found["value"].get("shown_figures")

        self.assertTrue(ask(self.sally))
        for user in (self.sam, self.rita):
            assert not ask(user), user.login
        other = self.env["res.company"].create({"name": "Other"})
        assert not ask(self.sally, company_id=other.id)

    def test_no_way_leads_to_the_report_of_another_one(self):
        others = self.report.with_user(self.sam)
        for method in (
            lambda: others.read(["results", "figures", "shown_figures"]),
            lambda: others.comment("Hello"),
            lambda: others.message_post(body="Hello", message_type="comment"),
            lambda: others.open_figure("followup_count"),
            lambda: others.write({"results": "Nothing"}),
            lambda: others.unlink(),
        ):
            with self.assertRaises(AccessError):
                method()
        for method in (others.hand_in, others.take_back, others.mark_read):
            self.assertEqual([a["code"] for a in method()], ["no_right"])
        answers = others.return_for_correction("No")
        self.assertEqual([a["code"] for a in answers], ["no_right"])
        self.assertEqual(self.report.state, "handed_in")

    def test_the_leader_reads_and_does_not_write(self):
        of_team = self.report.with_user(self.max)
        self.assertEqual(of_team.results, "Sold a lorry")
        with self.assertRaises(AccessError):
            of_team.results = "Sold nothing"
        self.assertEqual([a["code"] for a in of_team.take_back()], ["no_right"])
        self.assertEqual([a["code"] for a in of_team.hand_in()], ["no_right"])

    def test_nobody_judges_the_own_report(self):
        mine = self.report.with_user(self.sally)
        for answers in (mine.mark_read(), mine.return_for_correction("Oh")):
            self.assertEqual([a["code"] for a in answers], ["no_right"])

    def test_the_leader_of_then_goes_on_reading_and_the_new_one_does_not(self):
        lena = self._create_user("lena", "group_sales_manager")
        self.south.user_id = lena
        self.north.member_ids -= self.sally
        self.south.member_ids += self.sally
        self.env.invalidate_all()
        self.assertTrue(self._see(self.max))
        self.assertFalse(self._see(lena))

    def test_figures_are_for_oneself_the_leader_and_managers(self):
        days = ("2026-03-01", "2026-03-04")
        for user in (self.sally, self.max, self.rita):
            found = self.reports.with_user(user).get_figures(self.sally.id, *days)
            self.assertEqual(found["work"]["followup_count"], 0)
        for user in (self.sam, self.carl, self.anna):
            with self.assertRaises(AccessError):
                self.reports.with_user(user).get_figures(self.sally.id, *days)
        with self.assertRaises(AccessError):
            self.reports.with_user(self.rita).get_figures(2**31 - 1, *days)

    def test_another_company_sees_nothing_and_each_has_its_own_report(self):
        other = self.env["res.company"].create({"name": "Other"})
        boss = self._create_user(
            "boss",
            "group_relations_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        self.assertFalse(self._see(boss))
        self.sally.company_ids += other
        there = self.reports.with_user(self.sally).with_company(other)
        report = there.create({"kind": "daily", "period_start": "2026-03-04"})
        self.assertEqual(report.company_id, other)
        self.assertTrue(report != self.report)
        with self.assertRaises(AccessError):
            self.reports.with_user(boss).get_figures(
                self.sam.id, "2026-03-01", "2026-03-04"
            )

    def test_statistics_tell_who_is_missing_and_open_only_what_one_may_read(self):
        results = self.env["crm.work.report.result"]
        self.env.flush_all()
        self.assertFalse(results.with_user(self.sam).search([]))
        seen = results.with_user(self.max).search([("user_id", "=", self.sally.id)])
        states = dict(zip(seen.mapped("id"), seen.mapped("state"), strict=True))
        self.assertEqual(states[self.draft.id], "missing")
        self.assertEqual(states[self.report.id], "on_time")
        told = results.with_user(self.max).browse(self.draft.id).action_open_report()
        self.assertIn("not been handed in", told["params"]["message"])
        action = results.with_user(self.max).browse(self.report.id)
        self.assertEqual(action.action_open_report()["res_id"], self.report.id)
