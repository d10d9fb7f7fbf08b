"""PL-5: what can be chosen is said in the reader's language, also right after the
installation."""

from odoo.tests import TransactionCase, tagged

# Said of a moment and of what tells one, with one word in every language.
OF_MOMENTS = {"Date", "When"}
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
