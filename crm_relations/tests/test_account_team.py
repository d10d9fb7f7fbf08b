from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common.account_team import AccountTeamCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestAccountTeam(AccountTeamCommon):
    """KA-3: who is in the team of a customer, until when, and what that opens."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls._create_person(cls.big, "Boss", decision_role="decider")
        cls.profile = cls.boss.profile_ids
        cls.company.archive_is_open = False

    def _at(self, moment):
        """Go to a moment and let the night's job run."""
        clock = freeze_time(moment)
        clock.start()
        self.addCleanup(clock.stop)
        self.env.invalidate_all()

    def _night(self):
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_account_teams").method_direct_trigger()
        self.env.invalidate_all()

    def test_who_may_change_works_with_the_customer_at_once(self):
        self.assertFalse(self._may_write(self.sam))
        self.assertFalse(self._may_read(self.sam, self.profile))
        member = self._appoint(self.sam, self.technical)
        self.assertTrue(self._may_write(self.sam))
        self.assertTrue(self._may_read(self.sam, self.profile))
        self.assertRecordValues(
            self._get_shares(),
            [
                {
                    "user_id": self.sam.id,
                    "role": "team",
                    "team_member_id": member.id,
                    "until": False,
                }
            ],
        )
        self.big.with_user(self.sam).comment = "They build a new line"

    def test_who_reads_reads_what_is_confidential_and_changes_nothing(self):
        self._appoint(self.tess, self.finance)
        self.assertTrue(self._may_read(self.tess, self.profile))
        self.assertFalse(self._may_write(self.tess))
        self.assertFalse(self._get_shares())
        with self.assertRaises(AccessError):
            self.profile.with_user(self.tess).attitude = "promoter"

    def test_a_reader_in_sales_reads_the_plan_and_cannot_change_it(self):
        plan = self._write_plan()
        own = plan.with_user(self.sam)
        self.assertFalse(own.has_access("read"))
        self._appoint(self.sam, self.finance)
        self.env.invalidate_all()
        self.assertEqual(own.objective_ids.mapped("name"), ["Sell"])
        with self.assertRaises(AccessError):
            own.strategy = "Mine"

    def test_access_begins_on_the_first_day(self):
        self._appoint(self.sam, self.technical, since="2026-03-06")
        self._appoint(self.tess, self.finance, since="2026-03-06")
        self.assertFalse(self._may_write(self.sam))
        self.assertFalse(self._may_read(self.tess, self.profile))
        self._at("2026-03-06 10:00:00")
        self._night()
        self.assertTrue(self._may_write(self.sam))
        self.assertTrue(self._may_read(self.tess, self.profile))

    def test_access_ends_at_midnight_of_the_company(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        member = self._appoint(self.sam, self.technical, until="2026-03-05")
        reader = self._appoint(self.tess, self.finance, until="2026-03-05")
        self._at("2026-03-05 15:59:00")
        self._night()
        self.assertTrue(self._may_write(self.sam))
        self.assertTrue(self._may_read(self.tess, self.profile))
        # Midnight in Shanghai; reading ends by the clock, before any job.
        self._at("2026-03-05 16:00:00")
        self.assertFalse(self._may_read(self.tess, self.profile))
        self._night()
        self.assertFalse(self._may_write(self.sam))
        self.assertRecordValues(
            member | reader, [{"state": "ended", "ending": "expired"}] * 2
        )
        self.assertFalse(self._get_shares())

    def test_it_ends_with_a_reason_and_stays_as_history(self):
        member = self._appoint(self.sam, self.technical, note="New line")
        self.assertAnswers(member.with_user(self.sally).end(" "), "blocked")
        self.assertAnswers(member.with_user(self.sally).end("Line is built"), "ok")
        self.assertFalse(self._may_write(self.sam))
        self.assertAnswers(member.with_user(self.sally).end("Again"), "blocked")
        lines = self.big.with_user(self.sally).get_history(kinds=["account_team"])
        (line,) = lines["lines"]
        self.assertIn("Sam in the team: Technical Consultant", line["title"])
        self.assertIn("New line", line["text"])
        self.assertIn("Line is built", line["text"])

    def test_a_colleague_leaves_a_team_but_does_not_stay_longer(self):
        member = self._appoint(self.sam, self.technical, until="2026-03-10")
        own = member.with_user(self.sam)
        self.assertAnswers(own.change_end(False), "no_right")
        self.assertAnswers(own.end("I change departments"), "ok")

    def test_the_last_day_changes_and_the_access_with_it(self):
        member = self._appoint(self.sam, self.technical, until="2026-03-10")
        own = member.with_user(self.max)
        self.assertAnswers(own.change_end("2026-03-03"), "blocked")
        self.assertAnswers(own.change_end("today or so"), "blocked")
        self.assertAnswers(own.change_end("2026-04-10"), "ok")
        self.assertEqual(str(self._get_shares().until), "2026-04-10")
        self.assertAnswers(own.change_end(), "ok")
        self.assertFalse(self._get_shares().until)

    def test_one_account_manager_at_a_time(self):
        self._appoint(self.sally, self.manager, until="2026-03-31")
        word = self._refuse(self.sam, self.manager, by=self.max)
        self.assertIn("one at a time: Sally is Account Manager", word)
        later = self._appoint(self.sam, self.manager, since="2026-04-01")
        first = self.members.search([("user_id", "=", self.sally.id)])
        answers = first.with_user(self.max).change_end("2026-04-01")
        self.assertAnswers(answers, "blocked")
        self.assertEqual(later.standing, "coming")

    def test_one_role_of_a_colleague_at_a_time(self):
        self._appoint(self.sam, self.technical, since="2026-03-10", until="2026-03-20")
        word = self._refuse(self.sam, self.finance, since="2026-03-20")
        self.assertIn("Sam is in the team already as Technical Consultant", word)
        self._appoint(self.sam, self.finance, since="2026-03-21")
        self._appoint(self.sam, self.finance, until="2026-03-09")

    def test_bad_input_is_refused_in_words(self):
        days = {"since": "2026-03-10", "until": "2026-03-09"}
        cases = [
            (self._refuse(self.sam, self.technical, **days), "before the first day"),
            (
                self._refuse(
                    self.sam, self.technical, since="2026-01-01", until="2026-03-03"
                ),
                "passed already",
            ),
            (self._refuse(self.sam, self.technical, since="soon"), "not a date"),
            (self._refuse(10**8, self.technical), "does not exist"),
            (self._refuse(self.sam, self.technical.browse(10**8)), "in use"),
            (
                self._refuse(
                    self.sam, self.technical, customer=self.boss, by=self.rita
                ),
                "is a contact",
            ),
        ]
        self.technical.active = False
        cases.append((self._refuse(self.sam, self.technical), "in use"))
        for word, part in cases:
            self.assertIn(part, word)
        self.assertFalse(self.members.search([]))

    def test_who_left_a_portal_user_and_who_has_no_role_are_refused(self):
        gone = self._create_user("gone", "group_sales_user", active=False)
        portal, outsider = (
            self.env["res.users"].create(
                {
                    "name": group,
                    "login": group,
                    "group_ids": [Command.set(self.env.ref(f"base.{group}").ids)],
                }
            )
            for group in ("group_portal", "group_user")
        )
        self.assertIn("has left", self._refuse(gone, self.technical))
        for user in (portal, outsider):
            self.assertIn("no role", self._refuse(user, self.technical))

    def test_nobody_gets_into_a_company_that_is_not_his(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.sally.company_ids |= other
        theirs = self._create_customer(
            "Theirs", company_id=other.id, user_id=self.sally.id
        )
        word = self._refuse(self.sam, self.technical, customer=theirs, by=self.sally)
        self.assertIn("may not enter the company Other", word)

    def test_a_customer_of_a_pool_has_no_team(self):
        lone = self._create_customer("Lone", pool_id=self.pool.id)
        word = self._refuse(self.sam, self.technical, customer=lone, by=self.rita)
        self.assertIn("public pool", word)

    def test_owner_leader_administrator_and_relations_manager_appoint(self):
        admin = self._create_user("salesadmin", "group_user")
        admin.group_ids |= self.env.ref("sales_team.group_sale_manager")
        for by in (self.sally, self.max, self.rita, admin):
            member = self._appoint(self.sam, self.technical, by=by)
            self.assertAnswers(member.with_user(by).end("Enough"), "ok")
        for by in (self.sam, self.carl, self.tess, self.anna):
            self._refuse(self.tess, self.finance, by=by, code="no_right")
        helper = self._appoint(self.sam, self.technical)
        self._refuse(self.tess, self.finance, by=self.sam, code="no_right")
        self.assertFalse(helper.with_user(self.carl).may_end)

    def test_who_is_appointed_is_told(self):
        before = self.env["mail.message"].search_count([])
        self._appoint(self.sam, self.technical)
        told = self.env["mail.message"].search([], order="id desc", limit=1)
        self.assertEqual(self.env["mail.message"].search_count([]), before + 1)
        self.assertEqual(told.notified_partner_ids, self.sam.partner_id)
        self.assertIn("Technical Consultant", told.subject)

    def test_a_role_keeps_the_access_it_was_given_with(self):
        self._appoint(self.sam, self.technical)
        self.technical.access = "read"
        self._night()
        self.assertTrue(self._may_write(self.sam))

    def test_a_share_that_was_there_stays_and_is_followed(self):
        self.big.with_user(self.sally).share_with(self.sam.id, "2026-03-06")
        member = self._appoint(self.sam, self.technical, until="2026-03-20")
        self.assertFalse(self._get_shares().team_member_id)
        self._at("2026-03-07 10:00:00")
        self.env["crm.customer.share"]._end_due()
        self._night()
        self.assertEqual(self._get_shares().team_member_id, member)

    def test_roles_that_end_soon_stand_on_my_day(self):
        self._appoint(self.sam, self.technical, until="2026-03-18")
        self._appoint(self.tess, self.finance, until="2026-03-19")
        for user in (self.sally, self.sam):
            self.assertEqual(self._get_cards(user).get("team_ending"), 1, user.login)
        self.assertNotIn("team_ending", self._get_cards(self.carl))

    def test_a_reading_is_logged_as_of_who_works_along(self):
        self._appoint(self.tess, self.finance)
        self.env.flush_all()
        self.env.invalidate_all()
        self.profile.with_user(self.tess).read(["attitude"])
        log = self.env["crm.confidential.access"].search(
            [("user_id", "=", self.tess.id)]
        )
        self.assertEqual(log.access_right, "shared")

    def test_who_begins_this_second_is_in_and_who_ends_is_not(self):
        member = self._appoint(self.tess, self.technical)
        begins = member.starts_at
        ends = begins + timedelta(hours=1)
        member.sudo().ends_at = ends
        second = timedelta(seconds=1)
        for moment, standing in (
            (begins - second, "coming"),
            (begins, "running"),
            (ends - second, "running"),
            (ends, "over"),
        ):
            with self.subTest(moment):
                self.assertEqual(member._get_member_standing(moment), standing)

    def test_whose_time_is_over_is_not_told_before_the_night(self):
        member = self._appoint(self.tess, self.technical)

        def told():
            self.env.flush_all()
            self.env.invalidate_all()
            team = self.big.with_user(self.sally).get_overview()["team"]
            return [line["name"] for line in team]

        self.assertEqual(told(), ["Tess"])
        member.sudo().ends_at = fields.Datetime.now()
        self.assertEqual(member.state, "open")
        self.assertFalse(told())

    def test_a_manager_has_others_beside_him(self):
        manager = self._appoint(self.max, self.manager)
        other = self._appoint(self.tess, self.technical)
        self.assertFalse(manager._excludes(other))
        self.assertTrue(manager._excludes(manager))
