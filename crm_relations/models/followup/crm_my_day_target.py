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
                SELECT target_id, sum(achieved)::int, count(*)::int
                  FROM (%s) AS line GROUP BY target_id
                """,
                targets._get_results_sql(users=users),
            )
        )
        found = {number: (achieved, people) for number, achieved, people in rows}
        return [
            self._prepare_target(target, *found[target.id])
            for target in targets
            if target.id in found
        ]

    def _prepare_target(self, target, achieved, people):
        goal = target.goal * people
        return {
            "id": target.id,
            "name": target.name,
            "achieved": achieved,
            "goal": goal,
            "rate": min(100, 100 * achieved // goal),
        }
