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

    @api.depends(
        *["since", "until", "partner_id.company_id", "partner_id.relation_company_id"]
    )
    def _compute_moments(self):
        """For models with a first day ``since`` that keep from when to when by the
        clock of the customer's company: ``starts_at`` and ``ends_at``."""
        for grant in self:
            start = grant.partner_id._get_relation_company()._get_relations_day_start
            grant.starts_at = grant.since and start(grant.since)
            grant.ends_at = grant.until and start(fields.Date.add(grant.until, days=1))

    @api.model
    def _follow_clock(self, companies):
        """Reckon these moments anew where what has not ended belongs to customers of
        these companies, whose day begins at another moment now."""
        # Superuser: whoever sets the clock.
        grants = self.sudo().search([("ended_at", "=", False)])
        grants = grants.filtered(
            lambda grant: grant.partner_id._get_relation_company() in companies
        )
        for name in ("starts_at", "ends_at"):
            self.env.add_to_compute(self._fields[name], grants)

    @api.model
    def _end_all_due(self, limit=BATCH):
        """End what is past its day, in batches, each a transaction. For jobs only: it
        commits."""
        commit = self.env["ir.cron"]._commit_progress
        while ended := retry(self.env, lambda: self._end_due(limit)):
            if not commit(ended, remaining=1):
                return  # and go on at once
        commit(0, remaining=0)

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
             RETURNING granted.id
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
        self.browse(number for (number,) in rows)._grants_expired()
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

    def _grants_expired(self):
        """Hook: these have just expired by SQL."""
        self.env.invalidate_all()
