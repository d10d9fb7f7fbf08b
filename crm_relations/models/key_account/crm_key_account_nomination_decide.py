from odoo import models

from ...tools.arguments import Answers
from ...tools.sentences import join_words


class CrmKeyAccountNomination(models.Model):
    """Nominated, approved or refused: each once, decided by somebody else."""

    _inherit = "crm.key.account.nomination"

    def nominate(self) -> Answers:
        """Ask for the approval of these drafts; whoever has written them may.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (no draft any more, no reason, not all judged,
            nominated or a key account already, no customer any more)
        """
        refusals, taken = self._take(("draft",), lambda known: known._get_not_mine())
        taken = taken._leave_out(refusals, taken._get_incomplete())
        taken._involve()
        taken.write(
            {
                "state": "asked",
                "nominator_id": self.env.uid,
                "nominated_on": self.env.user._get_relations_today(),
            }
        )
        return self._answer_each(
            refusals, self.env._("Nominated: somebody else decides.")
        )

    def take_back(self) -> Answers:
        """Make these drafts again while nobody has decided; who nominated may.

        :return: as ``nominate``
        """
        refusals, taken = self._take(("asked",), lambda known: known._get_not_mine())
        taken.write({"state": "draft", "nominator_id": False, "nominated_on": False})
        return self._answer_each(refusals, self.env._("It is a draft again."))

    def approve(self) -> Answers:
        """Make these customers key accounts.

        The leader of the team of the salesperson, and relations managers; never who
        has nominated it or written it, nor the salesperson of the customer.

        :return: as ``nominate``
        """
        return self._approve(self.env._("It is a key account now."))

    def action_nominate(self):
        return self._show_answers(self.nominate())

    def action_take_back(self):
        return self._show_answers(self.take_back())

    def _refuse_where_seen(self, reason):
        """What is open is refused, what is a key account is ended."""
        if self[:1].state == "approved":
            return self._show_answers(self.end(reason))
        return super()._refuse_where_seen(reason)

    def _prepare_decision_vals(self, state, reason):
        values = super()._prepare_decision_vals(state, reason)
        if state == "approved":
            values["since"] = self.env.user._get_relations_today()
        return values

    def _follow_decision(self, state):
        if state == "approved":
            for one in self:
                one.decided_score = one.score
        self._tell_askers("nominator_id", "key-account-nominations")
        return super()._follow_decision(state)

    def _get_decision_subject(self):
        names = join_words(self.env, self.partner_id.mapped("name"))
        if self[0].state == "approved":
            return self.env._("Key account now: %s", names)
        return self.env._("No key account: %s", names)

    def _get_hindrances(self):
        return super()._get_hindrances() | self._get_unfit()

    def _get_incomplete(self):
        """Return ``{id: what is missing or in the way}``, as superuser."""
        open_ones = self.search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("state", "in", ("asked", "approved")),
            ]
        )
        taken = set(open_ones.partner_id.ids)
        missing = self._get_unfit()
        for one in self.filtered(lambda one: one.id not in missing):
            if problem := one._get_problem(taken):
                missing[one.id] = problem
            else:
                # Twice the same customer in one call: the first one.
                taken.add(one.partner_id.id)
        return missing

    def _get_problem(self, taken):
        """Return what is missing, "" if nothing is.

        :param taken: ids of customers that are nominated, or key accounts, already
        """
        if self.partner_id.id in taken:
            return self.env._(
                "%s is nominated, or a key account, already.", self.partner_id.name
            )
        if not (self.reason or "").strip():
            return self.env._("Say why it is key.")
        unjudged = self.judgement_ids.filtered(lambda line: not line.given)
        if unjudged:
            return self.env._(
                "Judge “%s”: give points, or say why there are none.",
                unjudged[0].criterion_id.name,
            )
        return ""

    def _get_unfit(self):
        """Return ``{id: why}`` of those whose customer cannot be a key account now."""
        problems = {one.id: self._get_customer_problem(one.partner_id) for one in self}
        return {number: problem for number, problem in problems.items() if problem}

    def _get_not_mine(self):
        word = self.env._("Only who has written it may do this.")
        return {one.id: word for one in self if not one._is_mine()}

    def _get_no_deciders(self):
        return super()._get_no_deciders() | self._get_no_enders()

    def _get_no_enders(self):
        """Return ``{id: why}`` of those that the caller does not end."""
        denied = self._get_no_leaders()
        # Superuser: whose customers they are.
        for one in self.sudo():
            owner = one.partner_id.user_id
            if one.id not in denied and owner and self.env.user._is_among(owner):
                denied[one.id] = self.env._(
                    "The customer is yours: somebody else decides."
                )
        return denied

    def _get_led(self):
        return super()._get_led() | self.partner_id.user_id

    def _get_involved_word(self):
        return self.env._(
            "You have nominated it or written the nomination: somebody else decides."
        )
