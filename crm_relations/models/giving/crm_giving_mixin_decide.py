from odoo import fields, models

from ...tools.arguments import Answers
from ...tools.sentences import join_words


class CrmGivingMixin(models.AbstractModel):
    """Asked, approved, refused: each decided once, above a limit by somebody else."""

    _inherit = "crm.giving.mixin"

    def ask(self) -> Answers:
        """Ask for approval of these drafts. What is within all limits needs nobody's:
        it is approved at once.

        Whoever works with the customer may.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (no draft any more, or something is missing)
        """
        refusals, taken = self._take(
            ("draft",), lambda known: known._get_not_in_charge()
        )
        taken._freeze()
        findings = taken._judge()
        taken = taken._leave_out(refusals, taken._get_incomplete(findings))
        taken._involve()
        now = fields.Datetime.now()
        for record in taken:
            found = findings.get(record.id)
            record.write(
                {
                    "state": "asked" if found else "approved",
                    "findings": found or False,
                    "asked_at": now,
                    "asked_by_id": self.env.uid,
                    "decided_at": False if found else now,
                }
            )
        taken._decided_on()
        return self._answer_each(
            refusals,
            {
                record.id: self.env._("Asked for: somebody else approves it.")
                if record.state == "asked"
                else self.env._("It is within the limits.")
                for record in taken
            },
        )

    def take_back(self) -> Answers:
        """Make these drafts again, as long as nothing was given.

        :return: as ``ask``
        """
        refusals, taken = self._take(
            ("asked", "approved"), lambda known: known._get_not_in_charge()
        )
        taken = taken._leave_out(refusals, taken._get_given())
        taken.write(
            {
                **{"state": "draft", "findings": False, "asked_at": False},
                **{"decided_at": False, "decided_by_id": False},
            }
        )
        taken._decided_on()
        return self._answer_each(refusals, self.env._("It is a draft again."))

    def approve(self) -> Answers:
        """Approve these.

        The leader of the team of who gives it, and relations managers; never who has
        written it, asked for it or gives it, nor the salesperson of the customer.

        :return: as ``ask``
        """
        return self._approve(self.env._("Approved."))

    def _follow_decision(self, state):
        self._decided_on()
        self._tell_askers("asked_by_id", "my-customers")
        return super()._follow_decision(state)

    def _get_decision_subject(self):
        names = join_words(self.env, self.mapped("display_name"))
        if self[0].state == "approved":
            return self.env._("Approved: %s", names)
        return self.env._("Refused: %s", names)

    def _freeze(self):
        """Hook: these drafts are asked for now: fix what they come to."""

    def _get_incomplete(self, findings):
        """Hook: return ``{id: what is missing}``.

        :param findings: what ``_judge`` has returned for these
        """
        return {}

    def _get_given(self):
        """Hook: return ``{id: why}`` of those that the customer has got already."""
        return {}

    def _decided_on(self):
        """Hook: these have just come to another status."""

    def _get_not_in_charge(self):
        """Return ``{id: why}`` of those whose customer the caller does not work
        with."""
        message = self.env._(
            "Only the customer's salesperson, who works along, the leader of the team "
            "or a relations manager may do this."
        )
        allowed = self.partner_id._filter_may_put_off()
        return {r.id: message for r in self if r.partner_id not in allowed}

    def _get_no_deciders(self):
        denied = super()._get_no_deciders()
        if self.env.user.has_group("crm_relations.group_relations_manager"):
            return denied
        word = self.env._("This is for a public official: a relations manager decides.")
        # Superuser: to whom it is given.
        official = self.sudo().filtered(lambda record: record._needs_manager())
        return dict.fromkeys(official.ids, word) | denied

    def _get_led(self):
        return super()._get_led() | self.user_id

    def _get_involved(self):
        return super()._get_involved() | self.user_id | self.partner_id.user_id

    def _get_involved_word(self):
        return self.env._(
            "You have written it, asked for it or give it, or the customer is yours: "
            "somebody else decides."
        )

    def _needs_manager(self):
        """Hook: return whether leaders of teams do not decide on this."""
        return False
