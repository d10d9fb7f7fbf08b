from odoo import models
from odoo.tools import SQL

from ...tools.retries import retry

BATCH = 1000


class CrmDecisionQueue(models.AbstractModel):
    """Apply the decisions of a rule in batches.

    All decisions are taken by one query into a temporary table; each batch then
    takes its rows from there, locks the customers (skipping those that somebody is
    just changing), writes them and the ledger in one statement, and commits. A
    killed run loses the table only: the next one decides anew, and what was
    applied already is no change any more. So nothing is lost or doubled, and
    several workers may run at once.
    """

    _name = "crm.decision.queue"
    _description = "Decisions to be applied"

    def _get_apply_sql(self, batch):
        """Return the UPDATE of res_partner for the SELECT ``batch`` of decisions,
        RETURNING at least the id. It writes only where ``old`` still holds."""
        raise NotImplementedError

    def _get_ledger_sql(self, batch, written):
        """Return the INSERT of ledger lines for what ``written`` (the rows of the
        UPDATE) holds, RETURNING partner_id; both are names of tables."""
        raise NotImplementedError

    def _decisions_applied(self, partner_ids):
        """Hook: these customers have been written by SQL."""

    def _run_queue(self, commit=False):
        """Decide for all customers of this rule, then apply.

        :param commit: commit after each batch (jobs), else leave it to the caller
        :return: number of customers changed
        """
        count = self._fill_queue()
        if commit:  # so that a batch that has to be repeated keeps its table
            self.env["ir.cron"]._commit_progress(0, remaining=0)
        changed = 0
        for first in range(0, count, BATCH):
            if commit:
                done = retry(self.env, lambda first=first: self._apply_queued(first))
                self.env["ir.cron"]._commit_progress(done, remaining=0)
            else:
                done = self._apply_queued(first)
            changed += done
        return changed

    def _fill_queue(self):
        """Decide into the temporary table; return how many decisions there are."""
        decisions = self._get_decision_sql()
        self.env.cr.execute("DROP TABLE IF EXISTS crm_decision_queue_rows")
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE crm_decision_queue_rows AS
                SELECT row_number() OVER (ORDER BY partner_id) AS number, decision.*
                  FROM (%s) AS decision
                """,
                decisions,
            )
        )
        count = self.env.cr.rowcount
        self.env.cr.execute("CREATE INDEX ON crm_decision_queue_rows (number)")
        # Without statistics each batch would be planned as a third of the table.
        self.env.cr.execute("ANALYZE crm_decision_queue_rows")
        return count

    def _apply_queued(self, first=0):
        """Apply the batch of decisions that follow number ``first``.

        :return: how many customers it changed
        """
        batch = SQL(
            """
            SELECT queued.*
              FROM crm_decision_queue_rows AS queued
              JOIN res_partner AS customer ON customer.id = queued.partner_id
             WHERE queued.number > %s AND queued.number <= %s
               FOR NO KEY UPDATE OF customer SKIP LOCKED
            """,
            first,
            first + BATCH,
        )
        rows = self.env.execute_query(
            SQL(
                """
                WITH batch AS MATERIALIZED (%(batch)s),
                     written AS (%(apply)s)
                %(ledger)s
                """,
                batch=batch,
                apply=self._get_apply_sql(SQL("SELECT * FROM batch")),
                ledger=self._get_ledger_sql(SQL("batch"), SQL("written")),
            )
        )
        self._decisions_applied([partner_id for (partner_id,) in rows])
        return len(rows)
