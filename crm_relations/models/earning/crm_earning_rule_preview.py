from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.counted import tell_points
from ...tools.terms import get_end_of_term
from .crm_earning_rule_due import NIGHTLY


class CrmEarningRule(models.Model):
    """What a rule would give, before it does: the same SELECT of its occasions.

    What comes round is looked at for the coming year, what happens for the last one,
    as if the rule had been in force.
    """

    _inherit = "crm.earning.rule"

    def action_preview(self):
        self.ensure_one()
        if self._get_preview_rows_sql() is None:
            raise UserError(
                self.env._(
                    "What “%(rule)s” is for cannot be counted beforehand.",
                    rule=self.name,
                )
            )
        action = super().action_preview()
        name = self.env._("%(rule)s: who would get points", rule=self.display_name)
        return {**action, "display_name": name}

    def _get_preview_days(self):
        """Return the first and the last day that the preview looks at."""
        today = self.club_id._get_today()
        if self.kind in NIGHTLY:
            return today, get_end_of_term(today, 12)
        return today - relativedelta(years=1, days=-1), today

    def _get_preview_rows_sql(self):
        return self._get_occasions_sql(*self._get_preview_days())

    def _get_decision_sql(self):
        """Return a SELECT of the members and how many points they would get."""
        self.ensure_one()
        first, last = self._get_preview_days()
        none = SQL("SELECT NULL::int AS membership_id, NULL::date AS day LIMIT 0")
        return SQL(
            """
            SELECT partner_id, NULL::text AS old, count(*) * %(points)s AS new,
                   %(rule)s AS rule_id,
                   jsonb_build_object('code', 'earning_preview', 'times', count(*),
                       'points', %(points)s, 'from', %(first)s::date,
                       'to', %(last)s::date) AS facts
              FROM (SELECT member.partner_id,
                           row_number() OVER (PARTITION BY member.id, %(period)s
                                              ORDER BY due.day) AS place
                      FROM (%(occasions)s) AS due
                      JOIN crm_club_membership AS member
                        ON member.id = due.membership_id
                     WHERE member.state = 'active' AND %(level)s) AS due
             WHERE %(limit)s = 0 OR place <= %(limit)s
          GROUP BY partner_id
            """,
            points=self.points,
            rule=self.id,
            first=first,
            last=last,
            period=self._get_period_sql(),
            occasions=self._get_preview_rows_sql() or none,
            level=self._get_level_sql(),
            limit=self.limit_times,
        )

    def _get_period_sql(self):
        if self.limit_period == "ever":
            return SQL("TRUE")
        return SQL("date_trunc(%s, due.day)", self.limit_period)

    def _get_value_models(self):
        return {"old": "crm.club", "new": "crm.earning.rule"}

    def _get_value_names(self, rows):
        """Points, not records: what would be earned in all."""
        return {
            ("new", row["new"]): tell_points(self.env, float(row["new"]))
            for row in rows
            if row["new"]
        }

    def _get_preview_grouping(self):
        return "by_owner"

    def _count_judged(self):
        return self.env["crm.club.membership"].search_count(
            [("club_id", "=", self.club_id.id), ("state", "=", "active")]
        )
