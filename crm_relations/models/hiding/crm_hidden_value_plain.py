import re

from odoo import api, models
from odoo.tools import SQL

from ...tools.hiding import Copy, is_column
from ...tools.suite import is_ours
from .crm_hidden_value_dependent import PATTERNS

# Who else is told by mail, thus third persons; what a mail looks like.
OTHERS = re.compile(r"_cc$|_xmlid$")


class CrmHiddenValue(models.Model):
    """Copies that nobody has named and that nothing computes: a second number that a
    company adds to its contacts, an address that a mail has brought to a task."""

    _inherit = "crm.hidden.value"

    @api.model
    def _get_plain_copies(self, copies):
        """Return a copy for each text that a person, a page or a mail fills with a
        number or an address beside a contact; each for itself, so that what is typed
        into one keeps no other from coming back. The rooms of the suite name theirs.

        :param copies: those that are known
        """
        known = {(copy.model, one) for copy in copies for one in copy.columns}
        return [
            self._make_plain_copy(name, link, field.name, kind)
            for name in sorted(self.env.registry)
            if self._has_table(name) and (link := self._get_link(name))
            for field in self.env[name]._fields.values()
            if (name, field.name) not in known
            and self._is_typed(field)
            and (kind := self._get_kind(field.name))
        ]

    @api.model
    def _get_link(self, name):
        """Return the column by which Odoo's records say whose they are, or None."""
        if name == "res.partner":
            return "id"
        fields = self.env[name]._fields
        is_link = is_column(fields, "partner_id")
        if is_link and fields["partner_id"].comodel_name == "res.partner":
            return "partner_id"
        return None

    @api.model
    def _is_typed(self, field):
        """Return whether a field is a text of its own, and not of the suite."""
        is_text = field.type in ("char", "text") and field.store
        is_whole = not (field.company_dependent or field.translate)
        return is_text and is_whole and not field.compute and not is_ours(field)

    @api.model
    def _get_kind(self, name):
        """Return which kind the name of a column tells of, or None."""
        if OTHERS.search(name):
            return None
        kinds = (kind for kind, pattern in PATTERNS.items() if pattern.search(name))
        return next(kinds, None)

    @api.model
    def _make_plain_copy(self, name, link, column, kind):
        source = SQL(
            "SELECT id, %s AS partner_id FROM %s",
            SQL.identifier(link),
            SQL.identifier(self.env[name]._table),
        )
        return Copy(
            name,
            partner=link,
            source=source,
            part=f"{link}.{column}",
            plain=True,
            **{kind: (column,)},
        )
