"""What holds for every screen: cards on a phone, widgets that fit their fields."""

from lxml import etree

from odoo.tests import TransactionCase, tagged

ADDONS = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")
# The desk: what is worked on at a table, with a mouse.
DESK_MENUS = (
    "crm_relations_menu_configuration",
    "crm_relations_menu_reporting",
    "crm_followup_target_menu",  # set once a year
    "crm_sms_log_menu",
)


@tagged("post_install", "-at_install")
class TestScreens(TransactionCase):
    def _get_actions(self):
        """Return the window actions of what people do under way."""
        menus = self.env["ir.ui.menu"].search([])
        root = self.env.ref("crm_relations.crm_relations_menu_root")
        desk = [self.env.ref(f"crm_relations.{name}").id for name in DESK_MENUS]
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
