from .account_plan import AccountPlanCommon


class AccountTeamCommon(AccountPlanCommon):
    """Big is sally's, led by max; tess is of no team and does not sell, rita manages.

    The shipped roles: account manager (one at a time, changes), technical (changes),
    finance and sponsor (read).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tess = cls._create_user("tess", "group_user")
        cls.members = cls.env["crm.account.team.member"]
        cls.manager, cls.technical, cls.finance = (
            cls.env.ref(f"crm_relations.crm_account_team_role_{name}")
            for name in ("manager", "technical", "finance")
        )

    def _appoint(self, user, role, by=None, customer=None, **values):
        """Return the new member, who must be let in."""
        customer = customer or self.big
        answers = customer.with_user(by or self.sally).team_appoint(
            user.id, role.id, **values
        )
        self.assertAnswers(answers, "ok")
        return self.members.search(
            [("partner_id", "=", customer.id), ("user_id", "=", user.id)],
            order="id desc",
            limit=1,
        )

    def _refuse(self, user, role, by=None, customer=None, code="blocked", **values):
        """Return why this appointment is refused."""
        customer = customer or self.big
        number = user if isinstance(user, int) else user.id
        answers = customer.with_user(by or self.sally).team_appoint(
            number, role.id, **values
        )
        self.assertAnswers(answers, code)
        return answers[0]["message"]

    def _get_team(self, customer=None):
        """Return ``[(login, role, state, ending)]``."""
        self.env.invalidate_all()
        members = self.members.search(
            [("partner_id", "=", (customer or self.big).id)], order="id"
        )
        return [
            (one.user_id.login, one.role_id.name, one.state, one.ending)
            for one in members
        ]

    def _get_shares(self, customer=None):
        customer = customer or self.big
        self.env.flush_all()
        return self.env["crm.customer.share"].search(
            [("partner_id", "=", customer.id), ("active", "=", True)]
        )

    def _may_read(self, user, profile):
        self.env.flush_all()
        self.env.invalidate_all()
        return bool(profile.with_user(user)._filtered_access("read"))

    def _may_write(self, user, customer=None):
        self.env.invalidate_all()
        customer = customer or self.big
        return "archive" in customer.sudo().with_user(user).sudo()._get_rights()
