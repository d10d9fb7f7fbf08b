from datetime import timedelta

from .relations import RelationsCommon


class StayCommon(RelationsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Great Wall", user_id=cls.sally.id)
        cls.customers = cls.customer | cls._create_customer(
            "Red Cliff", user_id=cls.sally.id
        )
        cls._age_ownership(cls.customers, 25)
        cls.rule = cls._create_pool_rule(30, domain=cls._only(cls.customers))
        cls.env["res.partner"]._refresh_release_dates(cls.customers.ids)
        cls.today = cls.company._get_relations_today()
        cls.stays = cls.env["crm.pool.stay"]

    def _day(self, days):
        return self.today + timedelta(days=days)

    def _codes(self, answers):
        return [answer["code"] for answer in answers]

    def _extend(self, user=None, partners=None, reason="Tender", days=None):
        partners = (partners or self.customer).with_user(user or self.sally)
        return self._codes(partners.pool_extend(reason, days))

    def _protect(self, user=None, partners=None, days=60, reason="Strategic"):
        partners = (partners or self.customer).with_user(user or self.sally)
        return self._codes(partners.pool_protect(days, reason))

    def _get_stays(self, partners=None):
        return self.stays.search(
            [("partner_id", "in", (partners or self.customer).ids)], order="id"
        )

    def assertStays(self, *expected, partners=None):
        """(kind, state, ending) of all stays, the oldest first."""
        found = [
            (stay.kind, stay.state, stay.ending) for stay in self._get_stays(partners)
        ]
        self.assertEqual(found, list(expected))
