import json
from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

from .relations import RelationsCommon

SUITE = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")


class LinksCommon(RelationsCommon):
    """What the database itself says of the suite's tables, and rows for any of them."""

    @classmethod
    def _get_tables(cls):
        """Return ``{table: model}`` of the suite."""
        return {
            model._table: cls.env[name]
            for name, model in cls.env.registry.items()
            if model._original_module in SUITE
            and model._auto
            and not model._abstract
            and cls.env[name]._table_query is None
        }

    @classmethod
    def _get_links(cls):
        """Return all foreign keys of the suite: of its tables, of the tables of its
        fields with many values and of its own columns in tables of Odoo.

        :return: ``[(table, column, table it points to, what a deletion does)]``; the
            last one is a letter of pg_constraint
        """
        fields = cls._get_stored_fields()
        columns = {(table, f.name) for table, f in fields if f.type == "many2one"}
        tables = {f.relation for _table, f in fields if f.type == "many2many"}
        tables = {*cls._get_tables(), *filter(None, tables)}
        cls.env.cr.execute(
            """
            SELECT source.relname, column_.attname, target.relname, link.confdeltype
              FROM pg_constraint AS link
              JOIN pg_class AS source ON source.oid = link.conrelid
              JOIN pg_class AS target ON target.oid = link.confrelid
              JOIN pg_attribute AS column_
                ON column_.attrelid = link.conrelid AND column_.attnum = link.conkey[1]
             WHERE link.contype = 'f'
          ORDER BY source.relname, column_.attname
            """
        )
        return [
            link
            for link in cls.env.cr.fetchall()
            if link[0] in tables or link[:2] in columns
        ]

    @classmethod
    def _get_stored_fields(cls):
        """Return ``[(table, field)]`` of the fields that the suite stores."""
        return [
            (model._table, field)
            for model in cls.env.registry.values()
            for field in model._fields.values()
            if field.store and set(SUITE).issuperset(field._modules or "?")
        ]

    @classmethod
    def _insert(cls, model, number=0, key_of=None, **given):
        """Insert a row with all that its table requires, without rules in the way.

        :param number: rows of different numbers differ in every column that has many
            values
        :param key_of: fill the unique keys with this column as well
        """
        model = cls.env[model]
        values = cls._get_required_values(model, number, key_of, given) | given
        rows = cls.env.execute_query(
            SQL(
                "INSERT INTO %s (%s) VALUES (%s) RETURNING id",
                SQL.identifier(model._table),
                SQL(", ").join(SQL.identifier(name) for name in values),
                SQL(", ").join(SQL("%s", value) for value in values.values()),
            )
        )
        return rows[0][0]

    @classmethod
    def _get_names_in_keys(cls, model, key_of):
        """Return the fields of the unique keys of the model that hold ``key_of``."""
        return {
            name
            for owner, keys, _condition in cls.env[
                "crm.partner.link"
            ]._get_unique_keys()
            if owner == model._name and key_of in keys
            for name in keys
            if name in model._fields
        }

    @classmethod
    def _get_required_values(cls, model, number, key_of, given=()):
        cls.env.cr.execute(
            """
            SELECT column_name FROM information_schema.columns
             WHERE table_name = %s AND is_nullable = 'NO' AND column_name <> 'id'
            """,
            [model._table],
        )
        names = {name for (name,) in cls.env.cr.fetchall()}
        names |= cls._get_names_in_keys(model, key_of)
        names = names.difference(given)
        own = cls._get_columns_of_one_row(model._table)
        return {
            name: cls._insert(model._fields[name].comodel_name, number)
            if name in own and model._fields[name].type == "many2one"
            else cls._get_some_value(model._fields[name], number)
            for name in sorted(names)
        }

    @classmethod
    def _get_columns_of_one_row(cls, table):
        """Return the columns that are unique by themselves."""
        cls.env.cr.execute(
            """
            SELECT column_.attname
              FROM pg_index AS index
              JOIN pg_attribute AS column_ ON column_.attrelid = index.indrelid
               AND column_.attnum = index.indkey[0]
             WHERE index.indisunique AND index.indnkeyatts = 1
               AND index.indpred IS NULL
               AND index.indrelid = %s::regclass
            """,
            [table],
        )
        return {name for (name,) in cls.env.cr.fetchall()} - {"partner_id"}

    @classmethod
    def _get_some_value(cls, field, number):
        if field.type == "many2one":
            return cls._get_some_record(field.comodel_name, number)
        if field.type == "selection":
            return field.get_values(cls.env)[0]
        if field.translate:
            return json.dumps({"en_US": f"text {number}"})
        day = fields.Date.today() - timedelta(days=number + 1)
        return {
            "date": day,
            "datetime": fields.Datetime.to_datetime(day),
            "integer": number + 1,
            "many2one_reference": number + 1,
            "float": 1.0,
            "monetary": 1.0,
            "boolean": True,
            "json": "{}",
        }.get(field.type, f"text {number}")

    @classmethod
    def _get_some_record(cls, comodel, number):
        if comodel == "res.users":
            return (cls.sally, cls.sam, cls.max)[number % 3].id
        records = cls.env[comodel].sudo().with_context(active_test=False)
        found = records.search([], limit=1, offset=number)
        if not found and comodel not in cls._get_models():
            found = records.search([], limit=1)
        return found.id or cls._insert(comodel, number)

    @classmethod
    def _get_models(cls):
        return {model._name for model in cls._get_tables().values()}
