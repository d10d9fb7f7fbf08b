from odoo import api, models
from odoo.tools import SQL, split_every

from .crm_hidden_value import KEPT

BATCH = 1000


class CrmHiddenValue(models.Model):
    """Move values out of sight and back: by statements, in the transaction of whatever
    puts a customer into a pool or takes it out."""

    _inherit = "crm.hidden.value"

    @api.model
    def _settle(self, customer_ids):
        """Hide what the pools of these customers hide now, show what none of them hides
        any more. A second call does nothing; the number of statements depends on
        how many thousands there are.

        :return: whether anything moved
        """
        moved = False
        for ids in split_every(BATCH, sorted(set(customer_ids))):
            hides, models_kept = self._get_state(ids)
            if hides:
                # What is computed from a number must be there when it goes.
                self.env.flush_all()
            for copy in self._get_copies():
                if copy.model in models_kept:
                    moved |= bool(self._show(copy, ids))
                if hides:
                    moved |= bool(self._hide(copy, ids))
        return moved

    @api.model
    def _get_state(self, customer_ids):
        """Return whether a pool hides anything of these customers, and of which models
        values are hidden with them."""
        self.env["res.partner"].flush_model()
        self.env["crm.pool"].flush_model()
        [row] = self.env.execute_query(
            SQL(
                """
                SELECT EXISTS (
                       SELECT FROM res_partner AS customer
                         JOIN crm_pool AS pool ON pool.id = customer.pool_id
                        WHERE customer.id = ANY(%(ids)s)
                          AND (pool.hides_phone OR pool.hides_email)),
                       ARRAY(SELECT DISTINCT model FROM crm_hidden_value
                              WHERE customer_id = ANY(%(ids)s))
                """,
                ids=list(customer_ids),
            )
        )
        return row

    @api.model
    def _get_wanted_sql(self, partner, customer, pool):
        """Return the conditions, by kind, that a pool hides this of a partner. Who logs
        in keeps the address: it is the login as well."""
        near = SQL("(%s = %s OR %s.hides_contacts)", partner, customer, pool)
        login = SQL(
            "EXISTS (SELECT FROM res_users AS login"
            " WHERE login.partner_id = %s AND login.active)",
            partner,
        )
        return {
            "phone": SQL("(%s.hides_phone AND %s) IS TRUE", pool, near),
            "email": SQL(
                "(%s.hides_email AND %s AND NOT %s) IS TRUE", pool, near, login
            ),
        }

    @api.model
    def _hide(self, copy, customer_ids, ids=None):
        """Empty these columns of whom a pool hides, and keep what they held.

        A row is emptied where its values have been kept, in one statement: killed
        anywhere, it has happened or it has not.

        :param ids: of records of the model; None: all of these customers
        :return: ids of the records
        """
        model = self.env[copy.model]
        model.flush_model()
        wanted = self._get_wanted_sql(
            SQL("partner.id"), SQL("customer.id"), SQL("pool")
        )
        rows = self.env.execute_query(
            SQL(
                """
                WITH hidden AS MATERIALIZED (
                     SELECT partner.id AS partner_id, customer.id AS customer_id,
                            %(phone)s AS phone, %(email)s AS email
                       FROM res_partner AS customer
                       JOIN crm_pool AS pool ON pool.id = customer.pool_id
                       JOIN res_partner AS partner
                         ON partner.commercial_partner_id = customer.id
                      WHERE customer.id = ANY(%(customers)s)),
                     found AS MATERIALIZED (
                     SELECT record.id, hidden.partner_id, hidden.customer_id,
                            %(values)s
                       FROM hidden
                       JOIN (%(source)s) AS link ON link.partner_id = hidden.partner_id
                       JOIN %(table)s AS record ON record.id = link.id
                      WHERE (%(filled)s) AND %(only)s
                        FOR NO KEY UPDATE OF record),
                     kept AS (%(keep)s)
                UPDATE %(table)s AS record
                   SET %(set)s
                  FROM found
                  JOIN kept ON kept.res_id = found.id
                 WHERE record.id = found.id
             RETURNING record.id
                """,
                **wanted,
                customers=list(customer_ids),
                values=self._get_kept_sql(copy),
                source=copy.get_source(model._table),
                table=SQL.identifier(model._table),
                filled=self._get_filled_sql(copy),
                only=SQL("TRUE") if ids is None else SQL("record.id = ANY(%s)", ids),
                keep=self._get_keep_sql(copy),
                set=self._get_emptying_sql(copy),
            )
        )
        return self._moved(copy, rows)

    @api.model
    def _hide_records(self, records, customers):
        """Hide what these records have just got of these customers."""
        for copy in self._get_copies():
            if copy.model == records._name and customers:
                self._hide(copy, customers.ids, records.ids)

    @api.model
    def _get_kept_sql(self, copy):
        """Return ``phones`` and ``emails``: what is hidden, as JSON, else NULL."""
        columns = []
        for kind, names in copy.kinds.items():
            pairs = SQL(", ").join(
                SQL("%s, NULLIF(%s, '')", name, SQL.identifier("record", name))
                for name in names
            )
            value = SQL("NULL::jsonb")
            if names:
                value = SQL(
                    "CASE WHEN hidden.%s THEN NULLIF(jsonb_strip_nulls("
                    "jsonb_build_object(%s)), '{}'::jsonb) END",
                    SQL.identifier(kind),
                    pairs,
                )
            columns.append(SQL("%s AS %s", value, SQL.identifier(KEPT[kind])))
        return SQL(", ").join(columns)

    @api.model
    def _get_filled_sql(self, copy):
        return SQL(" OR ").join(
            SQL(
                "hidden.%s AND COALESCE(%s) IS NOT NULL",
                SQL.identifier(kind),
                SQL(", ").join(
                    SQL("NULLIF(%s, '')", SQL.identifier("record", name))
                    for name in names
                ),
            )
            for kind, names in copy.kinds.items()
            if names
        )

    @api.model
    def _get_keep_sql(self, copy):
        """Return the INSERT; what has been written since takes the place of the old."""
        return SQL(
            """
            INSERT INTO crm_hidden_value AS kept (model, res_id, partner_id,
                   customer_id, phones, emails, phone_key, email_key)
            SELECT %(model)s, id, partner_id, customer_id, phones, emails,
                   COALESCE(phones ->> 'phone_sanitized', phones ->> 'phone_digits',
                            regexp_replace(phones ->> 'phone', '\\D', '', 'g')),
                   COALESCE(emails ->> 'email_normalized', lower(emails ->> 'email'))
              FROM found
       ON CONFLICT (model, res_id) DO UPDATE
               SET partner_id = EXCLUDED.partner_id,
                   customer_id = EXCLUDED.customer_id,
                   phones = COALESCE(EXCLUDED.phones, kept.phones),
                   emails = COALESCE(EXCLUDED.emails, kept.emails),
                   phone_key = CASE WHEN EXCLUDED.phones IS NULL THEN kept.phone_key
                                    ELSE EXCLUDED.phone_key END,
                   email_key = CASE WHEN EXCLUDED.emails IS NULL THEN kept.email_key
                                    ELSE EXCLUDED.email_key END
         RETURNING res_id
            """,
            model=copy.model,
        )

    @api.model
    def _get_emptying_sql(self, copy):
        fields = self.env[copy.model]._fields
        return SQL(", ").join(
            SQL(
                "%s = CASE WHEN found.%s IS NULL THEN %s ELSE %s END",
                SQL.identifier(name),
                SQL.identifier(KEPT[kind]),
                SQL.identifier("record", name),
                "" if fields[name].required else None,
            )
            for kind, names in copy.kinds.items()
            for name in names
        )
