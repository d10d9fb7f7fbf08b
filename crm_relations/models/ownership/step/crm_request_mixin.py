from odoo import SUPERUSER_ID, api, fields, models

from ....tools.arguments import Answers, Text


class CrmRequestMixin(models.AbstractModel):
    """What one person asks for and another one decides, once.

    The leader of the team and relations managers decide, nobody who has a part in it: a
    model says in ``_get_led`` whose leader, in ``_get_involved`` who has a part, else
    in ``_get_no_deciders`` who does not decide. Its own method that approves says in
    its docstring who that is, and calls ``_approve``.
    """

    _name = "crm.request.mixin"
    _description = "What somebody asks for and somebody else decides"
    _inherit = ["crm.step.mixin"]

    # The states in which it waits for somebody who decides.
    _undecided = ("asked",)

    decided_at = fields.Datetime(
        string="Day of the Decision", readonly=True, copy=False
    )
    decided_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, index="btree_not_null"
    )
    refusal_reason = fields.Char(string="Refused Because", readonly=True, copy=False)
    may_decide = fields.Boolean(compute="_compute_may_decide")
    decide_hint = fields.Char(
        string="Why You Cannot Decide", compute="_compute_may_decide"
    )

    @api.depends("state")
    @api.depends_context("uid", "lang")
    def _compute_may_decide(self):
        waiting = self.filtered(lambda record: record.state in record._undecided)
        denied = waiting._get_no_approvers()
        for record in self:
            record.decide_hint = denied.get(record.id, False)
            record.may_decide = record in waiting and record.id not in denied

    def refuse(self, reason: Text = "") -> Answers:
        """Refuse these; who has asked is told why.

        :param reason: why; kept
        :return: as when approving; blocked also without a reason
        """
        return self._refuse(reason, self.env._("Refused."))

    def action_refuse(self):
        """Ask why, and refuse."""
        return self.env["crm.refusal.wizard"]._open_for(self)

    def _refuse_where_seen(self, reason):
        """Called by the wizard that asks for the reason."""
        return self._show_answers(self.refuse(reason))

    def _approve(self, done, state="approved"):
        """Approve those of these that the caller may; return the answers.

        :param done: what is said of them
        :param state: what they come to
        """
        refusals, taken = self._take(
            self._undecided, lambda known: known._get_no_approvers()
        )
        taken = taken._leave_out(refusals, taken._get_hindrances())
        taken._decide(state)
        return self._answer_each(refusals, done)

    def _refuse(self, reason, done, state="refused"):
        """As ``_approve``; nothing without a reason."""
        if not reason.strip():
            return self._refuse_all(self.env._("Give the reason."))
        refusals, taken = self._take(
            self._undecided, lambda known: known._get_no_deciders()
        )
        taken._decide(state, reason.strip())
        return self._answer_each(refusals, done)

    def _decide(self, state, reason=False):
        self.write(self._prepare_decision_vals(state, reason))
        self._follow_decision(state)

    def _prepare_decision_vals(self, state, reason):
        """Hook: return what is written of a decision."""
        return {
            "state": state,
            "decided_at": fields.Datetime.now(),
            "decided_by_id": self.env.uid,
            "refusal_reason": reason,
        }

    def _follow_decision(self, state):
        """Hook: these have just been decided, as superuser: tell who has asked, do what
        was approved."""

    def _get_hindrances(self):
        """Hook: return ``{id: why}`` of those that nobody can approve now."""
        return {}

    def _get_no_approvers(self):
        """Hook: return ``{id: why}`` of those that the caller may not approve."""
        return self._get_no_deciders()

    def _get_no_deciders(self):
        """Return ``{id: why}`` of those on which the caller does not decide."""
        denied = self._get_no_leaders()
        # Superuser: who has a part in it.
        for record in self.sudo():
            involved = record._get_involved()
            if record.id not in denied and self.env.user._is_among(involved):
                denied[record.id] = record._get_involved_word()
        return denied

    def _get_no_leaders(self):
        """Return ``{id: why}`` of those whose team the caller does not lead, unless it
        is a relations manager."""
        user = self.env.user
        manages = user.has_group("crm_relations.group_relations_manager")
        if manages and user.id != SUPERUSER_ID:
            return {}
        word = self.env._("The leader of the team or a relations manager decides.")
        # Superuser: who leads whom, and whose customers they are.
        return {
            record.id: word
            for record in self.sudo()
            if user.id == SUPERUSER_ID
            or not any(person._is_led_by(user) for person in record._get_led())
        }

    def _get_led(self):
        """Hook: return the users whose leaders decide on this one, as superuser."""
        return self.env["res.users"]

    def _get_involved(self):
        """Hook: return the users who have a part in this one, as superuser."""
        return self.env["res.users"]

    def _get_involved_word(self):
        """Hook: return why these users do not decide."""
        return self.env._("You have a part in it: somebody else decides.")
