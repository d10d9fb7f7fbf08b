"""What stands for an empty value is read where it is meant to be read."""

from lxml import etree

from odoo.tests import TransactionCase, tagged

ADDONS = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")


def _is_typed_into(node, columns):
    """Return whether a column of a list can ever be a field to type into."""
    return columns.get("editable") and node.get("readonly") not in ("1", "True")


@tagged("post_install", "-at_install")
class TestPlaceholders(TransactionCase):
    def test_no_column_that_is_only_read_has_a_placeholder(self):
        """It is drawn in a field to type into, nowhere else: the row has no name."""
        views = self.env["ir.ui.view"].search(
            [("model", "!=", False), ("type", "in", ("form", "list"))]
        )
        unread = {
            (name, node.get("name"), node.get("placeholder"))
            for view, name in views.get_external_id().items()
            if name.split(".")[0] in ADDONS
            for columns in etree.fromstring(views.browse(view).arch).iter("list")
            for node in columns.iter("field")
            if node.get("placeholder") and not _is_typed_into(node, columns)
        }
        self.assertFalse(unread)
