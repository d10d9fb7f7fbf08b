from odoo import models
from odoo.tools import format_list

from ...tools.sentences import join_sentences, tell_number

MOST = 3


class CrmReason(models.AbstractModel):
    """Why a customer has its score."""

    _inherit = "crm.reason"

    def _get_fact_links(self):
        return {**super()._get_fact_links(), "criteria": "crm.key.account.criterion"}

    def _sentence_key_account(self, facts):
        score = facts.get("score")
        if score is None:
            return self.env._("Nobody has judged it yet, and no figure counts.")
        told = self.env._(
            "%(score)s of 100 points: %(best)s.",
            score=tell_number(score),
            best=format_list(self.env, self._tell_best_criteria(facts)),
        )
        if facts.get("unjudged"):
            told = join_sentences([told, self._tell_unjudged(facts)])
        return told

    def _brief_key_account(self, facts):
        return format_list(self.env, self._tell_best_criteria(facts))

    def _figures_key_account(self, facts):
        figures = []
        for criterion, figure, points in self._get_key_criteria(facts):
            if points is None:
                told = self.env._("not judged")
            else:
                told = self.env._("%s points", tell_number(points))
                known = self._may_tell(criterion) and criterion._tell_figure(figure)
                told = f"{known} · {told}" if known else told
            figures.append((criterion.name, told))
        return figures

    def _tell_best_criteria(self, facts):
        """Return the criteria that speak most for the customer, with their points."""
        known = [
            (criterion, points)
            for criterion, _figure, points in self._get_key_criteria(facts)
            if points is not None
        ]
        known.sort(key=lambda one: -one[0].weight * one[1])
        return [f"{one.name} {tell_number(points)}" for one, points in known[:MOST]]

    def _tell_unjudged(self, facts):
        return self.env._(
            "Criteria that nobody has judged yet do not count: %s.", facts["unjudged"]
        )

    def _get_key_criteria(self, facts):
        """Return ``[(criterion, figure, points)]`` of those that are still there."""
        criteria = self._get_linked(facts, "criteria")
        by_id = {criterion.id: criterion for criterion in criteria}
        lines = zip(
            *(facts.get(key) or [] for key in ("criteria", "figures", "points")),
            strict=False,
        )
        return [
            (by_id[number], figure, points)
            for number, figure, points in lines
            if number in by_id
        ]

    def _may_tell(self, criterion):
        """The share of one customer and its sales tell what the whole company sells:
        that is for those who see the sales of others."""
        return criterion.source != "share" or self.env.user.has_group(
            "crm_relations.group_sales_manager"
        )
