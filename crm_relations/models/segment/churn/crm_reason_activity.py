from odoo import models

from ....tools.counted import tell_days
from ....tools.sentences import join_sentences


class CrmReason(models.AbstractModel):
    _inherit = "crm.reason"

    def _sentence_activity(self, facts):
        return join_sentences(
            [self._get_rhythm_sentence(facts), self._get_active_sentence(facts)]
        )

    def _get_rhythm_sentence(self, facts):
        values = {
            "last": self._format_day(facts.get("last")),
            "expected": self._format_day(facts.get("expected")),
            "interval": tell_days(self.env, facts.get("interval")),
            "silent": tell_days(self.env, facts.get("silent")),
        }
        if facts.get("own"):
            return self.env._(
                "The last order came on %(last)s, %(silent)s ago. This customer "
                "orders every %(interval)s: next order expected on %(expected)s.",
                **values,
            )
        return self.env._(
            "The last order came on %(last)s, %(silent)s ago. With so few orders "
            "the usual %(interval)s of all customers count: next order expected "
            "on %(expected)s.",
            **values,
        )

    def _get_active_sentence(self, facts):
        if facts.get("probability") is None:
            return self.env._(
                "How probably the customer is still active is unknown: the activity "
                "model of its company has no parameters yet."
            )
        if facts.get("days") == 1:
            return self.env._(
                "After orders on a single day the model cannot tell who has left: it "
                "takes the customer as active. Judge by how far it is overdue."
            )
        return self.env._(
            "After orders on %(days)s days since %(first)s and this silence, it is "
            "still active with a probability of %(share)s.",
            days=facts.get("days"),
            first=self._format_day(facts.get("first")),
            share=self._format_share(facts["probability"]),
        )

    def _figures_activity(self, facts):
        figures = [
            (self.env._("Days with orders"), str(facts.get("days"))),
            (self.env._("Orders every (days)"), str(facts.get("interval"))),
            (self.env._("Last order"), self._format_day(facts.get("last"))),
            (
                self.env._("Next order expected"),
                self._format_day(facts.get("expected")),
            ),
            (self.env._("Overdue (times)"), f"{facts.get('factor') or 0:.1f}"),
        ]
        if facts.get("probability") is not None:
            sources = dict(
                self.env["crm.activity.model"]
                ._fields["source"]
                ._description_selection(self.env)
            )
            source = sources.get(facts.get("source"), "")
            day = self._format_day(facts.get("of"))
            figures += [
                (
                    self.env._("Still active"),
                    self._format_share(facts["probability"]),
                ),
                (self.env._("Parameters"), f"{source} {day}"),
            ]
        return figures
