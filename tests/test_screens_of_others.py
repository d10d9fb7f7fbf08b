"""What the suite adds to Odoo's own screens opens for those without its roles, too."""

from lxml import etree

from odoo.tests import TransactionCase, new_test_user, tagged

ADDONS = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")
ROLES = {
    "plain": "base.group_user",
    "accountant": "base.group_user,account.group_account_manager",
    "events": "base.group_user,event.group_event_manager",
    "system": "base.group_user,base.group_system,base.group_partner_manager",
}


@tagged("post_install", "-at_install")
class TestScreensOfOthers(TransactionCase):
    def _get_views(self):
        """Return Odoo's own views to which the suite adds something."""
        views = self.env["ir.ui.view"].search([("inherit_id", "!=", False)])
        ids = views.get_external_id()
        ours = views.filtered(lambda view: ids[view.id].split(".")[0] in ADDONS)
        roots = ours.filtered(lambda view: view.mode == "extension")
        while parents := roots.filtered(lambda view: view.mode == "extension"):
            roots = (roots - parents) | parents.inherit_id
        ids = roots.get_external_id()
        others = roots.filtered(lambda view: ids[view.id].split(".")[0] not in ADDONS)
        return others.filtered("model")  # no pages of the portal

    def _get_unknown(self, user, view):
        """Return the fields that the view shows and that the client does not know."""
        model = self.env[view.model].with_user(user)
        got = model.get_views([(view.id, view.type)])
        [shown] = got["views"].values()
        return list(self._walk(etree.fromstring(shown["arch"]), view.model, got))

    def _walk(self, node, model, got):
        known = got["models"].get(model, {}).get("fields", {})
        for child in node:
            inner = model
            if child.tag == "field":
                name = child.get("name")
                if name not in known:
                    yield f"{model}.{name}"
                    continue
                inner = known[name].get("relation") or model
            yield from self._walk(child, inner, got)

    def test_each_field_that_is_shown_is_known(self):
        views = self._get_views()
        self.assertIn(self.env.ref("base.view_partner_form"), views)
        for role, groups in ROLES.items():
            user = new_test_user(self.env, f"other_{role}", groups=groups)
            for view in views:
                if not self.env[view.model].with_user(user).has_access("read"):
                    continue
                with self.subTest(role=role, view=view.xml_id):
                    self.assertFalse(self._get_unknown(user, view))
