from odoo import api, models
from odoo.tools import SQL, ormcache

from ....tools.suite import SUITE


class CrmPartnerLink(models.AbstractModel):
    """Where rows of the suite point to partners, told by the models themselves.

    What happens to a partner (it is merged into another, a customer becomes a contact)
    asks here which rows are concerned, so that no room lists its tables, and no table
    that comes later is forgotten.
    """

    _name = "crm.partner.link"
    _description = "Links to customers and contacts"

    @api.model
    @ormcache(cache="stable")
    def _get_partner_columns(self):
        """Return ``{model: (columns that hold a partner)}`` of the suite's tables, but
        for those of dialogs, which are emptied by themselves."""
        found = {
            name: tuple(filter(self._points_to_partner, model._fields.values()))
            for name, model in self.env.registry.items()
            if self._is_table_of_suite(model)
        }
        return {
            name: tuple(field.name for field in columns)
            for name, columns in found.items()
            if columns
        }

    @api.model
    def _is_table_of_suite(self, model):
        is_table = model._auto and not model._abstract and not model._transient
        return is_table and model._original_module in SUITE

    @api.model
    def _points_to_partner(self, field):
        is_link = field.type == "many2one" and field.store
        return is_link and field.comodel_name == "res.partner"

    @api.model
    @ormcache(cache="stable")
    def _get_unique_keys(self):
        """Return ``[(model, (SQL text of its keys), SQL text of its condition)]`` of
        the unique indexes that hold a partner."""
        columns = self._get_partner_columns()
        models_by_table = {self.env[name]._table: name for name in columns}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT class.relname,
                       ARRAY(SELECT pg_get_indexdef(index.indexrelid, place, TRUE)
                               FROM generate_series(1, index.indnkeyatts) AS place),
                       pg_get_expr(index.indpred, index.indrelid, TRUE)
                  FROM pg_index AS index
                  JOIN pg_class AS class ON class.oid = index.indrelid
                 WHERE index.indisunique AND NOT index.indisprimary
                   AND class.relnamespace = current_schema::regnamespace
                   AND class.relname = ANY(%s)
              ORDER BY index.indexrelid
                """,
                list(models_by_table),
            )
        )
        return [
            (models_by_table[table], tuple(keys), condition or "TRUE")
            for table, keys, condition in rows
            if any(
                column in key
                for column in columns[models_by_table[table]]
                for key in keys
            )
        ]

    @api.model
    def _find_models_of(self, partner_ids):
        """Return the names of the models with rows that point to one of these: of most
        partners the suite tells nothing, and nothing more need be asked. One query."""
        asked = [
            SQL(
                "SELECT %s WHERE EXISTS (SELECT FROM %s WHERE %s)",
                name,
                SQL.identifier(self.env[name]._table),
                SQL(" OR ").join(
                    SQL("%s = ANY(%s)", SQL.identifier(column), list(partner_ids))
                    for column in columns
                ),
            )
            for name, columns in self._get_partner_columns().items()
        ]
        self.env.flush_all()
        rows = self.env.execute_query(SQL(" UNION ALL ").join(asked))
        return frozenset(name for (name,) in rows)

    @api.model
    def _find_twins(self, lost_ids, kept_id, *apart, among=None):
        """Return ``{model: {id: id of the row that stays}}`` of the rows that a unique
        index would refuse once ``lost_ids`` are ``kept_id``; one statement. The row of
        the partner that stays comes first, then the older one.

        :param apart: columns in which the partners stay two
        :param among: names of the models that have rows of them, if known
        """
        keys = [
            key for key in self._get_unique_keys() if among is None or key[0] in among
        ]
        if not keys:
            return {}
        self.env.flush_all()
        parts = [self._get_twins_sql(*key, lost_ids, kept_id, apart) for key in keys]
        twins = {}
        for model, kept, lost in self.env.execute_query(SQL(" UNION ALL ").join(parts)):
            twins.setdefault(model, {}).setdefault(lost, kept)
        return twins

    @api.model
    def _get_twins_sql(self, model, keys, condition, lost_ids, kept_id, apart):
        partners = set(self._get_partner_columns()[model]).difference(apart)
        involved = [*lost_ids, kept_id]
        columns = [
            self._get_merged_column_sql(field.name, partners, lost_ids, kept_id)
            for field in self.env[model]._fields.values()
            if field.store and field.column_type and field.name != "id"
        ]
        # Text of the catalogue, with the names of columns as they are here.
        keys = [SQL("(%s)", self._get_literal_sql(key)) for key in keys]
        return SQL(
            """
            SELECT %(model)s, kept, id
              FROM (SELECT id, first_value(id) OVER alike AS kept,
                           row_number() OVER alike AS number
                      FROM (SELECT id, %(moves)s AS moves, %(columns)s
                              FROM %(table)s AS joined
                             WHERE %(concerned)s) AS joined
                     WHERE (%(condition)s) AND %(given)s
                    WINDOW alike AS (PARTITION BY %(keys)s ORDER BY moves, id)) AS twin
             WHERE number > 1
            """,
            model=model,
            moves=SQL(" OR ").join(
                SQL("COALESCE(%s = ANY(%s), FALSE)", SQL.identifier(name), lost_ids)
                for name in partners
            ),
            columns=SQL(", ").join(columns),
            table=SQL.identifier(self.env[model]._table),
            concerned=SQL(" OR ").join(
                SQL("%s = ANY(%s)", SQL.identifier(name), involved) for name in partners
            ),
            condition=self._get_literal_sql(condition),
            given=SQL(" AND ").join(SQL("%s IS NOT NULL", key) for key in keys),
            keys=SQL(", ").join(keys),
        )

    @api.model
    def _get_merged_column_sql(self, name, partners, lost_ids, kept_id):
        column = SQL.identifier(name)
        if name not in partners:
            return column
        return SQL(
            "CASE WHEN %(column)s = ANY(%(lost)s) THEN %(kept)s ELSE %(column)s END"
            " AS %(column)s",
            column=column,
            lost=lost_ids,
            kept=kept_id,
        )

    @api.model
    def _get_literal_sql(self, text):
        return SQL(text.replace("%", "%%"))
