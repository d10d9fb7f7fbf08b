from odoo import SUPERUSER_ID, models

from ...tools.arguments import Answers


class CrmArchiveLoan(models.Model):
    """Approved or refused, once, by somebody else than who asks."""

    _inherit = "crm.archive.loan"

    def approve(self) -> Answers:
        """Approve these loans: they open on their first day and close by themselves.

        The owner of the customer may, the leader of the owner's team, custodians and
        relations managers; never who has asked.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (decided already, or its time has passed)
        """
        return self._approve(self.env._("Approved."))

    def _follow_decision(self, state):
        for asker, loans in self.grouped("user_id").items():
            env = self.with_context(lang=asker.lang).env
            names = loans.partner_id.with_context(lang=env.lang)._get_names_in_short()
            words = env._("Access approved: %s", names)
            if state == "refused":
                words = env._("Access refused: %s", names)
            loans._tell(asker, words, loans[0].refusal_reason)
        return super()._follow_decision(state)

    def _get_hindrances(self):
        return super()._get_hindrances() | self._get_outdated()

    def _get_outdated(self):
        """Return ``{id: why}`` of requests that time or events have overtaken."""
        words = {loan.id: loan._tell_outdated() for loan in self}
        return {number: why for number, why in words.items() if why}

    def _tell_outdated(self):
        customer = self.partner_id
        if self.until < customer._get_relation_today():
            return self.env._("The time asked for has passed.")
        if not self.user_id.active:
            return self.env._("Who has asked has left.")
        if not (customer.active and customer.is_managed_customer):
            return self.env._("It is no customer any more.")
        return None

    def _get_no_deciders(self):
        """Return ``{id: why}`` of those on which the caller does not decide."""
        user = self.env.user
        rights = self.partner_id._get_open_rights(user)
        denied = {}
        # Superuser: who has asked, whatever the caller may read.
        for loan in self.sudo():
            right = rights.get(loan.partner_id.id)
            if user._is_among(loan.user_id):
                denied[loan.id] = self.env._(
                    "You have asked for it yourself: somebody else decides."
                )
            elif user.id == SUPERUSER_ID or right in (None, "shared"):
                denied[loan.id] = self.env._(
                    "The salesperson of the customer, the leader of the team, a "
                    "custodian or a relations manager decides."
                )
        return denied

    def _filter_decidable(self):
        """Return those on which the caller decides."""
        known = self._filtered_access("read")
        denied = known._get_no_deciders()
        return known.filtered(lambda loan: loan.id not in denied)
