from odoo import api, models
from odoo.tools import SQL

from .crm_hidden_value import KEPT


class CrmHiddenValue(models.Model):
    """Bring values back to where they came from."""

    _inherit = "crm.hidden.value"

    @api.model
    def _show(self, copy, customer_ids, everything=False):
        """Bring back what no pool hides any more of these customers, to the columns of
        one model. A column that has been filled meanwhile stays.

        :param customer_ids: None: of all there are
        :param everything: whatever the pools say
        :return: ids of the records
        """
        model = self.env[copy.model]
        rows = self.env.execute_query(
            SQL(
                """
                WITH due AS MATERIALIZED (%(due)s),
                     written AS (
                     UPDATE %(table)s AS record
                        SET %(set)s
                       FROM due
                      WHERE record.id = due.res_id),
                     rest AS (
                     UPDATE crm_hidden_value AS kept
                        SET phones = CASE WHEN due.phones IS NULL THEN kept.phones END,
                            emails = CASE WHEN due.emails IS NULL THEN kept.emails END,
                            phone_key = CASE WHEN due.phones IS NULL
                                             THEN kept.phone_key END,
                            email_key = CASE WHEN due.emails IS NULL
                                             THEN kept.email_key END
                       FROM due
                      WHERE kept.id = due.id AND due.is_partial),
                     gone AS (
                     DELETE FROM crm_hidden_value AS kept
                      USING due
                      WHERE kept.id = due.id AND NOT due.is_partial)
                SELECT res_id FROM due
                """,
                due=self._get_due_sql(copy, customer_ids, everything),
                table=SQL.identifier(model._table),
                set=self._get_filling_sql(copy),
            )
        )
        ids = self._moved(copy, rows)
        if ids and copy.model == "res.partner":
            self.env["res.partner"].browse(ids)._values_shown()
        return ids

    @api.model
    def _get_due_sql(self, copy, customer_ids, everything):
        wanted = self._get_wanted_sql(
            SQL("kept.partner_id"), SQL("kept.customer_id"), SQL("pool")
        )
        due = {
            kind: SQL("kept.%s IS NOT NULL", SQL.identifier(KEPT[kind]))
            if everything
            else SQL(
                "(kept.%s IS NOT NULL AND NOT %s)",
                SQL.identifier(KEPT[kind]),
                wanted[kind],
            )
            for kind in KEPT
        }
        return SQL(
            """
            SELECT kept.id, kept.res_id,
                   CASE WHEN %(phone)s THEN kept.phones END AS phones,
                   CASE WHEN %(email)s THEN kept.emails END AS emails,
                   (kept.phones IS NOT NULL AND NOT %(phone)s
                    OR kept.emails IS NOT NULL AND NOT %(email)s) AS is_partial
              FROM crm_hidden_value AS kept
              JOIN (%(source)s) AS link ON link.id = kept.res_id
         LEFT JOIN res_partner AS customer ON customer.id = kept.customer_id
         LEFT JOIN crm_pool AS pool ON pool.id = customer.pool_id
             WHERE kept.model = %(model)s AND %(of_customers)s
               AND (%(phone)s OR %(email)s)
               FOR UPDATE OF kept
            """,
            **due,
            source=copy.get_source(self.env[copy.model]._table),
            model=copy.key,
            of_customers=SQL("TRUE")
            if customer_ids is None
            else SQL("kept.customer_id = ANY(%s)", list(customer_ids)),
        )

    @api.model
    def _get_filling_sql(self, copy):
        """Return the SET: a kind comes back as a whole, where nothing stands."""
        return SQL(", ").join(
            SQL(
                "%(name)s = CASE WHEN due.%(kept)s IS NOT NULL"
                " AND COALESCE(%(all)s) IS NULL"
                " THEN due.%(kept)s ->> %(text)s ELSE %(old)s END",
                name=SQL.identifier(name),
                kept=SQL.identifier(KEPT[kind]),
                all=SQL(", ").join(
                    SQL("NULLIF(%s, '')", SQL.identifier("record", one))
                    for one in names
                ),
                text=name,
                old=SQL.identifier("record", name),
            )
            for kind, names in copy.kinds.items()
            for name in names
        )

    @api.model
    def _moved(self, copy, rows):
        """Let the cache forget what the statement has written."""
        ids = [number for (number,) in rows]
        if ids:
            names = [*copy.phone, *copy.email]
            self.env[copy.model].browse(ids).invalidate_recordset(names)
            self.env["res.partner"].invalidate_model(["hidden_phone", "hidden_email"])
        return ids

    @api.model
    def _surface(self, customer_ids):
        """Bring back everything of these customers, whatever their pools say."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT model FROM crm_hidden_value"
                " WHERE customer_id = ANY(%s)",
                list(customer_ids),
            )
        )
        for copy in self._get_copies():
            if (copy.key,) in rows:
                self._show(copy, customer_ids, everything=True)
