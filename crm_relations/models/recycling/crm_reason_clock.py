from odoo import models

from ...tools.counted import tell_days, tell_working_days
from ...tools.sentences import join_sentences


class CrmReason(models.AbstractModel):
    """Why a customer leaves its owner, by the clock of the rule."""

    _inherit = "crm.reason"

    def _sentence_pool_followup(self, facts):
        values = self._get_pool_values(facts)
        if not facts.get("followup"):
            sentence = self.env._(
                "%(user)s has not followed up since taking over on %(owned)s.",
                **values,
            )
        elif facts.get("taken_over"):
            sentence = self.env._(
                "%(user)s has had the customer since %(owned)s, after its last "
                "follow-up on %(followup)s.",
                **values,
            )
        else:
            sentence = self.env._(
                "The last follow-up was on %(followup)s, %(user)s is the salesperson.",
                **values,
            )
        return self._add_allowed_days(sentence, facts)

    def _sentence_pool_opportunity(self, facts):
        values = self._get_pool_values(facts)
        sentence = (
            self.env._(
                "The last opportunity was opened or closed on %(event)s and none is "
                "open, %(user)s is the salesperson.",
                **values,
            )
            if values["event"] and not facts.get("taken_over")
            else self.env._(
                "%(user)s has had no opportunity since taking over on %(owned)s.",
                **values,
            )
        )
        return self._add_allowed_days(sentence, facts)

    def _sentence_pool_order(self, facts):
        values = self._get_pool_values(facts)
        sentence = (
            self.env._(
                "The last order was on %(event)s, %(user)s is the salesperson.",
                **values,
            )
            if values["event"] and not facts.get("taken_over")
            else self.env._(
                "%(user)s has had no order since taking over on %(owned)s.", **values
            )
        )
        return self._add_allowed_days(sentence, facts)

    def _sentence_pool_repurchase(self, facts):
        values = self._get_pool_values(facts)
        sentence = (
            self.env._(
                "%(user)s has had the customer since %(owned)s, after its last order "
                "on %(event)s.",
                **values,
            )
            if facts.get("taken_over")
            else self.env._(
                "The customer has not ordered again since %(event)s, %(user)s is the "
                "salesperson.",
                **values,
            )
        )
        return self._add_allowed_days(sentence, facts)

    def _sentence_pool_held(self, facts):
        sentence = self.env._(
            "%(user)s has had the customer since %(owned)s.",
            **self._get_pool_values(facts),
        )
        return self._add_allowed_days(sentence, facts)

    def _add_allowed_days(self, sentence, facts):
        """Add until when, and what has moved that day."""
        values = self._get_pool_values(facts)
        sentences = [sentence]
        if facts.get("release"):
            sentences.append(
                self.env._(
                    "Allowed are %(days)s: on %(release)s the customer goes to the "
                    "pool %(pool)s.",
                    **values,
                )
            )
        if facts.get("leave"):
            sentences.append(
                self.env._("Days of leave that do not count: %(leave)s.", **values)
            )
        if facts.get("kept"):
            sentences.append(
                self.env._("Until %(kept)s it is kept by agreement.", **values)
            )
        if facts.get("wave"):
            sentences.append(
                self.env._(
                    "It has been due since %(due)s: only so many leave in a night, and "
                    "its turn is on %(release)s.",
                    **values,
                )
                if facts["due"] < facts["release"]
                else self.env._(
                    "Only so many leave in a night, and its turn is on %(release)s.",
                    **values,
                )
            )
        return join_sentences(sentences)

    def _sentence_pool_released(self, facts):
        clock = (facts.get("clock") or "pool_followup").removeprefix("pool_")
        method = getattr(self, f"_released_{clock}", self._released_followup)
        return method(facts, self._get_pool_values(facts))

    def _released_followup(self, facts, values):
        if not facts.get("followup") or facts.get("taken_over"):
            return self.env._(
                "%(user)s had not followed up since taking over on %(owned)s; %(days)s "
                "are allowed.",
                **values,
            )
        return self.env._(
            "%(user)s had not followed up since %(followup)s; %(days)s are allowed.",
            **values,
        )

    def _released_opportunity(self, facts, values):
        return self.env._(
            "%(user)s had had no opportunity since %(start)s; %(days)s are allowed.",
            **values,
        )

    def _released_order(self, facts, values):
        return self.env._(
            "%(user)s had had no order since %(start)s; %(days)s are allowed.", **values
        )

    def _released_repurchase(self, facts, values):
        return self.env._(
            "The customer of %(user)s had not ordered again since %(start)s; %(days)s "
            "are allowed.",
            **values,
        )

    def _released_held(self, facts, values):
        return self.env._(
            "%(user)s had had the customer since %(owned)s; %(days)s are allowed.",
            **values,
        )

    def _get_pool_values(self, facts):
        user = self._get_linked(facts, "user")
        pool = self._get_linked(facts, "pool")
        started = facts.get("owned"), facts.get("event") or ""
        return {
            "days": self._get_days_allowed(facts),
            "user": user.name or "",
            "pool": pool.name or "",
            "followup": self._format_day(facts.get("followup")),
            "event": self._format_day(facts.get("event")),
            "owned": self._format_day(facts.get("owned")),
            "start": self._format_day(max(day or "" for day in started)),
            "release": self._format_day(facts.get("release")),
            "kept": self._format_day(facts.get("kept")),
            "due": self._format_day(facts.get("due")),
            "leave": facts.get("leave"),
        }

    def _get_days_allowed(self, facts):
        if facts.get("working"):
            return tell_working_days(self.env, facts.get("days"))
        return tell_days(self.env, facts.get("days"))
