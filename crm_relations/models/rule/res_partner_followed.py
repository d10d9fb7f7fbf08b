from contextlib import contextmanager

from odoo import api, models
from odoo.tools import SQL, ormcache

from ...tools.suite import is_ours

ANSWERS = "crm_relations.followed"
# What tables of the suite keep of a customer and have to follow once it is one.
FOLLOWED = ("company_id", "relation_company_id", "phone_sanitized", "active")


class ResPartner(models.Model):
    """Who has nothing to do with us pays nothing for what hangs on customers.

    Stored fields of the suite that depend on a partner through another table (the
    company of a follow-up, the number of a callback) make the ORM search that table
    whenever any contact is written. The search is left out for contacts that belong to
    no managed customer; what it left out is made good when they become one.

    What depends on being a customer says nothing of who is none: nor is it decided anew
    for them, until they become one or cease to be one.
    """

    _inherit = "res.partner"

    def modified(self, fnames, create=False, before=False):
        new = "is_managed_customer" in fnames and not (create or before)
        if new and self._has_lines():
            fnames = [*fnames, *(name for name in FOLLOWED if name not in fnames)]
        # Created or deleted: of who is no customer, what is ours is empty.
        elif len(fnames) == len(self._fields) and not self._has_customers():
            fnames = self._get_fields_of_all()
        return super().modified(fnames, create=create, before=before)

    def _modified(self, fields, create):
        found = self._find_modified(fields, create)
        if not found or (not create and self._fields["is_managed_customer"] in fields):
            return found
        # Who is just created is a customer if told so: computing can only take it back.
        told = self._fields["is_managed_customer"]._get_cache(self.env)
        kept = any(map(told.get, self._ids)) if create else None
        return self._without_fields_of_customers(found, kept)

    def _find_modified(self, fields, create):
        """As Odoo's own, from a tree that is kept: to merge those of all fields anew is
        a tenth of what it takes to create a contact."""

        def is_told(field):
            stored = field.compute and field.store
            return stored or bool(field._get_all_cache_ids(self.env))

        names = tuple(field.name for field in fields)
        tree = self._get_triggers(names, create, self._is_of_customers())
        tree = type(tree).merge([tree], is_told)
        if not tree:
            return ()
        # Superuser: what follows, follows whoever writes, as Odoo has it.
        partners = self.sudo().with_context(active_test=False)
        return partners._modified_triggers(tree, create)

    @api.model
    @ormcache("names", "create", "is_followed")
    def _get_triggers(self, names, create, is_followed):
        """Return what hangs on these fields, in Odoo's form, without links of ours to
        who belongs to no customer; nothing names yet who is just created."""
        tree = self.pool.get_trigger_tree([self._fields[name] for name in names])
        kept = type(tree)(tree.root)
        for link, below in tree.items():
            is_new = create and link.type in ("many2one", "many2one_reference")
            if not is_new and (is_followed or not is_ours(link)):
                kept[link] = below
        return kept

    def _without_fields_of_customers(self, found, kept):
        names = self._get_fields_of_customers()
        for field, records, create in found:
            if field.name in names and records == self:
                kept = self._has_customers() if kept is None else kept
                if not kept:
                    continue
            yield field, records, create

    def _has_customers(self):
        """Return whether one of these is a managed customer, or may be about to be."""
        if not all(self._ids) or self._is_pending("is_managed_customer"):
            return True
        return bool(self._filter_managed())

    @api.model
    @ormcache(cache="stable")
    def _get_fields_of_customers(self):
        """Return the names of the stored fields that depend on being a customer."""
        depends = self.pool.field_depends
        return frozenset(
            name
            for name, field in self._fields.items()
            if field.store and "is_managed_customer" in depends[field]
        )

    @api.model
    @ormcache(cache="stable")
    def _get_fields_of_all(self):
        """Return the names of all fields without those of ours that only we heed."""
        dependents = self.pool.get_dependent_fields
        return tuple(
            name
            for name, field in self._fields.items()
            if not is_ours(field)
            or not all(is_ours(found) or found.inherited for found in dependents(field))
        )

    def _has_lines(self):
        """Return whether any table of ours knows these partners; one query, which
        flushes nothing: what is only being written will follow by itself."""
        # Superuser: whether there is a line, not what it says.
        columns = self.env["crm.partner.link"].sudo()._get_partner_columns()
        ids = [number for number in self._ids if isinstance(number, int)]
        asked = [
            SQL(
                "EXISTS (SELECT FROM %s WHERE %s = ANY(%s))",
                SQL.identifier(self.env[model]._table),
                SQL.identifier(column),
                ids,
            )
            for model, names in columns.items()
            for column in names
        ]
        ((found,),) = self.env.execute_query(
            SQL("SELECT %s", SQL(" OR ").join(asked) or SQL("FALSE"))
        )
        return found

    def _modified_triggers(self, tree, create=False):
        ours = set(filter(is_ours, tree))
        if ours:
            followed = set()
            if self._is_of_customers():
                # Nothing names yet who is just created.
                followed = ours if create else self._get_followed(ours)
            rest = type(tree)(tree.root)
            rest.update((f, sub) for f, sub in tree.items() if f not in ours - followed)
            tree = rest
        yield from super()._modified_triggers(tree, create)

    def _get_followed(self, links):
        """Return those of these links by which a row names one of these partners; one
        query instead of a search for each. It flushes nothing: what is only being
        written will follow by itself."""
        asked = [link for link in links if link.type == "many2one" and link.store]
        ids = [number for number in self._ids if isinstance(number, int)]
        if len(asked) < 2 or len(ids) < len(self):
            return links
        answers = self.env.cr.cache.get(ANSWERS, {})
        question = frozenset(links), frozenset(ids)
        if question not in answers:
            answers[question] = links - self._get_unused(asked, ids)
        return answers[question]

    @contextmanager
    def _asking_once(self):
        """Before and after a write the ORM asks the same: what comes to name these
        partners in between is computed by itself."""
        self.env.cr.cache[ANSWERS] = {}
        try:
            yield
        finally:
            self.env.cr.cache.pop(ANSWERS, None)

    def _get_unused(self, asked, ids):
        """Return those of these links by which no row names one of these partners."""
        terms = [
            SQL(
                "EXISTS (SELECT FROM %s WHERE %s = ANY(%s))",
                self.env[link.model_name]._table_sql,
                SQL.identifier(link.name),
                ids,
            )
            for link in asked
        ]
        [found] = self.env.execute_query(SQL("SELECT %s", SQL(", ").join(terms)))
        return {link for link, is_used in zip(asked, found, strict=True) if not is_used}

    def _is_of_customers(self):
        """Return whether one of these partners is or belongs to a managed customer,
        or may be about to: while its place is being decided, nothing is left out."""
        if not all(self._ids) or self._is_pending("commercial_partner_id"):
            return True
        return self._has_customers() or self.commercial_partner_id._has_customers()

    def _is_pending(self, name):
        pending = self.env.transaction.tocompute.get(self._fields[name])
        return bool(pending) and not pending.isdisjoint(self._ids)
