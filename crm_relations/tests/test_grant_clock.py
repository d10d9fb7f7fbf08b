from odoo.tests import freeze_time, tagged

from .common.account_team import AccountTeamCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestGrantClock(AccountTeamCommon):
    """KA-3, AR-14: roles in teams and loans end at midnight of the company that the
    customer has now, by the clock that it has now."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_person(cls.big, "Boss", decision_role="decider")
        calendars = cls.env["resource.calendar"]
        cls.utc, cls.china = (
            calendars.create({"name": zone, "tz": zone})
            for zone in ("UTC", "Asia/Shanghai")
        )
        cls.company.resource_calendar_id = cls.utc
        cls.far = cls.env["res.company"].create(
            {"name": "Far", "resource_calendar_id": cls.china.id}
        )

    def _grant(self):
        """Return a role and a loan until the 5th."""
        member = self._appoint(self.sam, self.technical, until="2026-03-05")
        outsider = self._create_user("olga", "group_sales_user")
        own = self.big.with_user(outsider)
        answers = own.ask_for_access(["profiles"], "Visit", "2026-03-05")
        self.assertAnswers(answers, "ok")
        loan = self.env["crm.archive.loan"].search([])
        return member, loan

    def assertEnds(self, grants, moment):
        self.env.flush_all()
        self.env.invalidate_all()
        for grant in grants:
            self.assertEqual(str(grant.ends_at), moment)

    def test_moments_follow_the_time_zone_of_the_calendar(self):
        grants = self._grant()
        self.assertEnds(grants, "2026-03-06 00:00:00")
        self.utc.tz = "Asia/Shanghai"
        self.assertEnds(grants, "2026-03-05 16:00:00")

    def test_moments_follow_the_calendar_of_the_company(self):
        grants = self._grant()
        self.company.resource_calendar_id = self.china
        self.assertEnds(grants, "2026-03-05 16:00:00")
        job = self.env.ref("crm_relations.ir_cron_account_teams")
        calls = self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)])
        self.assertIn("2026-03-05 16:00:00", [str(one.call_at) for one in calls])

    def test_access_follows_the_clock_at_once(self):
        self._appoint(self.sam, self.technical, since="2026-03-05")
        clock = freeze_time("2026-03-04 17:00:00")
        clock.start()
        self.addCleanup(clock.stop)
        self.assertFalse(self._get_shares())
        self.utc.tz = "Asia/Shanghai"
        self.assertEqual(self._get_shares().user_id, self.sam)

    def test_moments_follow_the_company_that_judges_the_customer(self):
        grants = self._grant()
        self.big.relation_company_id = self.far
        self.assertEnds(grants, "2026-03-05 16:00:00")

    def test_what_has_ended_keeps_its_moments(self):
        member, _loan = self._grant()
        self.assertAnswers(member.with_user(self.sally).end("Over"), "ok")
        self.utc.tz = "Asia/Shanghai"
        self.assertEnds([member], "2026-03-06 00:00:00")

    def test_after_a_merge_lines_are_of_the_company_of_the_survivor(self):
        self.sally.company_ids |= self.far
        self.sam.company_ids |= self.far
        self.mid.company_id = self.far
        member = self._appoint(self.sam, self.technical, until="2026-03-05")
        share = self._get_shares()
        self.assertFalse(member.company_id or share.company_id)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.big | self.mid).ids, self.mid, extra_checks=False
        )
        self.assertEqual(member.partner_id, self.mid)
        self.assertEnds([member], "2026-03-05 16:00:00")
        self.assertEqual(member.company_id, self.far)
        self.assertEqual(self._get_shares(self.mid).company_id, self.far)
