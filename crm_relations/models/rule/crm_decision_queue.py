from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.batches import BATCH


class CrmDecisionQueue(models.AbstractModel):
    """Apply what a rule decides on customers.

    Each batch locks its customers (skipping those that somebody is just changing) and
    writes them and the ledger in one statement. What was applied already is no change
    any more.
    """

    _name = "crm.decision.queue"
    _inherit = ["crm.batch.queue"]
    _description = "Decisions to be applied"

    # What is decided, a stored field of the customer, and the day since when.
    _decided_field = ""
    _since_field = ""
    # The ledger and its columns for rule, old and new value.
    _ledger = ""
    _ledger_columns = ()

    def action_run(self):
        """Decide and apply now, and say how many customers changed."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self._get_run_message(self.run()),
                "type": "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def run(self):
        """Decide and apply in the caller's transaction; return how many changed.

        A model that is run by hand says how.
        """
        raise UserError(self.env._("Nothing is run here: choose a rule, and run that."))

    def _get_run_message(self, changed):
        """Return what ``action_run`` tells."""
        raise NotImplementedError

    def _decisions_applied(self, partner_ids):
        """Hook: these customers have been written by SQL."""
        self.env[self._ledger].invalidate_model()
        partners = self.env["res.partner"].browse(partner_ids)
        partners.invalidate_recordset([self._decided_field, self._since_field])

    def _apply_queued(self, first=0):
        """Apply the batch of decisions that follow number ``first``.

        :return: how many customers it changed
        """
        batch = SQL(
            """
            SELECT queued.*
              FROM crm_batch_queue_rows AS queued
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

    def _get_last_decided(self):
        """Return the domain of the customers whom this rule was the last to decide."""
        self.env[self._ledger].flush_model()
        return Domain(
            "id",
            "in",
            SQL(
                """
                (SELECT partner_id
                   FROM (SELECT DISTINCT ON (partner_id) partner_id, %(rule)s AS rule_id
                           FROM %(ledger)s
                          WHERE %(rule)s IS NOT NULL
                       ORDER BY partner_id, decided_at DESC, id DESC) AS latest
                  WHERE rule_id = %(id)s)
                """,
                rule=SQL.identifier(self._ledger_columns[0]),
                ledger=SQL.identifier(self.env[self._ledger]._table),
                id=self.id,
            ),
        )

    def _get_apply_sql(self, batch):
        """Return the UPDATE for the SELECT ``batch`` of decisions; it writes only where
        ``old`` still holds."""
        return SQL(
            """
            UPDATE res_partner AS partner
               SET %(field)s = batch.new, %(since)s = CASE
                   WHEN batch.new IS DISTINCT FROM batch.old THEN %(today)s
                   ELSE partner.%(since)s END %(more)s
              FROM (%(batch)s) AS batch
             WHERE partner.id = batch.partner_id
               AND partner.%(field)s IS NOT DISTINCT FROM batch.old
         RETURNING partner.id, %(own_company)s AS company_id
            """,
            own_company=self.env["res.partner"]._get_own_company_sql("partner"),
            field=SQL.identifier(self._decided_field),
            since=SQL.identifier(self._since_field),
            today=self.env["res.partner"]._get_relations_today_sql("partner"),
            more=SQL("").join(
                SQL(", %s = %s", SQL.identifier(name), value)
                for name, value in self._get_applied_columns().items()
            ),
            batch=batch,
        )

    def _get_applied_columns(self):
        """Return ``{column: SQL}`` of what else a decision writes on the customer."""
        return {}

    def _get_logged_sql(self):
        """Return the SQL condition that a decision belongs into the ledger."""
        return SQL("TRUE")

    def _get_ledger_sql(self, batch, written):
        """Return the INSERT of a ledger line for each row that was written; both are
        names of tables."""
        return SQL(
            """
            INSERT INTO %(ledger)s (partner_id, company_id, decided_at, %(columns)s,
                   facts, create_uid, create_date)
            SELECT batch.partner_id, written.company_id, %(now)s, batch.rule_id,
                   batch.old, batch.new, batch.facts, %(uid)s, %(now)s
              FROM %(batch)s AS batch
              JOIN %(written)s AS written ON written.id = batch.partner_id
             WHERE %(logged)s
         RETURNING partner_id
            """,
            ledger=SQL.identifier(self.env[self._ledger]._table),
            columns=SQL(", ").join(map(SQL.identifier, self._ledger_columns)),
            now=fields.Datetime.now(),
            uid=self.env.uid,
            batch=batch,
            written=written,
            logged=self._get_logged_sql(),
        )
