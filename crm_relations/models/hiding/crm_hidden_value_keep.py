from odoo import api, models
from odoo.tools import SQL

from .crm_hidden_value import KEPT

HIDDEN = {kind: SQL.identifier("hidden", kind) for kind in KEPT}


class CrmHiddenValue(models.Model):
    """The parts of the statements that empty columns and keep what they held."""

    _inherit = "crm.hidden.value"

    @api.model
    def _get_keeping_sql(self, copy, family, only, lock):
        """Return common table expressions: ``kept`` has the records whose values have
        been kept, ``found`` those that had any.

        :param family: SELECT of partner_id, customer_id, phone, email: whose values,
            and whether these are hidden
        :param only: condition on ``record``
        """
        return SQL(
            """
            hidden AS MATERIALIZED (%(family)s),
            found AS MATERIALIZED (
            SELECT record.id, hidden.partner_id, hidden.customer_id, %(values)s
              FROM %(filled)s AND %(only)s
                   %(lock)s),
            kept AS (%(insert)s)
            """,
            family=family,
            values=self._get_kept_sql(copy),
            filled=self._get_filled_from_sql(copy),
            only=only,
            lock=lock,
            insert=self._get_insert_sql(copy),
        )

    @api.model
    def _get_filled_from_sql(self, copy):
        """Return what stands behind FROM, with its WHERE: the records of whom something
        in ``hidden`` is to be hidden, and stands there."""
        table = self.env[copy.model]._table
        return SQL(
            """
            hidden
              JOIN (%(source)s) AS link ON link.partner_id = hidden.partner_id
              JOIN %(table)s AS record ON record.id = link.id
             WHERE (%(filled)s)
            """,
            source=copy.get_source(table),
            table=SQL.identifier(table),
            filled=self._get_filled_sql(copy, "record", HIDDEN),
        )

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
    def _get_filled_sql(self, copy, alias, wanted):
        """Return the condition that something stands in a row that is to be hidden.

        :param wanted: the conditions, by kind, that it is to be hidden
        """
        return SQL(" OR ").join(
            SQL(
                "%s AND COALESCE(%s) IS NOT NULL",
                wanted[kind],
                SQL(", ").join(
                    SQL("NULLIF(%s, '')", SQL.identifier(alias, name)) for name in names
                ),
            )
            for kind, names in copy.kinds.items()
            if names
        )

    @api.model
    def _get_insert_sql(self, copy):
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
         RETURNING res_id, phones, emails
            """,
            model=copy.key,
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

    @api.model
    def _get_emptied_sql(self, copy, alias):
        """Return the SET, with a comma in front, of an UPDATE of ``alias`` that does
        not join ``kept``: it empties what ``kept`` has, which is complete by then."""
        return SQL("").join(
            SQL(
                ", %(name)s = CASE WHEN %(id)s IN (SELECT res_id FROM kept"
                " WHERE %(kept)s IS NOT NULL) THEN NULL ELSE %(old)s END",
                name=SQL.identifier(name),
                id=SQL.identifier(alias, "id"),
                kept=SQL.identifier(KEPT[kind]),
                old=SQL.identifier(alias, name),
            )
            for kind, names in copy.kinds.items()
            for name in names
        )

    @api.model
    def _hand_on(self, kind, record, heir):
        """Let another record of the same model have what is hidden of this one; what is
        hidden of the heir with another customer stays as it is."""
        self.flush_model()
        kept, key = SQL.identifier(KEPT[kind]), SQL.identifier(f"{kind}_key")
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_hidden_value AS kept (model, res_id, partner_id,
                       customer_id, %(kept)s, %(key)s)
                SELECT model, %(heir)s, partner_id, customer_id, %(kept)s, %(key)s
                  FROM crm_hidden_value
                 WHERE model = %(model)s AND res_id = %(record)s
           ON CONFLICT (model, res_id) DO UPDATE
                   SET %(kept)s = EXCLUDED.%(kept)s, %(key)s = EXCLUDED.%(key)s
                 WHERE kept.customer_id = EXCLUDED.customer_id
             RETURNING kept.id
                """,
                kept=kept,
                key=key,
                heir=heir.id,
                model=record._name,
                record=record.id,
            )
        )
        heir.invalidate_recordset(["hidden_phone", "hidden_email"], flush=False)
