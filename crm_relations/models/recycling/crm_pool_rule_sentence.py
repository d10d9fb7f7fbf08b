from odoo import api, models
from odoo.tools import format_list

from ...tools.counted import tell_days, tell_working_days


class CrmPoolRule(models.Model):
    """What a rule does, in one sentence that follows its form."""

    _inherit = "crm.pool.rule"

    def _get_sentence_words(self):
        words = [self._get_clock_words(), self._get_wave_words()]
        words += self._get_exception_words()
        return [*words, *super()._get_sentence_words()]

    @api.model
    def _get_sentence_triggers(self):
        return [*super()._get_sentence_triggers(), "pool_id.most_per_night"]

    @api.model
    def _get_worded_fields(self):
        return super()._get_worded_fields() | {
            *["clock", "days", "day_kind", "skip_leave", "pool_id"],
            *["exempt_tier_ids", "exempt_opportunity", "exempt_ordered"],
            *self._get_block_fields(),
        }

    @api.model
    def _get_domain_models(self):
        return super()._get_domain_models() | {"exempt_domain": "res.partner"}

    @api.model
    def _get_block_fields(self):
        blockers = self.env["res.partner"]._get_release_blockers()
        return [blocker["field"] for blocker in blockers]

    def _get_clock_words(self):
        values = {
            "whom": self._get_audience_words(),
            "days": self._get_days_words(),
            "pool": self.pool_id.name or "…",
        }
        if self.clock == "opportunity":
            return self.env._(
                "%(whom)s without an open or new opportunity for %(days)s go to the "
                "pool %(pool)s.",
                **values,
            )
        if self.clock == "order":
            return self.env._(
                "%(whom)s without an order for %(days)s go to the pool %(pool)s.",
                **values,
            )
        if self.clock == "repurchase":
            return self.env._(
                "%(whom)s who have ordered and not again for %(days)s go to the pool "
                "%(pool)s.",
                **values,
            )
        if self.clock == "held":
            return self.env._(
                "%(whom)s go to the pool %(pool)s %(days)s after they came to their "
                "salesperson.",
                **values,
            )
        if self.clock == "date":
            return self.env._(
                "%(whom)s go to the pool %(pool)s %(days)s after their latest date: "
                "%(date)s.",
                date=self._get_date_words(),
                **values,
            )
        return self.env._(
            "%(whom)s not followed up for %(days)s go to the pool %(pool)s.", **values
        )

    def _get_wave_words(self):
        if not self.pool_id.most_per_night:
            return ""
        return self.env._(
            "At most %(most)s come there in a night.", most=self.pool_id.most_per_night
        )

    def _get_days_words(self):
        if self.day_kind == "working" and self.skip_leave:
            return self._tell_without_leave(tell_working_days(self.env, self.days))
        if self.day_kind == "working":
            return tell_working_days(self.env, self.days)
        if self.skip_leave:
            return self._tell_without_leave(tell_days(self.env, self.days))
        return tell_days(self.env, self.days)

    def _tell_without_leave(self, days):
        return self.env._("%(days)s (leave not counted)", days=days)

    def _get_exception_words(self):
        """Return a sentence each on who is left alone and who is kept, if anybody."""
        sentences = []
        if words := self._get_left_alone_words():
            whom = format_list(self.env, words)
            sentences.append(self.env._("Left alone: %(whom)s.", whom=whom))
        matters = [
            blocker["label"]
            for blocker in self.env["res.partner"]._get_release_blockers()
            if self[blocker["field"]]
        ]
        if matters:
            what = format_list(self.env, matters, style="or")
            sentences.append(self.env._("Kept longer by %(what)s.", what=what))
        return sentences

    def _get_left_alone_words(self):
        words = []
        if self.exempt_tier_ids:
            tiers = format_list(self.env, self.exempt_tier_ids.mapped("name"))
            words.append(self.env._("tier %(tiers)s", tiers=tiers))
        if self.exempt_opportunity:
            words.append(self.env._("customers with an open opportunity"))
        if self.exempt_ordered:
            words.append(self.env._("customers who have ordered"))
        if self.exempt_domain and self.exempt_domain.strip() != "[]":
            words.append(self.env._("those under Exceptions"))
        return words
