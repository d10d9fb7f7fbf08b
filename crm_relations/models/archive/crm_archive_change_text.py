from odoo import api, models
from odoo.tools import html2plaintext

from ...tools.arguments import read_id
from ...tools.field_texts import write_text
from ...tools.sentences import join_label, join_words

# What can be told in a line, before and after.
TYPES = frozenset(
    (
        *("char", "text", "html", "selection", "many2one", "many2many", "boolean"),
        *("integer", "float", "monetary", "date", "datetime", "properties"),
    )
)
LINKS = ("many2one", "many2many")
OF_PARTNERS = "res.partner"


class CrmArchiveChange(models.Model):
    """Which fields are kept, and their values as texts: what follows from the record is
    told in the reader's language, names as they were, since records go."""

    _inherit = "crm.archive.change"

    @api.model
    def _is_kept(self, field):
        """Tell whether changes of a field can be told: what is typed, not decided."""
        return field.store and field.type in TYPES and not field.readonly

    @api.model
    def _get_kept_models(self):
        """Return the names of the models whose lines belong to the archive."""
        mixin = self.env.registry["crm.archive.kept.mixin"]
        return [
            name
            for name, model in self.env.registry.items()
            if issubclass(model, mixin) and not model._abstract
        ]

    def _selection_field_key(self):
        partners = self.env[OF_PARTNERS]
        found = [
            (name, self._get_label(partners._fields[name]))
            for name in partners._get_kept_names()
        ]
        for name in self._get_kept_models():
            model = self.env[name]
            title = model._get_kept_title()
            found.append((name, title))
            found += [
                (
                    f"{name}/{kept}",
                    join_label(self.env, title, self._get_label(model._fields[kept])),
                )
                for kept in model._get_kept_names()
            ]
        return sorted(found, key=lambda choice: choice[1])

    @api.model
    def _get_label(self, field):
        return field._description_string(self.env)

    def _get_key_label(self):
        labels = self._fields["field_key"]._description_selection(self.env)
        return dict(labels).get(self.field_key, self.field_key)

    def _get_kept_field(self):
        """Return the field that was changed; None where a line came or went, or the
        addon of the field is gone."""
        model, _slash, name = (self.field_key or "").rpartition("/")
        model = model or OF_PARTNERS
        return self.env[model]._fields.get(name) if model in self.env else None

    @api.model
    def _get_kept_text(self, record, field):
        """Return what stands in a field of ``record``, as a text that says the same to
        everybody."""
        if field.type in LINKS:
            # The same names for all readers of a line that is not there any more.
            linked = record[field.name].with_context(lang=None)
            return "\n".join(
                f"{one.id},{one[one._rec_name or 'id']}" for one in linked.sorted("id")
            )
        value = record[field.name]
        if field.type == "html":
            return html2plaintext(value or "").strip()
        if field.type == "properties":
            return self._get_text_of_properties(record, field, value)
        return write_text(field.type, value)

    @api.model
    def _get_text_of_properties(self, record, field, value):
        told = []
        for each in field.convert_to_read(value, record) or []:
            words = each.get("value")
            if each.get("type") == "selection":
                words = dict(map(tuple, each["selection"])).get(words, words)
            elif isinstance(words, (list, tuple)):
                words = join_words(
                    self.env,
                    [
                        str(one[-1]) if isinstance(one, (list, tuple)) else str(one)
                        for one in words
                    ],
                )
            if words:
                told.append(join_label(self.env, each["string"], words))
        return "\n".join(told)

    def _tell_kept(self, text):
        """Return a text of ours in the reader's words."""
        field = self._get_kept_field()
        if not text or not field:
            return text or ""
        if field.type in LINKS:
            return join_words(
                self.env,
                [self._tell_link(field, line) for line in text.splitlines() if line],
            )
        tell = self.env["crm.archive.proposal"]._tell
        # Superuser: in which currency the customer is judged.
        return tell(self.sudo().partner_id or self.sudo().customer_id, field, text)

    def _tell_link(self, field, line):
        number, _comma, name = line.partition(",")
        linked = self.env[field.comodel_name]
        names = linked._fields.get(linked._rec_name)
        linked_id = read_id(number)
        if not names or not names.translate or linked_id is None:
            return name
        # Superuser: the name in the reader's language of what has been chosen.
        return linked.sudo().browse(linked_id).exists().display_name or name
