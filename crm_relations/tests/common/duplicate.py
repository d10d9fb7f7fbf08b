from .relations import RelationsCommon


class DuplicateCommon(RelationsCommon):
    """Acme is sam's, Own is sally's, Pooled lies in the public pool, Free is nobody's;
    each has an address of its own. China is where we work."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.cn")
        cls.acme = cls._create_customer(
            "Acme",
            phone="+86 138 1234 5678",
            email="acme@example.com",
            user_id=cls.sam.id,
        )
        cls.own = cls._create_customer(
            "Own", email="own@example.com", user_id=cls.sally.id
        )
        cls.pooled = cls._create_customer("Pooled", email="pooled@example.com")
        cls.pooled.pool_id = cls.pool
        cls.free = cls._create_customer("Free", email="free@example.com")
        cls.env.flush_all()

    def _find(self, user=None, **values):
        partners = self.env["res.partner"].with_user(user or self.sally)
        return partners.find_duplicates(values)

    def _forbid(self, policy="forbid"):
        self.env["res.company"].search([]).duplicate_policy = policy
