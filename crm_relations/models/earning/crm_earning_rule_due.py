from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL, split_every

from ...tools.batches import BATCH
from ...tools.retries import retry
from .crm_earning_rule_give import Occasion

# What comes up with the calendar; so many days are made up for after a standstill.
NIGHTLY = {"birthday": 7, "profile": 0}


class CrmEarningRule(models.Model):
    """Each night: what the day itself brings."""

    _inherit = "crm.earning.rule"

    @api.model
    def _cron_earn(self):
        """Give what is due by the calendar, in batches of members: run twice, or
        stopped half way and run again, it gives nothing twice."""
        progress = self.env["ir.cron"]._commit_progress
        # Superuser: rules of all companies are run.
        for rule in self.sudo().search([("kind", "in", list(NIGHTLY))]):
            for batch in split_every(BATCH, rule._get_due()):
                retry(self.env, lambda rule=rule, batch=batch: rule._give_due(batch))
                if not progress(len(batch), remaining=1):
                    return  # and go on at once
        progress(0, remaining=0)

    def _get_due(self):
        """Return ``[(membership id, key)]`` of what is due by this rule today; one
        query."""
        self.ensure_one()
        today = self.club_id._get_today()
        first = today - timedelta(days=NIGHTLY[self.kind])
        first = max(first, self.start_date or first)
        last = min(today, self.end_date or today)
        if first > last:
            return []
        return self.env.execute_query(
            SQL(
                """
                SELECT due.membership_id, due.key FROM (%s) AS due
                  JOIN crm_club_membership AS member ON member.id = due.membership_id
                 WHERE member.state = 'active' AND %s
              ORDER BY due.membership_id
                """,
                self._get_occasions_sql(first, last),
                self._get_level_sql(),
            )
        )

    def _get_level_sql(self):
        """Return the condition that ``member`` has a level of this rule."""
        if not self.level_ids:
            return SQL("TRUE")
        return SQL("member.level_id = ANY(%s)", list(self.level_ids.ids))

    def _give_due(self, batch):
        members = self.env["crm.club.membership"].browse(
            number for number, _key in batch
        )
        occasions = [
            Occasion(member, None, key)
            for member, (_number, key) in zip(members, batch, strict=True)
        ]
        return self._give(self.kind, occasions, self)
