import contextlib
import re

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .common.roles import EveryRoleCase


@tagged("post_install", "-at_install")
class TestEveryMenu(EveryRoleCase):
    """PL-2: each menu that a role sees opens in all its views, without an error."""

    def test_each_menu_opens_as_each_role(self):
        self._create_customer("Customer", user_id=self.users["sales"].id)
        opened = 0
        for role, user in self.users.items():
            for menu in self._get_menus(user):
                if menu.action._name != "ir.actions.act_window":
                    continue
                action = menu.action.sudo(False).with_user(user).sudo()
                with self.subTest(role=role, menu=menu.complete_name):
                    opened += 1
                    self._open(action, user)
        self.assertGreater(opened, 100)

    def test_an_empty_list_asks_nobody_for_what_one_may_not_do(self):
        """Where nothing stands yet, who may not create is not told to."""
        asked = {
            (role, action.xml_id)
            for role, user in self.users.items()
            for menu in self._get_menus(user)
            for action in [menu.action]
            if action._name == "ir.actions.act_window"
            and re.search(r"\bcreate\b", action.help or "", re.IGNORECASE)
            and not self.env[action.res_model].with_user(user).has_access("create")
        }
        self.assertFalse(asked)

    def _get_menus(self, user):
        root = self.env.ref("crm_relations.crm_relations_menu_root")
        visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id)])
        return menus.filtered(
            lambda menu: menu.action and visible.issuperset(self._get_path(menu))
        )

    def _get_path(self, menu):
        return [int(number) for number in menu.parent_path.split("/") if number]

    def _open(self, action, user):
        values = {
            **{"uid": user.id, "user": user, "active_id": False, "active_ids": []},
            "allowed_company_ids": user.company_ids.ids,
        }
        context = safe_eval(action.context or "{}", values)
        domain = safe_eval(action.domain or "[]", values | {"context": context})
        records = self.env[action.res_model].with_user(user).with_context(**context)
        kinds = [(view or False, kind) for view, kind in action.views]
        search = action.search_view_id.id
        views = records.get_views([*kinds, (search, "search")])["views"]
        for kind, view in views.items():
            getattr(self, f"_open_{kind}", self._open_rows)(records, domain, view)

    def _open_search(self, records, domain, view):
        """Each filter and grouping that stands in the search view works."""
        values = {
            **{"uid": records.env.uid, "active_id": False},
            "allowed_company_ids": records.env.user.company_ids.ids,
        }
        for node in etree.fromstring(view["arch"]).iter("filter"):
            if node.get("domain"):
                records.search_count(safe_eval(node.get("domain"), values) + domain)
            group = safe_eval(node.get("context") or "{}", values).get("group_by")
            if group:
                groups = [group] if isinstance(group, str) else group
                groups = [self._get_group(records, name) for name in groups]
                records.formatted_read_group(domain, groups, ["__count"])

    def _get_group(self, records, name):
        """Return what the client asks for: days by month, if nothing is said."""
        field = records._fields.get(name)
        is_day = field is not None and field.type in ("date", "datetime")
        return f"{name}:month" if is_day else name

    def _open_form(self, records, domain, view):
        found = records.search(domain, limit=1)
        may_create = etree.fromstring(view["arch"]).get("create") not in ("0", "false")
        if found or (may_create and records.has_access("create")):
            with contextlib.suppress(UserError):
                Form(found or records, view=view["id"])

    def _open_rows(self, records, domain, view):
        arch = etree.fromstring(view["arch"])
        names = {
            node.get("name")
            for node in arch.iter("field")
            if not any(parent.tag == "field" for parent in node.iterancestors())
        }
        records.web_search_read(domain, dict.fromkeys(names, {}), limit=80)

    def _open_graph(self, records, domain, view):
        arch = etree.fromstring(view["arch"])
        fields = list(arch.iter("field"))
        groups = [
            f"{node.get('name')}:{node.get('interval')}"
            if node.get("interval")
            else node.get("name")
            for node in fields
            if node.get("type") != "measure"
        ]
        measures = [
            f"{node.get('name')}:{records._fields[node.get('name')].aggregator}"
            for node in fields
            if node.get("type") == "measure"
        ]
        records.formatted_read_group(domain, groups, [*measures, "__count"])

    _open_pivot = _open_graph

    def test_nobody_without_a_role_sees_a_menu_of_ours(self):
        outsider = new_test_user(self.env, "every_outsider")
        self.assertFalse(self._get_menus(outsider))
        with self.assertRaises(AccessError):
            self.env["crm.my.day"].with_user(outsider).get_day()
