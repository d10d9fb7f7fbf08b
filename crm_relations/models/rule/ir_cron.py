from odoo import models
from odoo.tools import SQL

from ...tools.suite import SUITE

# What statements on customers read of Odoo's.
READ = [
    *["res_partner", "res_users", "sale_order", "sale_order_line", "crm_lead"],
    *["sale_order_line_invoice_rel", "account_move", "account_move_line"],
    *["mail_activity", "resource_resource", "resource_calendar_leaves"],
]


class IrCron(models.Model):
    """Before a job of ours the planner knows the tables that it is to read.

    PostgreSQL looks at a table that has grown a minute or more later by itself. A job
    that comes before, after an import, is planned for the few rows of before: a join
    that goes through one side for each row of the other then never ends.
    """

    _inherit = "ir.cron"

    def _callback(self, cron_name, server_action_id):
        if self.get_external_id()[self.id].partition(".")[0] in SUITE:
            self._analyze_outdated_tables()
        return super()._callback(cron_name, server_action_id)

    def _analyze_outdated_tables(self):
        """Have the tables that our jobs read looked at where they have changed much;
        one that is just looked at is left out."""
        for table in self._get_outdated_tables():
            self.env.cr.execute(SQL("ANALYZE (SKIP_LOCKED) %s", SQL.identifier(table)))
        self._commit_progress()

    def _get_outdated_tables(self):
        """Return the names of those that have grown, or of which has changed, a fifth
        since they were looked at; nothing of what is small in any case."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT known.relname
                  FROM pg_class AS known
             LEFT JOIN pg_stat_user_tables AS seen ON seen.relid = known.oid
                 WHERE known.oid = ANY(ARRAY(
                       SELECT to_regclass(quote_ident(name))
                         FROM unnest(%s::text[]) AS name))
                   AND (pg_relation_size(known.oid)
                        > (16 + 1.2 * known.relpages)
                          * current_setting('block_size')::int
                        OR seen.n_mod_since_analyze > 1000 + 0.2 * known.reltuples)
              ORDER BY known.relname
                """,
                [*READ, *self._get_tables_of_suite()],
            )
        )
        return [name for (name,) in rows]

    def _get_tables_of_suite(self):
        return sorted(
            model._table
            for model in self.env.registry.values()
            if model._auto and not model._abstract and model._original_module in SUITE
        )
