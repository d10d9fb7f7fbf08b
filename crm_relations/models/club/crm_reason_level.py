from odoo import models


class CrmReason(models.AbstractModel):
    """Why a member has the level it has."""

    _inherit = "crm.reason"

    def _club_hand(self, names):
        return self.env._(
            "%(user)s gave %(member)s at least the level %(level)s until %(until)s: "
            "%(note)s",
            **names,
        )

    def _sentence_club_level(self, facts):
        level = self._get_linked(facts, "level").name
        values = {
            "level": level or self.env._("no level"),
            "value": self._format_qualifying(facts, facts.get("value")),
            "threshold": self._format_qualifying(facts, facts.get("threshold")),
            "start": self._format_day(facts.get("from")),
            "end": self._format_day(facts.get("to")),
        }
        return getattr(self, f"_level_{facts.get('why')}")(values)

    def _level_reached(self, values):
        return self.env._(
            "%(level)s: %(value)s from %(start)s to %(end)s; it begins at "
            "%(threshold)s.",
            **values,
        )

    def _level_kept(self, values):
        return self.env._(
            "%(level)s: it is kept for good once reached; %(value)s from %(start)s to "
            "%(end)s.",
            **values,
        )

    def _level_step(self, values):
        return self.env._(
            "%(level)s: %(value)s from %(start)s to %(end)s do not reach the level "
            "before; a member goes down one level at a time.",
            **values,
        )

    def _level_hand(self, values):
        return self.env._("%(level)s: set by hand.", **values)

    def _level_hand_end(self, values):
        return self.env._(
            "%(level)s: the level set by hand has ended; %(value)s from %(start)s to "
            "%(end)s.",
            **values,
        )

    def _figures_club_level(self, facts):
        return [
            (
                self.env._("Counted"),
                self._format_qualifying(facts, facts.get("value")),
            ),
            (
                self.env._("Period"),
                f"{self._format_day(facts.get('from'))} - "
                f"{self._format_day(facts.get('to'))}",
            ),
            (
                self.env._("Level From"),
                self._format_qualifying(facts, facts.get("threshold")),
            ),
        ]

    def _format_qualifying(self, facts, value):
        if facts.get("by") == "spend":
            return self._format_money(value, facts.get("currency"))
        return self.env._("%(points)s club points", points=self._format_plainly(value))
