"""What holds for every screen: cards on a phone, widgets that fit their fields."""

import re
from ast import literal_eval

import addon_tables
from lxml import etree

from odoo.tests import TransactionCase, tagged

ADDONS = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")
# What dials, and what tells that there is a number.
DIALS = ("action_call", "action_call_and_log")
NUMBERS = ("phone", "has_phone", "number_partner_id")
# What a card of a customer says: how much it matters, what it brings, whether somebody
# has talked to it, and until when something is to be done.
SAID_ON_CARDS = (
    {"tier_id"},
    {"sales_12_months"},
    {"last_followup_at"},
    {"contact_due_date", "pool_release_date", "pool_since"},
)
# Each setting says it itself, in the settings.
SETTINGS = ("res.company", "res.config.settings")
# What is told in percent, or as a share.
RATES = re.compile(r"(_rate|_percent|_share|_probability|^chance|^influence)$")
MODIFIERS = ("invisible", "column_invisible", "readonly", "required")
MOST_COLUMNS = 9
# The desk: what is worked on at a table, with a mouse.
DESK_MENUS = (
    "crm_relations_menu_configuration",
    "crm_relations_menu_reporting",
    "crm_followup_target_menu",  # set once a year
    "crm_sms_log_menu",
)


def _is_in_a_field(node):
    """Return whether a node is of the view of a one2many."""
    return any(parent.tag == "field" for parent in node.iterancestors())


@tagged("post_install", "-at_install")
class TestScreens(TransactionCase):
    def _get_actions(self):
        """Return the window actions of what people do under way."""
        menus = self.env["ir.ui.menu"].search([])
        root = self.env.ref("crm_relations.crm_relations_menu_root")
        desk = [self.env.ref(f"crm_relations.{name}").id for name in DESK_MENUS]
        desk += [self.env.ref(name).id for name in addon_tables.DESK_MENUS]
        ours = menus.search(
            [("id", "child_of", root.id), "!", ("id", "child_of", desk)]
        )
        actions = [menu.action for menu in ours if menu.action]
        return [one for one in actions if one._name == "ir.actions.act_window"]

    def test_what_is_a_list_at_a_table_is_cards_on_a_phone(self):
        flat = {
            action.name
            for action in self._get_actions()
            if "list" in action.view_mode.split(",")
            and not {"kanban", "graph", "pivot"} & set(action.view_mode.split(","))
        }
        self.assertFalse(flat)

    def test_cards_come_in_the_order_of_the_list(self):
        """Who works from a phone begins with the same ones."""
        other = set()
        for action in self._get_actions():
            model = self.env[action.res_model]
            orders = {
                kind: etree.fromstring(model.get_view(view, kind)["arch"]).get(
                    "default_order", model._order
                )
                for view, kind in action.views
                if kind in ("list", "kanban")
            }
            if len(set(orders.values())) > 1:
                other.add((action.name, *orders.values()))
        self.assertFalse(other)

    def test_a_list_of_a_menu_belongs_to_no_form(self):
        """There is no ``parent`` there: asking for it ends in an error of the client,
        which no test of the server sees."""
        asks = set()
        for action in self._get_actions():
            for view, kind in action.views:
                if kind not in ("list", "kanban"):
                    continue
                arch = self.env[action.res_model].get_view(view, kind)["arch"]
                asks |= {
                    (action.name, node.get("name"), key)
                    for node in etree.fromstring(arch).iter(etree.Element)
                    for key, value in node.attrib.items()
                    if key in MODIFIERS and re.search(r"\bparent\b", value)
                }
        self.assertFalse(asks)

    def _get_archs(self, *types):
        """Yield external id and arch, with its extensions, of our views."""
        views = self.env["ir.ui.view"].search(
            [("model", "!=", False), ("type", "in", types)]
        )
        external_ids = views.get_external_id()
        ours = views.filtered(
            lambda view: external_ids[view.id].split(".")[0] in ADDONS
        )
        for view in ours:
            whole = view if view.mode == "primary" else view.inherit_id
            arch = self.env[view.model].get_view(whole.id, view.type)["arch"]
            yield view, external_ids[view.id], etree.fromstring(arch)

    def test_a_list_shows_nine_columns_at_most(self):
        """What else there is can be chosen."""
        wide = set()
        for view, name, arch in self._get_archs("list"):
            columns = [
                node.get("name")
                for node in arch.iterchildren("field")
                if node.get("optional") != "hide"
                and node.get("column_invisible") not in ("1", "True")
                and node.get("widget") != "handle"
            ]
            if view.mode == "primary" and len(columns) > MOST_COLUMNS:
                wide.add((name, *columns))
        self.assertFalse(wide)

    def test_nobody_is_offered_to_dial_what_has_no_number(self):
        wrong, found = [], 0
        for _view, name, arch in self._get_archs("form", "list", "kanban"):
            for node in arch.iter("button", "a"):
                if node.get("name") not in DIALS:
                    continue
                found += 1
                condition = f"{node.get('invisible')} {node.get('t-if')}"
                if not any(number in condition for number in NUMBERS):
                    wrong.append((name, node.get("name")))
        self.assertGreater(found, 10)
        self.assertFalse(wrong)

    def test_a_card_of_a_customer_says_what_matters(self):
        wrong = []
        for view, name, arch in self._get_archs("kanban"):
            fields = {node.get("name") for node in arch.iter("field")}
            if view.model == "res.partner" and name.startswith("crm_relations."):
                if view.mode == "primary":
                    wrong += [(name, one) for one in SAID_ON_CARDS if not one & fields]
        self.assertFalse(wrong)

    def test_no_word_of_a_setting_is_dropped(self):
        """Odoo draws the elements of a setting, and no text that stands beside them:
        a number without its unit."""
        view = self.env.ref("base.res_config_settings_view_form")
        arch = self.env["res.config.settings"].get_view(view.id, "form")["arch"]
        settings = etree.fromstring(arch).findall(
            ".//app[@name='crm_relations']//setting"
        )
        self.assertGreater(len(settings), 30)
        dropped = {
            (setting.get("id"), words.strip())
            for setting in settings
            for words in [setting.text, *(part.tail for part in setting)]
            if words and words.strip()
        }
        self.assertFalse(dropped)

    def test_a_rate_says_of_what_it_is(self):
        wrong = {
            (name, field.name)
            for name, model in self.env.items()
            for field in model._fields.values()
            if RATES.search(field.name)
            and field.type in ("integer", "float")
            and set(field._modules) <= set(ADDONS)
            and name not in SETTINGS
            and not field.help
        }
        self.assertFalse(wrong)

    def test_a_customers_salesperson_is_named_in_our_words(self):
        """Odoo's own label of the field is another word in Chinese."""
        wrong = [
            name
            for view, name, arch in self._get_archs("form", "list")
            if view.model == "res.partner" and view.mode == "primary"
            for node in arch.iter("field")
            if node.get("name") == "user_id"
            and not _is_in_a_field(node)
            and not any(map(node.get, ("string", "nolabel", "column_invisible")))
        ]
        self.assertFalse(wrong)

    def test_a_label_that_is_seen_is_translated(self):
        """A field whose label is not to be translated has another one where it is
        seen."""
        wrong = {
            (name, field.name)
            for view, name, arch in self._get_archs("form", "list")
            for node in arch.iter("field")
            if (field := self.env[view.model]._fields.get(node.get("name")))
            and field.export_string_translation is False
            and self._shows_label(view, node)
        }
        self.assertFalse(wrong)

    def _shows_label(self, view, node):
        """Return whether a node shows the label of its field."""
        if node.get("string") or _is_in_a_field(node):
            return False
        ways = ("invisible", "column_invisible", "nolabel")
        if {"1", "True"} & {node.get(way) for way in ways}:
            return False
        return view.type == "list" or node.getparent().tag == "group"

    def test_shipped_favourites_open(self):
        favourites = self.env["ir.filters"].search([])
        ids = favourites.get_external_id()
        ours = favourites.filtered(lambda one: ids[one.id].split(".")[0] in ADDONS)
        self.assertGreater(len(ours), 5)
        for one in ours:
            # For everybody, and named for readers of both languages.
            self.assertFalse(one.user_ids)
            self.assertIn(" / ", one.name)
            records = self.env[one.model_id]
            groups = literal_eval(one.context).get("group_by", [])
            records.formatted_read_group(literal_eval(one.domain), groups, ["__count"])

    def test_a_state_is_no_province(self):
        """Odoo's own "State" is that of a country, and so is its translation."""
        wrong = {
            name
            for name, model in self.env.items()
            if (field := model._fields.get("state"))
            and set(field._modules) <= set(ADDONS)
            and field.string == "State"
        }
        self.assertFalse(wrong)

    def test_a_moment_is_not_shown_by_the_widget_of_days(self):
        """The client does, and complains: ``show_time`` says it."""
        views = self.env["ir.ui.view"].search([("model", "!=", False)])
        external_ids = views.get_external_id()
        wrong = []
        for view in views:
            if external_ids[view.id].split(".")[0] not in ADDONS:
                continue
            fields = self.env[view.model]._fields
            for node in etree.fromstring(view.arch_db).iter("field"):
                field = fields.get(node.get("name"))
                if node.get("widget") == "date" and field and field.type != "date":
                    wrong.append((external_ids[view.id], field.name))
        self.assertFalse(wrong)
