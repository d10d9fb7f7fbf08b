"""PL-5: what can be chosen is said in the reader's language, also right after the
installation."""

from odoo.tests import TransactionCase, tagged

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
