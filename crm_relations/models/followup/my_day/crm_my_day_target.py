from odoo import models
from odoo.tools import SQL


class CrmMyDay(models.AbstractModel):
    _inherit = "crm.my.day"

    def _read_targets(self, users):
        """Return the targets of these users with what they achieved in the present
        period, all of them together; one query."""
        # Superuser: whose day it is has been checked; which follow-ups count is a
        # matter of the target.
        targets = self.env["crm.followup.target"].sudo()
        targets = targets.search([("company_id", "in", self.env.companies.ids)])
        if not targets:
            return []
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT target_id, sum(achieved)::int, count(*)::int,
                       sum(LEAST(achieved, target.goal))::int
                  FROM (%s) AS line
                  JOIN crm_followup_target AS target ON target.id = target_id
              GROUP BY target_id
                """,
                targets._get_results_sql(users=users),
            )
        )
        found = {number: figures for number, *figures in rows}
        return [
            self._prepare_target(target, *found[target.id])
            for target in targets
            if target.id in found
        ]

    def _prepare_target(self, target, achieved, people, counted):
        """``counted``: what one achieved beyond the goal makes up for nobody else; the
        figure beside the bar is what the bar shows."""
        goal = target.goal * people
        return {
            "id": target.id,
            "name": target.name,
            "achieved": counted,
            "beyond": achieved - counted,
            "goal": goal,
            "rate": min(100, 100 * counted // goal),
        }
