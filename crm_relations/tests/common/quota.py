from .relations import RelationsCommon


class QuotaCommon(RelationsCommon):
    """No quota is in force but those that a test makes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.pool.quota"].search([]).active = False

    @classmethod
    def _create_quota(cls, most=None, **values):
        if most is not None:
            values |= {"limit_customers": True, "max_customers": most}
        return cls.env["crm.pool.quota"].create({"name": "Quota"} | values)

    def _get_held(self, user, quota):
        holding = self.env["crm.pool.holding"].search(
            [("user_id", "=", user.id), ("quota_id", "=", quota.id)]
        )
        return holding.held if holding else None

    def assertCounted(self):
        """The counters agree with the owners: counting anew changes nothing."""
        users = self.sally | self.sam | self.max | self.rita
        self.assertEqual(self.env["res.partner"]._recount_holdings(users.ids), 0)
