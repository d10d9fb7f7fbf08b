"""Amounts and moments are shown whole, wherever they stand."""

from lxml import etree

from odoo.tests import TransactionCase, tagged

ADDONS = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")
MOMENTS = ("date", "datetime")


@tagged("post_install", "-at_install")
class TestFiguresShown(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        views = cls.env["ir.ui.view"].search(
            [("model", "!=", False), ("type", "in", ("form", "list", "kanban"))]
        )
        cls.shown = [
            (name, view.model, node)
            for view in views
            for name in view.get_external_id().values()
            if name.split(".")[0] in ADDONS
            for node in etree.fromstring(view.arch).iter("field")
        ]

    def _get_type(self, model, node):
        """Return the type of a field of the model of a view, None of another's."""
        if model not in self.env or next(node.iterancestors("field"), None) is not None:
            return None
        field = self.env[model]._fields.get(node.get("name"))
        return field and field.type

    def test_no_moment_has_less_room_than_it_takes(self):
        """Odoo measures a column of moments by the reader's language: whoever says how
        wide it is cuts what the clock of twelve hours, or another year, takes."""
        cut = {
            (name, node.get("name"), node.get("width"))
            for name, model, node in self.shown
            if node.get("width") and not node.get("widget")
            if self._get_type(model, node) in MOMENTS
        }
        self.assertFalse(cut)

    def test_what_is_money_in_one_view_is_money_in_each(self):
        """Odoo adds up no amount whose currency is not stored, so some are Floats."""
        seen = [
            (name, (model, node.get("name")), node)
            for name, model, node in self.shown
            if self._get_type(model, node) == "float"
            if node.get("column_invisible") != "1" and node.get("invisible") != "1"
        ]
        money = {key for _name, key, node in seen if node.get("widget") == "monetary"}
        self.assertTrue(money)
        bare = {
            (name, key[1])
            for name, key, node in seen
            if key in money and node.get("widget") != "monetary"
            # A card of a kanban names what it reads before it shows it.
            if node.getparent().tag != "kanban"
        }
        self.assertFalse(bare)
