"""PL-5: what can be chosen is said in the reader's language, also right after the
installation."""

from collections import defaultdict

from lxml import etree

from odoo.tests import TransactionCase, tagged

# Said of a moment and of what tells one, with one word in every language.
OF_MOMENTS = {"Date", "When"}
# Label: fields of other names that views call so, since they mean the same.
SAME = {
    "Account Team": {"team_member_count"},
    "Here Already": {"company_finding", "person_finding"},
    "In Return": {"counter_state"},
    "Levels Invited": {"level_id"},
    "Sent On": {"create_date"},
    "Still Missing": {"display_name"},
    "Telephone Number": {"hidden_phone"},
    "What Becomes of It": {"company_decision", "person_decision"},
}
BRIDGES = ("crm_relations_survey", "crm_relations_complaint")


@tagged("post_install", "-at_install")
class TestSelectionWords(TransactionCase):
    def test_labels_of_a_mixin_are_said_again_where_another_addon_uses_it(self):
        """The translations of an addon are read before those that build on it exist:
        a label that stays the mixin's is English in them for ever."""
        rows = self.env["ir.model.data"].search_fetch(
            [
                ("model", "=", "ir.model.fields.selection"),
                ("module", "=", "crm_relations"),
            ],
            ["res_id", "name"],
        )
        labels = self.env["ir.model.fields.selection"].browse(rows.mapped("res_id"))
        late = labels.field_id.filtered(
            lambda field: self.env[field.model]._original_module in BRIDGES
        )
        self.assertEqual(late.mapped(lambda one: f"{one.model}.{one.name}"), [])

    def _get_our_fields(self):
        return {
            field
            for model in self.env.registry.values()
            for field in model._fields.values()
            if field._modules and field._modules[0].startswith("crm_relations")
        }

    def test_no_label_of_a_day_is_that_of_something_else(self):
        """One English word is one entry of the translation: "From" of a loan read as
        the tier before a change."""
        days, others = {}, {}
        for field in self._get_our_fields():
            key = (field._modules[0], field.string)
            if field.type in ("date", "datetime"):
                days.setdefault(key, set()).add(str(field))
            elif field.relational or field.type == "selection":
                others.setdefault(key, set()).add(str(field))
        both = {
            key: (names, others[key])
            for key, names in days.items()
            if key in others and key[1] not in OF_MOMENTS
        }
        self.assertFalse(both)

    def _get_labels(self):
        """Return ``{(addon, label): the fields of that addon that have it}``."""
        labels = defaultdict(set)
        for field in self._get_our_fields():
            labels[field._modules[0], field.string].add(field)
        return labels

    def _get_view_words(self):
        """Yield addon, label and name of the fields that our views name themselves."""
        views = self.env["ir.ui.view"].search([("model", "!=", False)])
        ids = views.get_external_id()
        for view in views:
            addon = ids[view.id].split(".")[0]
            if addon.startswith("crm_relations"):
                for node in etree.fromstring(view.arch_db).xpath("//field[@string]"):
                    yield addon, node.get("string"), node.get("name")

    def test_a_view_gives_no_field_the_label_of_another_thing(self):
        """What a rule does was translated as what a competitor does."""
        labels, found = self._get_labels(), {}
        for addon, label, name in self._get_view_words():
            names = {field.name for field in labels.get((addon, label), ())}
            if names and name not in names and " " in label:
                found.setdefault(label, set()).add(name)
        self.assertEqual(found, SAME)
