from markupsafe import Markup

from odoo import models
from odoo.exceptions import AccessError, UserError

from ...tools.masking import is_masked
from ...tools.sentences import join_label, join_words

CHANGED = ("state", "decided_by_id", "decided_at", "refusal_reason")


class CrmArchiveProposal(models.Model):
    """Proposals are decided where they are seen; who has proposed them is told, and for
    some seconds the decision can be taken back."""

    _inherit = "crm.archive.proposal"

    def action_approve(self):
        """Take the changes over into the archive: of several those that can be; of the
        others it is told why they stay."""
        kept = all(proposal._keeps_former_value() for proposal in self)
        before = self.env["crm.act"]._look_at([(self, CHANGED)])
        problems = self._take_over_some() if len(self) > 1 else {}
        if len(self) == 1:
            self._take_over()
        act = self.env["crm.act"]
        if kept and not problems:
            terms = {"right": "_filter_as_taken_over", "then": "_take_over_undone"}
            act = act._keep(self, before, **terms)
        return act._tell(self._get_words_of_taken(problems))

    def _take_over_some(self):
        """Take over those that can be; return why the others stay.

        :raise UserError: none of them can be
        """
        problems = {}
        for proposal in self:
            try:
                with self.env.cr.savepoint():
                    proposal._check_may_decide()._write_value(proposal.new_value)
            except (AccessError, UserError) as error:
                problems[proposal] = error.args[0]
        if len(problems) == len(self):
            raise UserError("\n".join(dict.fromkeys(problems.values())))
        self.filtered(lambda one: one not in problems)._decide("approved")
        return problems

    def _get_words_of_taken(self, problems):
        taken = self.filtered(lambda one: one not in problems)
        words = [
            self.env._("Taken over: %(customer)s", customer=taken._get_customers())
        ]
        words += [
            self.env._(
                "It stays, %(customer)s: %(why)s",
                customer=one._get_customers(),
                why=why,
            )
            for one, why in problems.items()
        ]
        return "\n".join(words)

    def action_refuse(self):
        """Ask for the reason, and refuse; of several those that wait for the caller."""
        waiting = self._filter_decidable().filtered(lambda o: o.state == "proposed")
        asked = waiting or self
        asked._check_may_decide()
        return self.env["crm.refusal.wizard"]._open_for(asked)

    def _refuse_where_seen(self, reason):
        acts = self.env["crm.act"]
        before = acts._look_at([(self, CHANGED)])
        self.refuse(reason)
        act = acts._keep(
            self, before, right="_filter_decidable", then="_refusal_undone"
        )
        return act._tell(
            self.env._("Refused: %(customer)s", customer=self._get_customers())
        )

    def _keeps_former_value(self):
        """Tell whether what stood there can be put back as the proposal knows it."""
        return not self.is_outdated and not is_masked(self.old_value)

    def _get_customers(self):
        return join_words(
            self.env, dict.fromkeys(self.partner_id.mapped("display_name"))
        )

    def _filter_decidable(self):
        return self.filtered("may_decide")

    def _filter_as_taken_over(self):
        """Return those that the caller decides on and that nobody has overwritten."""
        return self._filter_decidable().filtered(
            lambda one: one._get_current_value() == (one.new_value or "")
        )

    def _take_over_undone(self):
        for proposal in self:
            proposal._write_value(proposal.old_value)
        self._tell_proposers("proposed")

    def _refusal_undone(self):
        self._tell_proposers("proposed")

    def _tell_proposers(self, state):
        """Tell each who has proposed these what has become of them, in one message: of
        whom, of which field and why, never the values."""
        # Superuser: who proposed it, and how to reach him.
        for user, proposals in self.sudo().grouped("create_uid").items():
            if user.active and not user._is_superuser() and user != self.env.user:
                proposals.with_context(lang=user.lang)._tell_proposer(user, state)

    def _tell_proposer(self, user, state):
        lines = [
            join_label(self.env, one.partner_id.display_name, one._get_label(field))
            for one in self
            if (field := self.env["res.partner"]._fields.get(one.field_name))
        ]
        self.env["mail.thread"].message_notify(
            partner_ids=user.partner_id.ids,
            subject=self._get_decision_words(state, self.env.user.name),
            body=Markup().join(
                Markup("<p>%s</p>") % line
                for line in [*lines, self[:1].refusal_reason]
                if line
            ),
            author_id=self.env.user.partner_id.id,
            email_layout_xmlid="mail.mail_notification_light",
        )

    def _get_decision_words(self, state, name):
        if state == "approved":
            return self.env._("%(user)s has taken over what you proposed", user=name)
        if state == "refused":
            return self.env._("%(user)s has refused what you proposed", user=name)
        return self.env._("%(user)s will decide anew on what you proposed", user=name)
