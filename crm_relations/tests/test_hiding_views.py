from odoo.tests import tagged

from ..tools.masked_views import VIEWS, get_owner
from .common.hiding import HidingCommon

HIDDEN = {"phone": "hidden_phone", "email": "hidden_email"}


@tagged("post_install", "-at_install")
class TestHidingViews(HidingCommon):
    """Where a number or an address would stand, its mask stands."""

    maxDiff = None

    def test_each_view_with_a_value_shows_the_mask(self):
        """Of Odoo, of ours, of the next addon; inside others as well."""
        lacking, seen = set(), 0
        for view in self._get_views():
            arch = self.env[view.model]._get_view(view.id, view.type)[0]
            for model, part in self._get_parts(view.model, arch):
                values, masks = self._get_values_and_masks(model, part)
                seen += len(values)
                lacking |= {
                    (view.xml_id or view.name, model, part.tag, name)
                    for name in values
                    if values[name] not in masks
                }
        self.assertEqual(sorted(lacking), [])
        self.assertGreater(seen, 60)

    def test_where_nothing_is_hidden_nothing_is_added(self):
        self.env["crm.pool"].search([]).write(
            {"hides_phone": False, "hides_email": False}
        )
        view = self.env.ref("base.view_partner_tree")
        arch = self.env["res.partner"]._get_view(view.id, "list")[0]
        self.assertFalse(arch.findall(".//field[@name='hidden_phone']"))

    def test_the_web_client_gets_them_as_soon_as_a_pool_hides(self):
        """Views are kept once made."""
        pools = self.env["crm.pool"].search([])
        partners = self.env["res.partner"].with_user(self.sally)
        for hides in (False, True, False):
            pools.write({"hides_phone": hides, "hides_email": hides})
            arch = partners.get_view(view_type="list")["arch"]
            self.assertEqual("hidden_phone" in arch, hides)

    def test_the_form_of_a_contact_inside_that_of_its_customer(self):
        self._release()
        arch = self.env["res.partner"].get_view(view_type="form")["arch"]
        inner = arch[arch.index('name="child_ids"') :]
        self.assertIn('name="hidden_phone" invisible="not hidden_phone"', inner)
        self.assertIn('name="hidden_email" invisible="not hidden_email"', inner)

    def _get_views(self):
        views = self.env["ir.ui.view"].search(
            [("type", "in", VIEWS), ("mode", "=", "primary")]
        )
        return views.filtered(lambda view: view.model in self.env)

    def _get_parts(self, model, arch):
        """Yield each view, and those inside it, with its model."""
        yield model, arch
        for inner in arch.iterdescendants(*VIEWS):
            node = inner.getparent()
            field = self.env[model]._fields.get(node.get("name"))
            if get_owner(node) is arch and field is not None and field.comodel_name:
                yield from self._get_parts(field.comodel_name, inner)

    def _get_values_and_masks(self, model, part):
        """Return ``{value that people see: its mask}`` and all fields of a view."""
        known = {
            names[0]: HIDDEN[kind]
            for copy in self.hidden._get_copies()
            if copy.model == model and "hidden_phone" in self.env[model]._fields
            for kind, names in copy.kinds.items()
            if names
        }
        nodes = [node for node in part.iter("field") if get_owner(node) is part]
        shown = {node.get("name") for node in nodes if self._is_shown(node, part)}
        values = {name: mask for name, mask in known.items() if name in shown}
        return values, {node.get("name") for node in nodes}

    def _is_shown(self, node, part):
        # A kanban only reads what stands outside its template.
        is_read_only = part.tag == "kanban" and node.getparent() is part
        hides = {node.get("invisible"), node.get("column_invisible")}
        return not is_read_only and hides.isdisjoint(("1", "True"))
