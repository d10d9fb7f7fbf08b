from time import monotonic

from odoo import models
from odoo.tools import SQL

from ...tools.batches import BATCH
from ...tools.retries import retry


class CrmBatchQueue(models.AbstractModel):
    """Decide once, do it in batches.

    All decisions of a rule are taken by one query into a temporary table; each batch
    then takes its rows from there, and commits. A killed run loses the table only: the
    next one decides anew, and what was done already is not decided again. So nothing
    is lost or doubled, and several workers may run at once.
    """

    _name = "crm.batch.queue"
    _description = "Decisions that are done in batches"

    # Whether a decision for all customers sums up all that ever happened.
    _sums_up_all = False

    def _run_queue(self, commit=False, partner_ids=None):
        """Decide for all customers of this rule, then apply, batch by batch.

        :param commit: commit after each batch (jobs), else leave it to the caller
        :param partner_ids: apply only what is decided for these customers
        :return: the sum of what ``_apply_queued`` returns
        """
        started = monotonic()
        changed = self._run_batches(commit, partner_ids)
        if partner_ids is None:
            seconds = monotonic() - started
            if commit:
                retry(self.env, lambda: self._note_queue(changed, seconds))
                self.env["ir.cron"]._commit_progress(0, remaining=0)
            else:
                self._note_queue(changed, seconds)
        return changed

    def _note_queue(self, changed, seconds):
        """Tell of each rule how many customers it has changed."""
        by_rule = {self.id: changed} if len(self) == 1 else {}
        if len(self) > 1:
            by_rule = dict(
                self.env.execute_query(
                    SQL(
                        "SELECT rule_id, count(*) FROM crm_batch_queue_rows"
                        " GROUP BY rule_id"
                    )
                )
            )
        self._rules_ran(by_rule, seconds)

    def _rules_ran(self, changed, seconds):
        """Hook: these rules have run for all customers.

        :param changed: ``{rule id: number of customers}``
        """

    def _run_batches(self, commit, partner_ids):
        if commit:
            # What is repeated rolls back: not what came before, not the table.
            self.env["ir.cron"]._commit_progress(0, remaining=0)
            count = retry(self.env, lambda: self._fill_queue(partner_ids))
            self.env["ir.cron"]._commit_progress(0, remaining=0)
        else:
            count = self._fill_queue(partner_ids)
        changed = 0
        for first in range(0, count, BATCH):
            if commit:
                done = retry(self.env, lambda first=first: self._apply_queued(first))
                self.env["ir.cron"]._commit_progress(done, remaining=0)
            else:
                done = self._apply_queued(first)
            changed += done
        return changed

    def _fill_queue(self, partner_ids=None):
        """Decide into the temporary table; return how many decisions there are."""
        decisions = self._get_queue_sql(partner_ids)
        if partner_ids is not None or not self._sums_up_all:
            return self._queue(decisions)
        # A table that has just been filled looks empty to PostgreSQL: it would sum up
        # everything again for each customer, in a loop.
        self.env.cr.execute("SET LOCAL enable_nestloop = off")
        count = self._queue(decisions)
        self.env.cr.execute("SET LOCAL enable_nestloop = on")
        return count

    def _queue(self, decisions):
        self.env.cr.execute("DROP TABLE IF EXISTS crm_batch_queue_rows")
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE crm_batch_queue_rows AS
                SELECT row_number() OVER (ORDER BY partner_id) AS number, decision.*
                  FROM (%s) AS decision
                """,
                decisions,
            )
        )
        count = self.env.cr.rowcount
        self.env.cr.execute("CREATE INDEX ON crm_batch_queue_rows (number)")
        # Without statistics each batch would be planned as a third of the table.
        self.env.cr.execute("ANALYZE crm_batch_queue_rows")
        return count

    def _get_queue_sql(self, partner_ids=None):
        """Return the decisions, of all customers or of these. To be extended where
        some can be decided without looking at all."""
        decisions = self._get_decision_sql()
        if partner_ids is None:
            return decisions
        return SQL(
            "SELECT * FROM (%s) AS every WHERE partner_id = ANY(%s)",
            decisions,
            list(partner_ids),
        )

    def _apply_queued(self, first=0):
        """Do what follows number ``first`` of ``crm_batch_queue_rows``, at most a batch
        of it; return how much was done."""
        raise NotImplementedError
