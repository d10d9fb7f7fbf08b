import json

from odoo import api, models
from odoo.tools import SQL, ormcache


class CrmPartnerLink(models.AbstractModel):
    """Ids inside stored facts, lists of ids and pairs of model and id.

    No foreign key tells of them: columns of facts are named ``facts`` or
    ``…_facts``, and which of their keys hold an id is told by
    ``crm.reason._get_fact_links``; a list of contacts is named ``contact_ids…``.
    """

    _inherit = "crm.partner.link"

    @api.model
    @ormcache("model", cache="stable")
    def _get_facts_columns(self, model):
        return self._get_json_columns(
            model, lambda name: name == "facts" or name.endswith("_facts")
        )

    @api.model
    @ormcache("model", cache="stable")
    def _get_list_columns(self, model):
        return self._get_json_columns(
            model, lambda name: name.startswith("contact_ids")
        )

    @api.model
    def _get_json_columns(self, model, is_meant):
        return tuple(
            field.name
            for field in self.env[model]._fields.values()
            if field.type == "json" and field.store and is_meant(field.name)
        )

    @api.model
    def _get_partners(self, model, ids):
        """Return the ids of all partners to whom these rows point."""
        columns = self._get_partner_columns().get(model, ())
        rows = self.env[model].browse(ids).exists()
        return sorted({row[name].id for row in rows for name in columns if row[name]})

    @api.model
    def _follow_ids(self, model, kept_by_id, partner_ids, among=None):
        """Let ids in what is stored follow records that others stand for now.

        Only in rows of the partners concerned: their columns are indexed, and a scan of
        all ledgers would cost every merge.

        :param model: the model of the records that are replaced
        :param kept_by_id: ``{id that goes: id that stays}``
        :param partner_ids: whose rows are looked through
        :param among: names of the models that have rows of them, if known
        """
        names = self._get_partner_columns()
        updates = [
            self._get_update_sql(name, changes, partner_ids)
            for name in (names if among is None else names.keys() & among)
            if (changes := self._get_changes(name, model, kept_by_id))
        ]
        if updates:
            self.env.flush_all()
            parts = SQL(", ").join(
                SQL("%s AS (%s)", SQL.identifier(f"written_{number}"), update)
                for number, update in enumerate(updates)
            )
            self.env.execute_query(SQL("WITH %s SELECT 1", parts))
            self.env.invalidate_all()

    @api.model
    def _get_update_sql(self, name, changes, partner_ids):
        """Return the UPDATE of all columns of one table.

        :param changes: ``[(column, new value, condition)]``
        """
        return SQL(
            "UPDATE %(table)s SET %(values)s WHERE (%(concerned)s) AND (%(changed)s)",
            table=SQL.identifier(self.env[name]._table),
            values=SQL(", ").join(
                SQL(
                    "%(c)s = CASE WHEN %(changed)s THEN %(value)s ELSE %(c)s END",
                    c=SQL.identifier(column),
                    changed=condition,
                    value=value,
                )
                for column, value, condition in changes
            ),
            concerned=SQL(" OR ").join(
                SQL("%s = ANY(%s)", SQL.identifier(column), list(partner_ids))
                for column in self._get_partner_columns()[name]
            ),
            changed=SQL(" OR ").join(condition for *_rest, condition in changes),
        )

    @api.model
    def _get_changes(self, name, model, kept_by_id):
        return [
            *self._get_changed_facts(name, model, kept_by_id),
            *self._get_changed_lists(name, model, kept_by_id),
            *self._get_changed_references(name, model, kept_by_id),
        ]

    @api.model
    def _get_changed_facts(self, name, model, kept_by_id):
        """Yield (column, new value, condition) of facts that name one of these."""
        keys = [
            key.split("/")
            for key, linked in self.env["crm.reason"]._get_fact_links().items()
            if linked == model
        ]
        for column in self._get_facts_columns(name) if keys else ():
            facts = SQL.identifier(column)
            value, conditions = facts, []
            for *code, key in keys:
                holds = SQL(
                    "COALESCE(%s -> %s = ANY(%s::jsonb[]) AND (%s), FALSE)",
                    facts,
                    key,
                    [json.dumps(number) for number in kept_by_id],
                    SQL("%s ->> 'code' = %s", facts, code[0]) if code else SQL("TRUE"),
                )
                value = SQL(
                    "CASE WHEN %(holds)s THEN jsonb_set(%(value)s, ARRAY[%(key)s],"
                    " %(kept)s::jsonb -> (%(facts)s ->> %(key)s)) ELSE %(value)s END",
                    holds=holds,
                    value=value,
                    key=key,
                    kept=json.dumps(kept_by_id),
                    facts=facts,
                )
                conditions.append(holds)
            yield column, value, SQL("(%s)", SQL(" OR ").join(conditions))

    @api.model
    def _get_changed_lists(self, name, model, kept_by_id):
        """Yield the same of lists of contacts."""
        for column in self._get_list_columns(name) if model == "res.partner" else ():
            value = SQL(
                """
                (SELECT jsonb_agg(DISTINCT
                        COALESCE(%(kept)s::jsonb -> (number #>> '{}'), number))
                   FROM jsonb_array_elements(%(ids)s) AS number)
                """,
                kept=json.dumps(kept_by_id),
                ids=SQL.identifier(column),
            )
            condition = SQL(
                "%s @> ANY(%s::jsonb[])",
                SQL.identifier(column),
                [json.dumps(number) for number in kept_by_id],
            )
            yield column, value, condition

    @api.model
    def _get_changed_references(self, name, model, kept_by_id):
        """Yield the same of pairs of model and id."""
        for field in self.env[name]._fields.values():
            if field.type == "many2one_reference" and field.store:
                yield (
                    field.name,
                    SQL(
                        "(%s::jsonb ->> %s::text)::int",
                        json.dumps(kept_by_id),
                        SQL.identifier(field.name),
                    ),
                    SQL(
                        "%s = %s AND %s = ANY(%s)",
                        SQL.identifier(field.model_field),
                        model,
                        SQL.identifier(field.name),
                        list(kept_by_id),
                    ),
                )
