from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ....tools.ladder import Kind, decide

# How far ahead one looks, and by which step before the day itself is sought.
OUTLOOK_DAYS = 730
STEP_DAYS = 14


class ResPartner(models.Model):
    """What time alone will make of a relationship, and when."""

    _inherit = "res.partner"

    def _get_next_level_sentence(self):
        """Return when silence changes the level, "" when it does not in two years."""
        level, day = self._get_next_level()
        if not level:
            return ""
        labels = dict(
            self._fields["relationship_level"]._description_selection(self.env)
        )
        return self.env._(
            "Without new evidence: %(level)s on %(day)s.",
            level=labels[level],
            day=self.env.user._tell_day(day),
        )

    def _get_next_level(self):
        """Return (level, day) of the next change if nothing else happens, (None, None)
        for none within two years. One query for the evidence."""
        self.ensure_one()
        today = self.env["res.company"]._get_relations_default()._get_relations_today()
        pieces = self._get_weighable_pieces(today)
        levels = self.env["crm.relationship.level"]._get_thresholds()
        thresholds = levels.mapped("at_least")

        def decide_in(days):
            later = [(kind, age + days, factor) for kind, age, factor in pieces]
            return decide(later, thresholds)

        now = decide_in(0)
        for days in range(STEP_DAYS, OUTLOOK_DAYS, STEP_DAYS):
            if decide_in(days) != now:
                first = next(
                    day
                    for day in range(days - STEP_DAYS + 1, days + 1)
                    if decide_in(day) != now
                )
                return decide_in(first), today + timedelta(days=first)
        return None, None

    def _get_weighable_pieces(self, today):
        """Return the evidence as (kind, age in days, factor)."""
        # Superuser: what weighs how much is the same for everybody.
        kinds = self.env["crm.relationship.evidence.kind"].sudo()
        known = {
            kind.code: Kind(
                kind.code,
                kind.points,
                kind.half_life_days,
                kind.most_points,
                kind.reach,
                kind.cap,
            )
            for kind in kinds.search_fetch([])
        }
        rows = self.env.execute_query(
            SQL(
                "SELECT kind, occurred_on, COALESCE(factor, 1) FROM (%s) AS evidence",
                self._get_relationship_evidence(self._origin.ids),
            )
        )
        return [
            (known[code], (today - day).days, factor)
            for code, day, factor in rows
            if code in known
        ]
