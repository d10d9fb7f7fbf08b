from odoo.fields import Command

from .account_plan import AccountPlanCommon


class AccountLadderCommon(AccountPlanCommon):
    """Big is a key account; a ladder of two steps above that which is everybody's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ladders = cls.env["crm.account.ladder"]
        cls.ladders.search([]).company_ids = False
        cls.standings = cls.env["crm.account.standing"]
        cls.changes = cls.env["crm.account.standing.change"]
        cls.ladder = cls.ladders.create(
            {
                "name": "Way",
                "company_ids": cls.company.ids,
                "audience": "owned",
                "step_ids": [
                    Command.create({"name": name, "sequence": number})
                    for number, name in enumerate(("Ground", "Middle", "Top"))
                ],
            }
        )
        cls.ground, cls.middle, cls.top = cls.ladder.step_ids

    @classmethod
    def _ask_for(cls, step, evidence, needed=1, **values):
        return cls.env["crm.account.ladder.criterion"].create(
            {"step_id": step.id, "evidence": evidence, "needed": needed, **values}
        )

    def _judge(self, customer=None):
        """Return where a customer stands."""
        customer = customer or self.big
        self.ladder._judge(customer.ids)
        return self._find(customer)

    def _find(self, customer=None):
        customer = customer or self.big
        return self.standings.search(
            [("partner_id", "=", customer.id), ("ladder_id", "=", self.ladder.id)]
        )

    def _measure(self, evidence, customer=None, **values):
        """Return what is counted of this evidence."""
        criterion = self._ask_for(self.middle, evidence, 1000, **values)
        figures = self._judge(customer).facts["figures"]
        place = self.ladder._get_criteria().ids.index(criterion.id)
        criterion.unlink()
        return figures[place]
