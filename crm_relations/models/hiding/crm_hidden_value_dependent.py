import re
from dataclasses import replace
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ...tools.hiding import Copy, is_column

PATTERNS = {"phone": re.compile(r"phone|mobile"), "email": re.compile(r"mail")}
# Whose value is not the customer's.
OURS = frozenset(("res.company",))


class Leaf(NamedTuple):
    """A column with a number or an address: by which links its row leads to whose it
    is, of which kind, and under which name its copy keeps it."""

    path: list
    kind: str
    key: str = ""


class CrmHiddenValue(models.Model):
    """Copies that nobody has named: what another app, or a field of the company's own,
    computes from a customer's number or address and stores."""

    _inherit = "crm.hidden.value"

    @api.model
    def _complete_copies(self, copies):
        """Return these copies, and those that the dependences of fields, and what
        stands beside a contact, betray."""
        completed = [*copies, *self._get_plain_copies(copies)]
        while found := self._get_dependent_fields(completed):
            for name, field, links, leaf in found:
                self._add_dependent(completed, name, field, links, leaf)
        return completed

    @api.model
    def _add_dependent(self, copies, name, field, links, leaf):
        """Add a column to the copy of what it is computed from, if that stands in the
        same row, else to one of those that follow the same links."""
        part = ".".join([*links, *leaf.path]) or "id"
        for index, copy in enumerate(copies):
            if self._takes_in(copy, name, part, "" if links else leaf.key):
                names = (*copy.kinds[leaf.kind], field)
                copies[index] = replace(copy, **{leaf.kind: names})
                return
        made = self._make_dependent_copy(name, part.split("."))
        copies.append(replace(made, **{leaf.kind: (field,)}))

    @api.model
    def _takes_in(self, copy, name, part, key):
        if key:
            return copy.key == key
        is_own = not copy.source and not copy.part and copy.partner == part
        return copy.model == name and (is_own or copy.part == part)

    @api.model
    def _get_dependent_fields(self, copies):
        """Return model, field, links and the ``Leaf`` at their end, of each stored text
        that is computed from what these hold."""
        known = {(copy.model, one) for copy in copies for one in copy.columns}
        leaves = self._get_leaves(copies)
        return [
            (name, field.name, *found)
            for name, field in self._get_stored_texts()
            if (name, field.name) not in known
            and (found := self._get_dependence(name, field, leaves))
        ]

    @api.model
    def _get_leaves(self, copies):
        """Return ``{(model, field): Leaf}`` of what these hold."""
        leaves = {("res.partner", "email_formatted"): Leaf([], "email")}
        for copy in copies:
            path = self._get_path(copy)
            for kind, names in copy.kinds.items() if path is not None else ():
                leaf = Leaf(path, kind, copy.key)
                leaves |= {(copy.model, one): leaf for one in names}
        return leaves

    @api.model
    def _get_path(self, copy):
        """Return by which links the rows of a copy lead to whose they are; None where
        more than links say it."""
        is_path = copy.part and not copy.plain
        links = (copy.part if is_path else copy.partner).split(".")
        if links == ["id"]:
            return []
        return links if self._follow_links(copy.model, links) == "res.partner" else None

    @api.model
    def _get_stored_texts(self):
        """Yield model and field of the texts that are computed and stored."""
        for name in sorted(self.env.registry):
            fields = self.env[name]._fields if self._has_table(name) else {}
            for field in fields.values():
                is_computed = field.compute and is_column(fields, field.name)
                if is_computed and field.type in ("char", "text"):
                    yield name, field

    @api.model
    def _has_table(self, name):
        model = self.env[name]
        return model._auto and not (model._abstract or model._transient or name in OURS)

    @api.model
    def _get_dependence(self, name, field, leaves):
        """Return by which links a field depends on a number or an address, and on
        which ``Leaf``; None if it does not.

        :param leaves: ``{(model, field): Leaf}``
        """
        for path in self.env.registry.field_depends[field]:
            *links, last = self._follow_related(name, path.split("."))
            leaf = leaves.get((self._follow_links(name, links), last))
            if leaf and self._is_told_by(field, path, leaf):
                return links, leaf
            # Odoo often names only the contact there, and reads its number.
            to_contact = self._follow_links(name, [*links, last]) == "res.partner"
            for kind, pattern in PATTERNS.items():
                if to_contact and pattern.search(field.name):
                    return [*links, last], Leaf([], kind)
        return None

    @api.model
    def _is_told_by(self, field, path, leaf):
        """Return whether a field shows what it depends on: what a contact has, or by
        its own name. Names of people often only fall back on an address."""
        *links, _last = path.split(".")
        of_contact = self._follow_links(field.model_name, links) == "res.partner"
        return of_contact or bool(PATTERNS[leaf.kind].search(field.name))

    @api.model
    def _follow_related(self, name, path):
        """Return a path past a last field that is not stored and only shows another."""
        *links, last = path
        end = self._follow_links(name, links)
        field = self.env[end]._fields.get(last) if end else None
        if field and field.related and not field.store:
            return self._follow_related(name, [*links, *field.related.split(".")])
        return path

    @api.model
    def _follow_links(self, name, links):
        """Return the model at the end of these links; None where one is no column."""
        for link in links:
            fields = self.env[name]._fields
            is_link = is_column(fields, link) and fields[link].type == "many2one"
            if not is_link or fields[link].company_dependent:
                return None
            name = fields[link].comodel_name
        return name

    @api.model
    def _make_dependent_copy(self, name, path):
        """Return a copy without columns yet, with the SELECT that follows the links."""
        part = ".".join(path) or "id"
        alias, model = "t0", name
        joins = SQL("%s AS t0", SQL.identifier(self.env[name]._table))
        for index, link in enumerate(path[:-1], 1):
            model = self.env[model]._fields[link].comodel_name
            joins = SQL(
                "%s JOIN %s AS %s ON %s = %s",
                joins,
                SQL.identifier(self.env[model]._table),
                SQL.identifier(f"t{index}"),
                SQL.identifier(f"t{index}", "id"),
                SQL.identifier(alias, link),
            )
            alias = f"t{index}"
        source = SQL(
            "SELECT t0.id, %s AS partner_id FROM %s",
            SQL.identifier(alias, path[-1] if path else "id"),
            joins,
        )
        return Copy(name, source=source, part=part)
