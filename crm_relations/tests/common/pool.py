from .relations import RelationsCommon


class PoolByHandCommon(RelationsCommon):
    """Pool "Leeds" takes customers in Leeds, is run by max, its only member is sally.
    The public pool takes all others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leeds = cls.env["crm.pool"].create(
            {
                "name": "Leeds",
                "domain": "[('city', '=', 'Leeds')]",
                "manager_ids": cls.max.ids,
                "member_ids": cls.sally.ids,
                "hides_phone": False,
                "hides_email": False,
            }
        )
        cls.owned = cls._create_customer("Acme", user_id=cls.sally.id, city="Leeds")
        cls.other = cls._create_customer("Other", user_id=cls.sam.id)
        cls.pooled = cls._create_customer("Pooled", city="Leeds")
        cls.pooled.pool_id = cls.leeds
        cls.env.flush_all()

    def _codes(self, answers):
        return [answer["code"] for answer in answers]

    def _create_quota(self):
        self.env["crm.pool.quota"].create(
            {"name": "One", "limit_customers": True, "max_customers": 1}
        )

    def _get_change(self, partner):
        return self.env["crm.ownership.change"].search(
            [("partner_id", "=", partner.id)], order="id desc", limit=1
        )

    def _create_pooled(self, count):
        many = self.env["res.partner"].create(
            [
                {
                    "name": f"P{i:04}",
                    "is_company": True,
                    "is_managed_customer": True,
                    "city": "Leeds",
                }
                for i in range(count)
            ]
        )
        many.pool_id = self.leeds
        self.env.flush_all()
        return many
