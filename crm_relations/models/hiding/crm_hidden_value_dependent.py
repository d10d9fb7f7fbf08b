import re
from dataclasses import replace

from odoo import api, models
from odoo.tools import SQL

from ...tools.hiding import Copy, is_column

PHONE = re.compile(r"phone|mobile")
EMAIL = re.compile(r"mail")
# Whose value is not the customer's.
OURS = frozenset(("res.company",))


class CrmHiddenValue(models.Model):
    """Copies that nobody has named: what another app, or a field of the company's own,
    computes from a customer's number or address and stores."""

    _inherit = "crm.hidden.value"

    @api.model
    def _complete_copies(self, copies):
        """Return these copies, and those that the dependences of fields betray."""
        known = {
            (copy.model, name) for copy in copies for name in copy.phone + copy.email
        }
        places = {
            (copy.model, copy.partner): index
            for index, copy in enumerate(copies)
            if not copy.source
        }
        completed = list(copies)
        for name, field, path, kind in self._get_dependent_fields(known):
            place = (name, ".".join(path) or "id")
            if place not in places:
                places[place] = len(completed)
                completed.append(self._make_dependent_copy(name, path))
            copy = completed[places[place]]
            names = (*copy.kinds[kind], field)
            completed[places[place]] = replace(copy, **{kind: names})
        return completed

    @api.model
    def _get_dependent_fields(self, known):
        """Yield model, field, the links that lead to the contact, and the kind."""
        partner = self._get_known_copies()[0]
        leaves = {"email_formatted": "email"}
        leaves |= {one: kind for kind, names in partner.kinds.items() for one in names}
        for name, field in self._get_stored_texts():
            found = (name, field.name) not in known and self._get_dependence(
                name, field, leaves
            )
            if found:
                yield name, field.name, *found

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
        """Return by which links a field depends on the number or the address of a
        contact, and on which of the two; None if it does not.

        :param leaves: ``{field of a contact: kind}``
        """
        for path in self.env.registry.field_depends[field]:
            *links, last = path.split(".")
            end = self._follow_links(name, links)
            if end == "res.partner" and last in leaves:
                return links, leaves[last]
            # Odoo often names only the contact there, and reads its number.
            to_contact = self._follow_links(name, [*links, last]) == "res.partner"
            for kind, pattern in (("phone", PHONE), ("email", EMAIL)):
                if to_contact and pattern.search(field.name):
                    return [*links, last], kind
        return None

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
