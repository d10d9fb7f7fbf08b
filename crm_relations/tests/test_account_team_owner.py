from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common.account_team import AccountTeamCommon

NOON = "2026-03-04 10:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestAccountTeamOwner(AccountTeamCommon):
    """KA-3: whatever takes a customer from its salesperson leaves nobody in the team
    who is there by that, and takes nothing else."""

    def _at(self, moment):
        clock = freeze_time(moment)
        clock.start()
        self.addCleanup(clock.stop)
        self.env.invalidate_all()

    def _undo(self):
        batch = self.env["crm.pool.batch"].search([], order="id desc", limit=1)
        self.assertAnswers(batch.with_user(self.rita).undo(), "ok")

    def _pool_big(self):
        own = self.big.with_user(self.rita)
        self.assertAnswers(own.pool_release("No need", self.pool.id), "ok")

    def _hand_over(self, customer=None):
        own = (customer or self.big).with_user(self.max)
        answers = own.pool_transfer(self.sam.id, "Sally leaves")
        self.assertAnswers(answers, *["ok"] * len(own))

    def test_the_preview_of_a_handover_tells_the_role_that_goes_along(self):
        """The account manager's: other roles stay with whoever has them."""
        self._appoint(self.sally, self.manager)
        self._appoint(self.sally, self.technical, customer=self.mid)
        self._appoint(self.sam, self.manager, customer=self.small)
        own = (self.big | self.mid | self.small).with_user(self.max)
        wizard = self.env["crm.handover.wizard"].browse(
            own.action_hand_over()["res_id"]
        )
        told = wizard.item_ids.filtered(lambda item: item.kind == "team_role")
        self.assertRecordValues(
            told,
            [
                {
                    **{"partner_id": self.big.id, "name": "Account Manager"},
                    "kind_name": "Role in the team",
                }
            ],
        )
        self.assertIn("since", told.detail)

    def test_after_the_undo_of_a_claim_nobody_is_in_the_team(self):
        self._pool_big()
        self.assertAnswers(self.big.with_user(self.sam).pool_claim(), "ok")
        self._appoint(self.sally, self.technical, by=self.sam)
        self.assertTrue(self._may_write(self.sally))
        self._undo()
        self.assertEqual(self.big.pool_id, self.pool)
        self.assertEqual(
            self._get_team(), [("sally", "Technical Consultant", "ended", "pool")]
        )
        self.assertFalse(self._get_shares())

    def test_after_the_undo_of_an_assignment_nobody_is_in_the_team(self):
        self._pool_big()
        own = self.big.with_user(self.rita)
        self.assertAnswers(own.pool_assign(self.sam.id), "ok")
        self._appoint(self.sam, self.manager, by=self.sam)
        self._undo()
        self.assertEqual(
            self._get_team(), [("sam", "Account Manager", "ended", "pool")]
        )
        self.assertFalse(self._get_shares())

    def test_after_the_undo_of_a_handover_its_receiver_manages_no_account(self):
        self._hand_over()
        self._at("2026-03-05 10:00:00")
        self._appoint(self.sam, self.manager, by=self.sam)
        self._undo()
        self.assertEqual(self.big.user_id, self.sally)
        self.assertEqual(
            self._get_team(),
            [
                ("sam", "Account Manager", "ended", "owner"),
                ("sally", "Account Manager", "open", False),
            ],
        )
        self.assertFalse(self._may_write(self.sam))

    def test_an_undo_leaves_the_role_that_its_receiver_had_before(self):
        self._appoint(self.sam, self.manager)
        self._at("2026-03-05 10:00:00")
        self._hand_over()
        self._undo()
        self.assertEqual(self._get_team(), [("sam", "Account Manager", "open", False)])
        self.assertTrue(self._may_write(self.sam))

    def test_who_sells_no_more_and_has_no_successor_manages_no_account(self):
        self._appoint(self.sally, self.manager)
        self._appoint(self.tess, self.finance)
        self.big.with_user(self.rita).user_id = False
        self.assertEqual(
            self._get_team(),
            [
                ("sally", "Account Manager", "ended", "unowned"),
                ("tess", "Finance", "open", False),
            ],
        )
        self.assertFalse(self._get_shares())

    def test_a_role_that_is_over_goes_to_nobody(self):
        self._appoint(self.sally, self.manager, until="2026-03-04")
        self._appoint(self.max, self.manager, by=self.rita, since="2026-03-05")
        self._at("2026-03-05 10:00:00")
        self._hand_over()
        self.assertEqual(
            self._get_team(),
            [
                ("sally", "Account Manager", "open", False),
                ("max", "Account Manager", "open", False),
            ],
        )

    def test_a_planned_succession_outlives_a_handover(self):
        self._appoint(self.sally, self.manager, until="2026-03-10")
        planned = self._appoint(self.sam, self.manager, since="2026-03-11")
        self._hand_over()
        self.env.invalidate_all()
        self.assertEqual(planned.state, "open")
        taken = self.members.search([("state", "=", "open")]) - planned
        self.assertRecordValues(
            taken, [{"user_id": self.sam.id, "until": planned.since.replace(day=10)}]
        )

    def test_statements_of_a_handover_do_not_grow_with_the_account_managers(self):
        many = self._create_customers(34, user_id=self.sally.id)
        for customer in many:
            self._appoint(self.sally, self.manager, customer=customer)
        self._hand_over(many[:1])
        counts = [
            self._count_statements(lambda some=some: self._hand_over(some), unread=True)
            for some in (many[1:2], many[4:34])
        ]
        self.assertEqual(counts[0], counts[1])
        self.assertEqual(self._get_team(many[33])[1][:3:2], ("sam", "open"))

    def _get_calls(self):
        job = self.env.ref("crm_relations.ir_cron_account_teams")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)])
        return {str(moment) for moment in triggers.mapped("call_at")}

    def test_access_to_change_begins_and_ends_at_midnight(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        member = self._appoint(self.sam, self.technical, since="2026-03-06")
        self.assertIn("2026-03-05 16:00:00", self._get_calls())
        self._at("2026-03-05 16:00:00")
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_account_teams").method_direct_trigger()
        self.assertTrue(self._may_write(self.sam))
        own = member.with_user(self.sally)
        self.assertAnswers(own.change_end("2026-03-08"), "ok")
        self.assertIn("2026-03-08 16:00:00", self._get_calls())

    def test_a_role_that_only_reads_starts_no_job(self):
        before = self._get_calls()
        self._appoint(self.tess, self.finance, until="2026-03-08")
        self.assertEqual(self._get_calls(), before)

    def test_once_a_share_has_ended_the_role_gives_access(self):
        own = self.big.with_user(self.sally)
        own.share_with(self.sam.id)
        self._appoint(self.sam, self.technical)
        self._get_shares().with_user(self.sally).action_end()
        self.assertEqual(self._get_shares().role, "team")
        self.assertTrue(self._may_write(self.sam))

    def test_once_a_share_is_over_the_role_gives_access(self):
        own = self.big.with_user(self.sally)
        own.share_with(self.sam.id, until="2026-03-05")
        self._appoint(self.sam, self.technical)
        self._at("2026-03-06 10:00:00")
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_pool_shares").method_direct_trigger()
        self.assertEqual(self._get_shares().role, "team")

    def test_a_last_day_is_asked_of_the_line_not_of_the_role_today(self):
        self._appoint(self.max, self.manager, by=self.rita, since="2026-03-11")
        member = self._appoint(self.sam, self.manager, until="2026-03-10")
        self.manager.with_user(self.adam).is_manager = False
        own = member.with_user(self.sally)
        answers = own.change_end("2026-03-20")
        self.assertAnswers(answers, "blocked")
        self.assertIn("one at a time", answers[0]["message"])

    def test_days_beyond_a_hundred_years_are_refused(self):
        far = "more than a hundred years"
        for days in ({"until": "9999-12-31"}, {"since": "9999-12-31"}):
            self.assertIn(far, self._refuse(self.sam, self.technical, **days))
        self.assertIn(far, self._refuse(self.sam, self.technical, since="0001-01-01"))
        member = self._appoint(self.sam, self.technical)
        answers = member.with_user(self.sally).change_end("9999-12-31")
        self.assertAnswers(answers, "blocked")
        self.assertIn(far, answers[0]["message"])
        wizard = self.env["crm.account.team.wizard"].with_user(self.sally)
        wizard = wizard.create(
            {
                "partner_id": self.big.id,
                "member_id": member.id,
                "until": "9999-12-31",
            }
        )
        with self.assertRaisesRegex(UserError, far):
            wizard.action_apply()
