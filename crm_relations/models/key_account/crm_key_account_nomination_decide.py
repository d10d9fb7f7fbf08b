from odoo import SUPERUSER_ID, fields, models

from ...tools.arguments import Answers, Text


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
        incomplete = taken._get_incomplete()
        refusals |= {number: ("blocked", why) for number, why in incomplete.items()}
        taken = taken.filtered(lambda one: one.id not in incomplete)
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
        refusals, taken = self._take(("asked",), lambda known: known._get_no_deciders())
        blocked = taken._get_unfit()
        refusals |= {number: ("blocked", why) for number, why in blocked.items()}
        taken = taken.filtered(lambda one: one.id not in blocked)
        taken._decide("approved", since=self.env.user._get_relations_today())
        for one in taken:
            one.decided_score = one.score
        return self._answer_each(refusals, self.env._("It is a key account now."))

    def refuse(self, reason: Text = "") -> Answers:
        """Refuse these; who has nominated is told why.

        :param reason: why; kept
        :return: as ``approve``; blocked also without a reason
        """
        if not reason.strip():
            return self._refuse_all(self.env._("Give the reason."))
        refusals, taken = self._take(("asked",), lambda known: known._get_no_deciders())
        taken._decide("refused", refusal_reason=reason.strip())
        return self._answer_each(refusals, self.env._("Refused."))

    def action_nominate(self):
        return self._show_answers(self.nominate())

    def action_take_back(self):
        return self._show_answers(self.take_back())

    def action_approve(self):
        return self._show_answers(self.approve())

    def action_refuse(self):
        return self.env["crm.refusal.wizard"]._open_for(self)

    def _refuse_where_seen(self, reason):
        """Called by the wizard that asks for the reason: what is open is refused, what
        is a key account is ended."""
        if self[:1].state == "approved":
            return self._show_answers(self.end(reason))
        return self._show_answers(self.refuse(reason))

    def _decide(self, state, **values):
        self.write(
            {
                "state": state,
                "decided_at": fields.Datetime.now(),
                "decided_by_id": self.env.uid,
                **values,
            }
        )
        self._tell_decision()

    def _tell_decision(self):
        """Tell who has nominated, one message a person."""
        for nominator, some in self.grouped("nominator_id").items():
            env = some.with_context(lang=nominator.lang).env
            approved = some[0].state == "approved"
            words = (
                env._("Key account now: %s")
                if approved
                else env._("No key account: %s")
            )
            names = ", ".join(some.partner_id.mapped("name"))
            self.env["crm.pool.stay"]._tell_of(
                some.partner_id,
                nominator,
                words % names,
                some[0].refusal_reason or "",
                "key-account-nominations",
            )

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
        """Return ``{id: why}`` of those on which the caller does not decide."""
        user = self.env.user
        denied = self._get_no_enders()
        # Superuser: who has to do with it.
        for one in self.sudo():
            involved = one.create_uid | one.nominator_id | one.involved_ids
            if one.id not in denied and user._is_among(involved):
                denied[one.id] = self.env._(
                    "You have nominated it or written the nomination: somebody else "
                    "decides."
                )
        return denied

    def _get_no_enders(self):
        """Return ``{id: why}`` of those that the caller does not end."""
        user = self.env.user
        manages = user.has_group("crm_relations.group_relations_manager")
        denied = {}
        # Superuser: who leads whom, and whose customers they are.
        for one in self.sudo():
            owner = one.partner_id.user_id
            leads = owner and owner._is_led_by(user)
            if user.id == SUPERUSER_ID or not (manages or leads):
                denied[one.id] = self.env._(
                    "The leader of the team or a relations manager decides."
                )
            elif owner and user._is_among(owner):
                denied[one.id] = self.env._(
                    "The customer is yours: somebody else decides."
                )
        return denied
