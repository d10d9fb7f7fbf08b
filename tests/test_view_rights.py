"""PL-2: a screen offers what its reader may do, wherever he meets it."""

from collections import defaultdict

from lxml import etree

from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import str2bool

from odoo.addons.crm_relations.tests.common.roles import ROLES

ADDONS = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")
TABLES = ("list", "form")
# What a view of this kind offers by itself.
RIGHTS = {
    "list": ("create", "delete"),
    "form": ("create", "edit", "delete"),
    "kanban": ("create",),
    "calendar": ("create", "delete"),
}
ONE_FOR_EACH_COMPANY = {"crm.activity.model", "crm.value.model"}
# Lists of different things that are kept in one table.
SEVERAL = {
    ("crm.followup", "create"),  # calls come from the exchange
    ("res.partner", "create"),  # of a pool, or of one's work
    ("res.partner", "delete"),
}


@tagged("post_install", "-at_install")
class TestViewRights(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(cls.env, f"rights_{role}", groups=group)
            for role, group in ROLES.items()
        }
        views = cls.env["ir.ui.view"].search(
            [("mode", "=", "primary"), ("type", "in", tuple(RIGHTS))]
        )
        ids = views.get_external_id()
        cls.views = views.filtered(lambda view: ids[view.id].split(".")[0] in ADDONS)

    def _get_archs(self, user):
        """Return ``[(view, its arch as the user gets it)]``."""
        return [
            (view, etree.fromstring(model.get_view(view.id, view.type)["arch"]))
            for view in self.views
            if (model := self.env[view.model].with_user(user)).has_access("read")
        ]

    def _get_offers(self, user):
        """Return ``{(model, right): {view: whether it offers that}}``."""
        offers = defaultdict(dict)
        for view, arch in self._get_archs(user):
            for right in RIGHTS[view.type]:
                offers[view.model, right][view] = str2bool(arch.get(right, "True"))
        return offers

    def test_what_one_view_of_a_model_takes_away_the_others_do_not_offer(self):
        """Cards and calendars may offer less than the list and the form."""
        for role, user in self.users.items():
            for (model, right), views in self._get_offers(user).items():
                tables = {v for view, v in views.items() if view.type in TABLES}
                if (model, right) in SEVERAL:
                    continue
                with self.subTest(role=role, model=model, right=right):
                    names = {view.xml_id: given for view, given in views.items()}
                    self.assertLessEqual(len(tables), 1, names)
                    self.assertTrue(tables != {False} or not any(views.values()), names)

    def test_a_button_of_one_method_is_for_the_same_roles_everywhere(self):
        groups = defaultdict(set)
        for view in self.views:
            arch = etree.fromstring(view.get_combined_arch())
            for node in arch.iter("button"):
                if node.get("type") == "object":
                    around = (node, *node.iterancestors())
                    needed = {part.get("groups") for part in around} - {None}
                    groups[view.model, node.get("name")].add(frozenset(needed))
        for (model, method), found in groups.items():
            with self.subTest(model=model, method=method):
                self.assertEqual(len(found), 1, found)

    def test_each_filter_finds_something_or_groups_something(self):
        searches = self.env["ir.ui.view"].search(
            [("mode", "=", "primary"), ("type", "=", "search")]
        )
        ids = searches.get_external_id()
        for view in searches:
            if ids[view.id].split(".")[0] not in ADDONS:
                continue
            arch = etree.fromstring(view.get_combined_arch())
            for node in arch.iter("filter"):
                does = node.get("domain") or node.get("date") or ""
                groups = "group_by" in (node.get("context") or "")
                with self.subTest(view=view.xml_id, filter=node.get("name")):
                    self.assertTrue(groups or does.strip("[]"))

    def _get_fields(self):
        """Return ``[(view, node, field)]`` of all fields that our views show."""
        for view in self.views:
            yield from self._walk(view, etree.fromstring(view.arch_db), view.model)

    def _walk(self, view, node, model):
        for child in node:
            inner = model
            field = self.env[model]._fields.get(child.get("name"))
            if child.tag == "field" and field:
                yield view, child, field
                inner = field.comodel_name or model
            yield from self._walk(view, child, inner)

    def test_a_company_is_shown_where_there_are_several(self):
        for view, node, field in self._get_fields():
            hidden = node.get("invisible") or node.get("column_invisible")
            if view.model in ONE_FOR_EACH_COMPANY or hidden in ("1", "True"):
                continue
            if field.comodel_name == "res.company":
                with self.subTest(view=view.xml_id, field=field.name):
                    self.assertEqual(node.get("groups"), "base.group_multi_company")
