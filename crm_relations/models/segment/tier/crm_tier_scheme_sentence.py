from odoo import api, models
from odoo.tools import format_list

from ....tools.counted import tell_months, tell_points
from ....tools.sentences import tell_number
from .crm_tier_scheme_check import BORDERS


class CrmTierScheme(models.Model):
    """What a scheme does, in a sentence built from its fields while they are edited."""

    _inherit = "crm.tier.scheme"

    def _get_sentence_words(self):
        words = [self._tell_method(), self._tell_downgrade()]
        return [*words, *super()._get_sentence_words()]

    @api.model
    def _get_worded_fields(self):
        return super()._get_worded_fields() | {
            *["method", "measure", "window_months", "cut_ids", "criterion_ids"],
            "downgrade_after_months",
        }

    @api.model
    def _get_sentence_triggers(self):
        return [
            *super()._get_sentence_triggers(),
            *["cut_ids.tier_id", "cut_ids.share", "cut_ids.at_least"],
            *["cut_ids.points_from", "criterion_ids.kind", "criterion_ids.weight"],
        ]

    def _tell_method(self):
        cuts = self._sort_cuts().filtered("tier_id")
        return self.env._(
            "%(whom)s by %(measure)s of the last %(months)s: %(cuts)s.",
            whom=self._get_audience_words(),
            measure=self._tell_measure(),
            months=tell_months(self.env, self.window_months),
            cuts=format_list(self.env, [self._tell_cut(cut) for cut in cuts]),
        )

    def _tell_measure(self):
        labels = dict(self._fields["measure"]._description_selection(self.env))
        measure = labels.get(self.measure, "").lower()
        if self.method == "rfm":
            return self.env._("recency, frequency and %(measure)s", measure=measure)
        if self.method == "score":
            kinds = self.criterion_ids._fields["kind"]._description_selection(self.env)
            kinds = dict(kinds)
            return format_list(
                self.env,
                [
                    f"{kinds.get(line.kind, '').lower()} {tell_number(line.weight)} %"
                    for line in self.criterion_ids
                ],
            )
        return measure

    def _tell_cut(self, cut):
        border = cut[BORDERS[self.method]]
        if self.method == "share":
            return self.env._(
                "%(tier)s up to %(share)s %%",
                tier=cut.tier_id.name,
                share=tell_number(border),
            )
        if self.method in ("rfm", "score"):
            return self.env._(
                "%(tier)s from %(points)s",
                tier=cut.tier_id.name,
                points=tell_points(self.env, border),
            )
        facts = {"measure": self.measure, "currency": self.currency_id.id}
        return self.env._(
            "%(tier)s from %(value)s",
            tier=cut.tier_id.name,
            value=self.env["crm.reason"]._format_measure(facts, border),
        )

    def _tell_downgrade(self):
        if not self.downgrade_after_months:
            return ""
        return self.env._(
            "A customer goes down after %(months)s below the border.",
            months=tell_months(self.env, self.downgrade_after_months),
        )
