"""A figure on a button or a card is the number of records that it opens: in the demo
data, in which each room has something to count, as each of its people."""

import re
from itertools import product

from lxml import etree
from test_demo import load_demo

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.crm_relations.tests.common.opened import OpenedCase

ADDONS = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")
PEOPLE = ("admin", "sales", "manager", "relations", "custodian", "agent", "officer")
PRESSING = ("sales", "agent")  # who works with all of them, and who with few
MOST = 8  # records of a model that are looked at
CUSTOMERS = [
    f"crm_relations.res_partner_{name}_demo"
    for name in ("shunda", "hongyuan", "li_qiang", "chen_jing")
]
# What a button tells that is no number of records.
NO_NUMBERS = ("favour_balance",)


@tagged("post_install", "-at_install")
class TestFigures(OpenedCase, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        load_demo(cls.env, cls.addClassCleanup)
        cls.env.flush_all()
        users = cls.env["res.users"].search([("login", "in", PEOPLE)])
        cls.users = {user.login: user for user in users}

    def test_everybody_is_there(self):
        self.assertEqual(set(self.users), set(PEOPLE))

    def test_a_card_counts_what_it_opens(self):
        wrong, found = [], 0
        for days, scope, card in self._get_cards():
            found += bool(card["count"])
            action = days.open_card(card["key"], scope)
            count = self._count_opened(action, days.env)
            if count != card["count"]:
                wrong.append((days.env.user.login, scope, card, count))
        self.assertGreater(found, 20)
        self.assertFalse(wrong)

    def _get_cards(self):
        """Yield My Day of each, the id of whose day it is and the card."""
        for user in self.users.values():
            days = self.env(user=user)["crm.my.day"]
            for scope in days.get_day()["scopes"] or [{"id": False}]:
                columns = days.get_day(scope["id"])["columns"]
                cards = [card for column in columns for card in column["cards"]]
                yield from product([days], [scope["id"]], cards)

    def test_a_button_counts_what_it_opens(self):
        wrong, seen = [], set()
        for login in PRESSING:
            env = self.env(user=self.users[login])
            env.invalidate_all()  # what another one has counted
            buttons = self._get_buttons(env)
            for record, button in self._get_pressed(env, buttons):
                wrong += self._press(login, record, *button, seen)
        self.assertGreater(len(seen), 15, seen)
        self.assertFalse(wrong)

    def _get_pressed(self, env, buttons):
        for model, some in buttons.items():
            yield from product(self._get_records(env[model]), some)

    def _get_buttons(self, env):
        """Return ``{model: {(method, field, conditions)}}`` of the buttons of forms
        that show a figure to this user."""
        found = {}
        for view in self._get_forms():
            if env[view.model].has_access("read"):
                arch = etree.fromstring(env[view.model].get_view(view.id)["arch"])
                for node, name in self._get_figures(arch):
                    around = (node, *node.iterancestors())
                    hiding = tuple(filter(None, (n.get("invisible") for n in around)))
                    button = (node.get("name"), name, hiding)
                    found.setdefault(view.model, set()).add(button)
        return found

    def _get_figures(self, arch):
        """Yield each button that shows a number of records, and the field of it."""
        for node in arch.iterfind(".//button[@type='object']"):
            field = node.find("field[@widget='statinfo']")
            if field is not None and field.get("name") not in NO_NUMBERS:
                yield node, field.get("name")

    def _get_forms(self):
        """Return the forms that are ours, and Odoo's to which we add."""
        views = self.env["ir.ui.view"].search([("type", "=", "form")])
        ids = views.get_external_id()
        ours = views.filtered(lambda view: ids[view.id].split(".")[0] in ADDONS)
        while extensions := ours.filtered(lambda view: view.mode == "extension"):
            ours = (ours - extensions) | extensions.inherit_id
        return ours.filtered("model")

    def _get_records(self, records):
        if records._abstract or records._transient:
            return records
        if records._name == "res.partner":
            companies = map(self.env.ref, CUSTOMERS)
            ids = [one.id for one in companies]
            return records.search([("commercial_partner_id", "in", ids)])
        return records.search([], limit=MOST)

    def _press(self, login, record, method, field, hiding, seen):
        if not self._is_ours(record, method) or self._is_hidden(record, hiding):
            return []
        try:
            figure = str(record[field]).split()[0].replace(",", "")
            action = getattr(record, method)()
            if action["type"] != "ir.actions.act_window" or action.get("res_id"):
                return []
            count = self._count_opened(action, record.env)
        except AccessError as error:
            count = figure = str(error)
        seen.add((record._name, method))
        if str(count) == figure and figure.isdigit():
            return []
        return [(login, record._name, record.id, method, figure, count)]

    def _is_ours(self, record, method):
        found = getattr(type(record), method, None)
        return found is not None and found.__module__.split(".")[2] in ADDONS

    def _is_hidden(self, record, hiding):
        names = set(re.findall(r"\w+", " ".join(hiding))) & set(record._fields)
        [values] = record.read(sorted(names | {"id"}), load=None)
        values |= {"context": dict(record.env.context), "uid": record.env.uid}
        return any(safe_eval(one, values) for one in hiding)
