from datetime import timedelta

from .relations import RelationsCommon


class LendingCommon(RelationsCommon):
    """Sally has a customer with a person; sam, of another team, has nothing to do with
    it and asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.loan_days_most = 10
        cls.customer = cls._create_customer("Great Wall", user_id=cls.sally.id)
        cls.other = cls._create_customer("Red Cliff", user_id=cls.sally.id)
        cls.person = cls._create_person(
            cls.customer, "Li Wei", personality="Quiet", attitude="supporter"
        )
        cls.profile = cls.person.profile_ids
        cls.relative = cls.env["crm.person.family.member"].create(
            {"profile_id": cls.profile.id, "name": "Ming", "relation": "child"}
        )
        cls.stranger = cls._create_person(cls.other, "Sun Wu", personality="Loud")
        cls.today = cls.company._get_relations_today()
        cls.loans = cls.env["crm.archive.loan"]

    def _day(self, days):
        return self.today + timedelta(days=days)

    def _codes(self, answers):
        return [answer["code"] for answer in answers]

    def _ask(self, user=None, partners=None, parts=("profiles",), days=5, **values):
        partners = (partners or self.customer).with_user(user or self.sam)
        values = {"purpose": "Visit of their board", "until": self._day(days)} | values
        return self._codes(partners.ask_for_access(list(parts), **values))

    def _get_loans(self, partners=None):
        return self.loans.search(
            [("partner_id", "in", (partners or self.customer).ids)], order="id"
        )

    def _lend(self, decider=None, **values):
        """Return a loan that was asked for and approved."""
        self.assertEqual(self._ask(**values), ["ok"])
        loan = self._get_loans(values.get("partners"))[-1]
        answers = loan.with_user(decider or self.sally).approve()
        self.assertEqual(self._codes(answers), ["ok"])
        return loan

    def _reads(self, user=None, record=None):
        """Return whether the user finds the record, and may read it."""
        self.env.flush_all()
        self.env.invalidate_all()
        own = (record or self.profile).with_user(user or self.sam)
        found = bool(own.search([("id", "=", own.id)]))
        self.assertEqual(found, own.has_access("read"))
        return found
