from textwrap import shorten

from odoo import api, fields, models

from ...tools.domain_words import tell_domain
from ...tools.sentences import join_parts, join_sentences, join_words, tell_number

SHORT = 80
MAGIC = set(models.MAGIC_COLUMNS)
TECHNICAL = {"name", "sequence", "active"}
LINES = ("one2many", "many2many")


class CrmRuleSentence(models.AbstractModel):
    """What a rule does, in words that leave nothing out.

    A rule tells the gist in words of its own (``_get_sentence_words``) and names the
    fields that those hold (``_get_worded_fields``). Whatever else differs from a new
    rule follows with its label: so a field that is added later is told as well.
    """

    _name = "crm.rule.sentence"
    _description = "Rule in words"

    sentence = fields.Char(compute="_compute_sentence")

    @api.depends(lambda self: self._get_sentence_triggers())
    @api.depends_context("lang")
    def _compute_sentence(self):
        for rule in self:
            words = [*rule._get_sentence_words(), rule._get_remaining_words()]
            rule.sentence = join_sentences(words)

    def _get_sentence_words(self):
        """Hook: return the sentences of this rule; empty ones are left out."""
        return []

    @api.model
    def _get_worded_fields(self):
        """Hook: return the names of the fields that those sentences tell."""
        return set()

    @api.model
    def _get_untold_fields(self):
        """Hook: return the names of fields that say nothing about what a rule does."""
        return TECHNICAL

    @api.model
    def _get_domain_models(self):
        """Hook: return ``{field that holds a domain: name of the model it is on}``."""
        return {}

    @api.model
    def _get_sentence_triggers(self):
        """Hook: return what the sentence depends on."""
        return sorted(self._get_told_fields() | self._get_worded_fields())

    @api.model
    def _get_told_fields(self):
        """Return the names of all fields that people set on a rule."""
        untold = self._get_untold_fields()
        return {
            name
            for name, field in self._fields.items()
            if field.store and not field.readonly and name not in MAGIC
            # Lines that are copied are a part of the rule; others came of it.
            if field.type != "one2many" or field.copy
            if name not in untold and not name.startswith("message_")
        }

    def _get_remaining_words(self):
        """Return a sentence on all that is neither in the others nor as in a new
        rule."""
        self.ensure_one()
        names = self._get_told_fields() - self._get_worded_fields()
        usual = self.new(self.default_get(list(names)))
        parts = [
            self._tell_field(name)
            for name in self._fields
            if name in names and self._get_plain(name) != usual._get_plain(name)
        ]
        parts = join_parts(self.env, parts)
        return self.env._("Besides: %(parts)s.", parts=parts) if parts else ""

    def _get_plain(self, name):
        value = self[name]
        if self._fields[name].type in LINES:
            return value.mapped("display_name")
        return value._origin if self._fields[name].relational else value or False

    def _tell_field(self, name):
        """Return “label: value” of a field."""
        label = self._fields[name]._description_string(self.env)
        if self._fields[name].type == "boolean":
            text = self.env._("yes") if self[name] else self.env._("no")
        else:
            text = self._tell_value(name)
        text = text or self.env._("none")
        return self.env._("%(label)s: %(value)s", label=label, value=text)

    def _tell_value(self, name):
        field, value = self._fields[name], self[name]
        if field.relational:
            # Superuser: names of what the rule is about, whoever reads it.
            names = value.sudo().mapped("display_name")
            return join_words(self.env, names) if names else ""
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "date":
            return self.env.user._tell_day(value)
        if field.type in ("integer", "float", "monetary"):
            return tell_number(value)
        return self._tell_text(name, value)

    def _tell_text(self, name, value):
        # Superuser: names in conditions, to who may read the rule.
        if model := self._get_domain_models().get(name):
            return tell_domain(self.env[model].sudo(), value)
        return shorten(str(value or ""), SHORT, placeholder="…")
