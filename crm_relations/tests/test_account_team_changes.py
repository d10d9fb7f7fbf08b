from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common.account_team import AccountTeamCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestAccountTeamChanges(AccountTeamCommon):
    """KA-3: what becomes of a team when customers and colleagues come and go; nobody
    gets into it by a detour."""

    def test_the_account_manager_follows_the_salesperson_and_comes_back(self):
        self._appoint(self.sally, self.manager)
        self._appoint(self.tess, self.finance)
        own = self.big.with_user(self.max)
        self.assertAnswers(own.pool_transfer(self.sam.id, "Sally leaves"), "ok")
        self.assertEqual(
            self._get_team(),
            [
                ("sally", "Account Manager", "ended", "owner"),
                ("tess", "Finance", "open", False),
                ("sam", "Account Manager", "open", False),
            ],
        )
        self.assertFalse(self._may_write(self.sally))
        batch = self.env["crm.pool.batch"].search([], order="id desc", limit=1)
        self.assertAnswers(batch.with_user(self.rita).undo(), "ok")
        self.assertEqual(
            self._get_team(),
            [
                ("sally", "Account Manager", "open", False),
                ("tess", "Finance", "open", False),
                ("sam", "Account Manager", "ended", "owner"),
            ],
        )

    def test_who_takes_over_gives_up_the_role_he_had(self):
        self._appoint(self.sally, self.manager)
        self._appoint(self.sam, self.technical)
        self.big.with_user(self.max).pool_transfer(self.sam.id, "Sally leaves")
        self.assertEqual(
            self._get_team(),
            [
                ("sally", "Account Manager", "ended", "owner"),
                ("sam", "Technical Consultant", "ended", "owner"),
                ("sam", "Account Manager", "open", False),
            ],
        )
        # The salesperson needs no share.
        self.assertFalse(self._get_shares())

    def test_an_account_manager_who_is_not_the_salesperson_stays(self):
        self._appoint(self.max, self.manager, by=self.rita)
        self.big.with_user(self.max).pool_transfer(self.sam.id, "Sally leaves")
        self.assertEqual(self._get_team(), [("max", "Account Manager", "open", False)])

    def test_the_leaver_wizard_hands_the_role_over(self):
        self._appoint(self.sally, self.manager)
        self._appoint(self.sally, self.technical, by=self.rita, customer=self.lent)
        wizard = self.env["crm.leaver.wizard"].with_user(self.rita)
        wizard = wizard.create(
            {
                "leaver_ids": self.sally.ids,
                "receiver_ids": [Command.create({"user_id": self.sam.id})],
            }
        )
        action = wizard.action_preview()
        handover = self.env["crm.handover.wizard"].with_user(self.rita)
        handover = handover.browse(action["res_id"])
        handover.note = "Sally leaves"
        handover.action_apply()
        self.sally.active = False
        self.assertEqual(
            self._get_team(),
            [
                ("sally", "Account Manager", "ended", "owner"),
                ("sam", "Account Manager", "open", False),
            ],
        )
        self.assertEqual(
            self._get_team(self.lent),
            [("sally", "Technical Consultant", "ended", "left")],
        )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lent = cls._create_customer("Lent", user_id=cls.sam.id)

    def test_who_is_archived_is_in_no_team(self):
        self._appoint(self.sam, self.technical)
        self.sam.active = False
        self.assertEqual(
            self._get_team(), [("sam", "Technical Consultant", "ended", "left")]
        )
        self.assertFalse(self._get_shares())

    def test_in_a_pool_nobody_is_in_the_team_until_that_is_undone(self):
        self._appoint(self.sally, self.manager)
        self._appoint(self.tess, self.finance)
        self.assertAnswers(
            self.big.with_user(self.rita).pool_release("No need", self.pool.id), "ok"
        )
        self.assertEqual({line[2:] for line in self._get_team()}, {("ended", "pool")})
        batch = self.env["crm.pool.batch"].search([], order="id desc", limit=1)
        self.assertAnswers(batch.with_user(self.rita).undo(), "ok")
        self.assertEqual({line[2:] for line in self._get_team()}, {("open", False)})

    def test_teams_of_merged_customers_become_one(self):
        self._appoint(self.sally, self.manager)
        self._appoint(self.sam, self.technical)
        self._appoint(self.max, self.manager, by=self.rita, customer=self.mid)
        self._appoint(self.sam, self.finance, customer=self.mid)
        self._appoint(self.tess, self.finance, customer=self.mid)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.mid | self.big).ids, self.big
        )
        open_ones = [line[:2] for line in self._get_team() if line[2] == "open"]
        self.assertCountEqual(
            open_ones,
            [
                ("sally", "Account Manager"),
                ("sam", "Technical Consultant"),
                ("tess", "Finance"),
            ],
        )
        self.assertEqual(len(self._get_team()), 5)
        self.assertEqual(self._get_shares().user_id, self.sam)

    def test_a_customer_that_joins_another_has_no_team_any_more(self):
        self._appoint(self.sam, self.technical)
        self.big.is_company = False
        self.big.parent_id = self.mid
        self.assertEqual(
            self._get_team(), [("sam", "Technical Consultant", "ended", "joined")]
        )
        self.assertFalse(self._get_shares())

    def test_no_way_leads_into_a_team_but_the_method(self):
        member = self._appoint(self.sam, self.finance)
        vals = {
            "partner_id": self.big.id,
            "user_id": self.tess.id,
            "role_id": self.technical.id,
            "access": "write",
            "since": "2026-03-01",
        }
        # Also the salesperson and who manages relations: they have the method.
        for user in (self.sam, self.sally, self.rita, self.adam):
            own = self.members.with_user(user)
            mine = member.with_user(user)
            for way in (
                lambda own=own: own.create(vals),
                lambda own=own: own.web_save(vals, {"id": {}}),
                lambda mine=mine: mine.write({"access": "write"}),
                lambda mine=mine: mine.web_save({"access": "write"}, {"id": {}}),
                lambda mine=mine: mine.copy({"user_id": self.tess.id}),
                lambda mine=mine: mine.unlink(),
                lambda user=user: self.big.with_user(user).write(
                    {"team_member_ids": [Command.create(vals)]}
                ),
                lambda user=user: self.big.with_user(user).write(
                    {
                        "team_member_ids": [
                            Command.update(member.id, {"access": "write"})
                        ]
                    }
                ),
            ):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    way()
            result = own.load(
                ["partner_id/.id", "user_id/.id", "role_id/.id", "access", "since"],
                [[self.big.id, self.tess.id, self.technical.id, "write", "2026-03-01"]],
            )
            self.assertFalse(result["ids"])
        self.assertEqual(member.access, "read")
        self.assertEqual(self.members.search_count([]), 1)

    def test_a_plan_is_no_way_into_a_team(self):
        plan = self._write_plan()
        vals = {"user_id": self.tess.id, "role_id": self.finance.id}
        plan.write({"team_member_ids": [Command.create(vals)]})
        self.env.flush_all()
        self.assertFalse(self.members.search([]))

    def test_the_access_of_a_role_is_not_changed_as_a_share(self):
        self._appoint(self.sam, self.technical, until="2026-03-10")
        share = self._get_shares().with_user(self.sally)
        for vals in ({"until": False}, {"role": "assist"}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                share.write(vals)
        with self.assertRaises(AccessError):
            share.action_end()
        self.assertFalse(share.may_end)
        with self.assertRaises(ValidationError):
            self.mid.with_user(self.sally).share_with(self.sam.id, role="team")
        self.mid.with_user(self.sally).share_with(self.sam.id)
        with self.assertRaises(AccessError):
            self._get_shares(self.mid).with_user(self.sally).role = "team"

    def test_roles_are_made_by_administrators(self):
        with self.assertRaises(AccessError):
            self.finance.with_user(self.rita).access = "write"
        self.finance.with_user(self.adam).access = "write"

    def test_the_dialog_appoints_and_says_what_is_against_it(self):
        action = self.big.with_user(self.sally).action_appoint()
        wizard = self.env["crm.account.team.wizard"].with_user(self.sally)
        with Form(wizard.with_context(**action["context"])) as form:
            form.user_id = self.sam
            form.role_id = self.technical
            self.assertEqual(form.role_access, "write")
        form.save().action_apply()
        with self.assertRaisesRegex(UserError, "in the team already"):
            form.save().action_apply()
        member = self.members.search([])
        action = member.with_user(self.sally).action_change_end()
        with Form(wizard.with_context(**action["context"])) as form:
            form.until = "2026-03-20"
        form.save().action_apply()
        self.assertEqual(str(member.until), "2026-03-20")

    def test_a_dialog_gives_no_right(self):
        wizard = self.env["crm.account.team.wizard"].with_user(self.sam)
        wizard = wizard.create(
            {
                "partner_id": self.big.id,
                "user_id": self.sam.id,
                "role_id": self.technical.id,
            }
        )
        with self.assertRaisesRegex(UserError, "Only the salesperson"):
            wizard.action_apply()

    def test_another_company_sees_no_team(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.sally.company_ids |= other
        theirs = self._create_customer(
            "Theirs", company_id=other.id, user_id=self.sally.id
        )
        member = self._appoint(self.sally, self.manager, customer=theirs)
        self.assertFalse(member.with_user(self.sam).search_count([]))

    def test_statements_do_not_grow_with_the_customers(self):
        def count(customers):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            customers._apply_team_access()
            return self.env.cr.sql_log_count - before

        many = self._create_customers(30, user_id=self.sally.id)
        for customer in many:
            self.members.create(
                {
                    "partner_id": customer.id,
                    "user_id": self.sam.id,
                    "role_id": self.technical.id,
                    "access": "write",
                    "since": "2026-03-01",
                }
            )
        self.assertEqual(count(many[:1]), 3)
        self.assertEqual(count(many), 3)
        self.assertEqual(len(self._get_shares(many[29])), 1)
