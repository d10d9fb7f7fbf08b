from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.batches import BATCH
from ...tools.retries import retry


class CrmGrantMixin(models.AbstractModel):
    """What somebody is granted on a customer until a day: it ends by hand, by what
    happens to the customer, or by the job once its day has come. What has ended stays
    as a line of history.

    The model has ``partner_id`` and ``until``; say in ``_get_due_grants_sql`` what is
    due and in ``_get_expired_sql`` what is written then.
    """

    _name = "crm.grant.mixin"
    _description = "Granted until a day"

    ended_at = fields.Datetime(string="Ended On", readonly=True)

    @api.model
    def _end_all_due(self, limit=BATCH):
        """End what is past its day, in batches, each a transaction. For jobs only: it
        commits."""
        commit = self.env["ir.cron"]._commit_progress
        while ended := retry(self.env, lambda: self._end_due(limit)):
            if not commit(ended):
                break

    @api.model
    def _end_due(self, limit=BATCH, only=None):
        """End at most ``limit`` grants that are past their day; one statement.

        What somebody is changing at this moment is left to the next run.

        :param only: SQL condition on ``granted``; ``limit`` None: all of them
        :return: how many
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH due AS MATERIALIZED (
                     SELECT granted.id
                       FROM %(due)s AND %(only)s
                   ORDER BY granted.until, granted.id
                      LIMIT %(limit)s
                        FOR NO KEY UPDATE OF granted SKIP LOCKED)
                UPDATE %(table)s AS granted
                   SET ended_at = %(now)s, write_uid = %(uid)s, write_date = %(now)s,
                       %(expired)s
                  FROM due
                 WHERE granted.id = due.id
             RETURNING granted.partner_id
                """,
                table=SQL.identifier(self._table),
                due=self._get_due_grants_sql(),
                only=only or SQL("TRUE"),
                limit=limit,
                now=fields.Datetime.now(),
                uid=self.env.uid,
                expired=self._get_expired_sql(),
            )
        )
        self._grants_expired({partner_id for (partner_id,) in rows})
        return len(rows)

    @api.model
    def _get_due_grants_sql(self):
        """Return what stands behind FROM, with its WHERE: the rows of ``granted`` that
        are in force and past their day."""
        raise NotImplementedError

    @api.model
    def _get_expired_sql(self):
        """Return the SET of an UPDATE of ``granted`` that has expired."""
        raise NotImplementedError

    @api.model
    def _grants_expired(self, partner_ids):
        """Hook: grants on these customers have just expired by SQL."""
        self.env.invalidate_all()
