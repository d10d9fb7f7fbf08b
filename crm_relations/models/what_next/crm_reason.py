from odoo import models

from ...tools.counted import tell_days
from ...tools.sentences import join_parts, join_sentences
from ...tools.what_next import RECOVERY_DAYS

GROUPS = (("rhythm", "layer"), ("due", "release"))
# A weaker sign moves nobody up the list.
SMALLEST_SIGN = 0.05
BRIEF_SIGNS = 2


class CrmReason(models.AbstractModel):
    """Why a customer stands where it does in the list What Next."""

    _inherit = "crm.reason"

    def _brief_next(self, facts):
        words = self._get_next_signs(facts)[:BRIEF_SIGNS]
        return " · ".join([*words, *self._get_next_dampers(facts)])

    def _sentence_next(self, facts):
        sentences = [self._get_next_value(facts)]
        if words := self._get_next_signs(facts):
            sentences.append(
                self.env._(
                    "Signs, the strongest first: %s.", join_parts(self.env, words)
                )
            )
        if words := self._get_next_dampers(facts):
            sentences.append(
                self.env._(
                    "A contact now changes less: %s.", join_parts(self.env, words)
                )
            )
        return join_sentences(sentences)

    def _figures_next(self, facts):
        value, chance, influence = (
            facts.get(name) or 0 for name in ("value", "chance", "influence")
        )
        stake = value * chance * influence
        return [
            (self.env._("Value"), self._format_next_money(facts, value)),
            (self.env._("May be lost"), self._format_share(chance)),
            (self.env._("A contact can change"), self._format_share(influence)),
            (self.env._("At stake"), self._format_next_money(facts, stake)),
        ]

    def _format_next_money(self, facts, amount):
        return self._format_money(amount, facts.get("currency"))

    def _get_next_value(self, facts):
        value = self._format_next_money(facts, facts.get("value"))
        sentences = {
            "sales": self.env._("Bought for %s within 12 months.", value),
            "expected": self.env._("Expected to bring %s within 12 months.", value),
            "quoted": self.env._("Quotations for %s are open.", value),
            "tier": self.env._(
                "Bought nothing within 12 months; customers of its tier who buy "
                "usually do for %s.",
                value,
            ),
            "company": self.env._(
                "Bought nothing within 12 months; customers who buy usually do for %s.",
                value,
            ),
        }
        unknown = self.env._("What it is worth is not known.")
        return sentences.get(facts.get("source"), unknown)

    def _get_next_signs(self, facts):
        """Return the words of the signs that count, the strongest first."""
        signs = facts.get("signs") or {}
        strongest = [
            max((signs.get(name) or 0, name) for name in group)
            for group in (*GROUPS, self.env["crm.next.contact"]._get_waiting_signs())
        ]
        strongest.sort(reverse=True)
        told = [name for sign, name in strongest if sign >= SMALLEST_SIGN]
        return [getattr(self, f"_next_{name}")(facts) for name in told]

    def _next_rhythm(self, facts):
        values = {
            "silent": tell_days(self.env, facts.get("silent")),
            "interval": facts.get("interval"),
        }
        if facts.get("active") is not None and (facts.get("order_days") or 0) > 1:
            return self.env._(
                "%(silent)s without an order, still active with %(share)s",
                share=self._format_share(facts["active"]),
                **values,
            )
        return self.env._(
            "%(silent)s without an order, expected after %(interval)s", **values
        )

    def _next_layer(self, facts):
        if facts.get("layer") == "potential":
            return self.env._("Has not bought yet")
        selection = self.env["res.partner"]._fields["lifecycle"]
        label = dict(selection._description_selection(self.env)).get(facts.get("layer"))
        return label or self.env._("No sign of leaving")

    def _next_due(self, facts):
        day = self._format_day(facts.get("due"))
        return self.env._("Follow-up due on %s", day)

    def _next_release(self, facts):
        day = self._format_day(facts.get("release"))
        return self.env._("Leaves for the pool on %s", day)

    def _next_quotation(self, facts):
        days = facts.get("quotation_age")
        return self.env._("Quotation open for %s", tell_days(self.env, days))

    def _next_message(self, facts):
        days = facts.get("message_age") or 0
        if days < 1:
            return self.env._("Wrote today, unanswered")
        if days == 1:
            return self.env._("Wrote yesterday, unanswered")
        return self.env._("Wrote %s days ago, unanswered", days)

    def _get_next_dampers(self, facts):
        """Return the words of what leaves less to a contact."""
        words = []
        days = facts.get("contacted")
        if (
            days is not None
            and facts.get("message_age") is None
            and days < RECOVERY_DAYS
        ):
            words.append(self._get_next_contacted(days))
        if facts.get("planned"):
            day = self._format_day(facts["planned"])
            words.append(self.env._("planned for %s", day))
        if facts.get("is_lost"):
            words.append(self.env._("registered as lost"))
        return words

    def _get_next_contacted(self, days):
        if days < 1:
            return self.env._("contacted today")
        if days == 1:
            return self.env._("contacted yesterday")
        return self.env._("contacted %s days ago", days)
