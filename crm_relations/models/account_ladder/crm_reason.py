from odoo import models
from odoo.tools import format_list

from ...tools.sentences import join_sentences


class CrmReason(models.AbstractModel):
    """Why a customer stands on a step of a ladder, and what the next one asks for."""

    _inherit = "crm.reason"

    def _get_fact_links(self):
        return {
            **super()._get_fact_links(),
            "ladder": "crm.account.ladder",
            "account_ladder/step": "crm.account.ladder.step",
            "account_ladder/criteria": "crm.account.ladder.criterion",
        }

    def _sentence_account_ladder(self, facts):
        step = self._get_linked(facts, "step")
        following, missing = self._get_next_step(facts)
        told = self._tell_reached(facts, step)
        if not following:
            return join_sentences([told, self.env._("It is the highest step.")])
        return join_sentences(
            [
                told,
                self.env._(
                    "For “%(step)s” is missing: %(missing)s.",
                    step=following.name,
                    missing=format_list(self.env, [text for _one, text in missing]),
                ),
            ]
        )

    def _tell_reached(self, facts, step):
        if not step:
            return self.env._("No step is reached yet.")
        proofs = [text for one, text, _met in self._get_proofs(facts, step)]
        if not proofs:
            return self.env._("“%s” asks for nothing.", step.name)
        return self.env._(
            "“%(step)s” is reached: %(proofs)s.",
            step=step.name,
            proofs=format_list(self.env, proofs),
        )

    def _sentence_account_ladder_left(self, facts):
        ladder = self._get_linked(facts, "ladder")
        return self.env._(
            "“%s” does not judge this customer any more.", ladder.name or ""
        )

    def _figures_account_ladder(self, facts):
        """Return a line for each step: what of it is there."""
        return [
            (
                step.name,
                format_list(
                    self.env,
                    [
                        f"{'✓' if met else '✗'} {text}"
                        for _one, text, met in self._get_proofs(facts, step)
                    ],
                )
                or "✓",
            )
            for step in self._get_linked(facts, "ladder").step_ids.sorted()
        ]

    def _get_next_step(self, facts):
        """Return the step above that on which the customer stands, and what is missing
        for it: ``[(criterion, what is there of it)]``."""
        steps = self.env["crm.account.ladder.step"]
        if facts.get("code") != "account_ladder":
            return steps, []
        steps = self._get_linked(facts, "ladder").step_ids.sorted()
        step = self._get_linked(facts, "step")
        place = steps.ids.index(step.id) + 1 if step in steps else 0
        following = steps[place : place + 1]
        return following, [
            (one, text)
            for one, text, met in self._get_proofs(facts, following)
            if not met
        ]

    def _tell_advice(self, missing):
        """Return what to do about what is missing."""
        return " · ".join(one.advice or text for one, text in missing)

    def _get_proofs(self, facts, step):
        """Return ``[(criterion, what is there of it, whether it is enough)]`` of what a
        step asks for, as it was when it was decided."""
        known = {one.id: one for one in self._get_linked(facts, "criteria")}
        lines = zip(
            *(facts.get(key) or [] for key in ("criteria", "figures")),
            *(facts.get(key) or [] for key in ("needed", "most")),
            strict=True,
        )
        return [
            (
                known[number],
                known[number]._tell(figure, needed, most),
                known[number]._is_met(figure, needed, most),
            )
            for number, figure, needed, most in lines
            if number in known and known[number].step_id == step
        ]
