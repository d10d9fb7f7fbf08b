from inspect import isfunction, signature

from odoo.service.model import call_kw
from odoo.tests import tagged

from .common.asking import AskingCommon
from .common.hiding import SECRETS

# What the ORM itself offers is asked elsewhere, and a deletion answers nothing.
LEFT_OUT = {"unlink"}


@tagged("post_install", "-at_install")
class TestHidingMethods(AskingCommon):
    """Each method that a client may call, of each model that has something of the
    hidden customer, answers without its values."""

    maxDiff = None

    def test_a_secret_is_no_example_of_odoos(self):
        """An id may lead to any view: what is found there would be an accident."""
        views = self.env["ir.ui.view"].with_context(active_test=False)
        for secret in SECRETS:
            found = views.search([("arch_db", "ilike", secret)])
            self.assertFalse(found.mapped("key"), secret)

    def test_no_method_tells(self):
        self._release()
        for user in (self.sally, self.clerk):
            with self.subTest(user=user.name):
                self.assertEqual(self._call_everything(user), {})
                self.assertGreater(self.called, 500)
        self._claim()
        self.assertTrue(self._call_everything(self.sally))

    def _call_everything(self, user):
        self.answers, self.found, self.called = [], {}, 0
        env = self.env(user=user, context={"lang": "en_US", "tz": "UTC"})
        for subject in self._get_records():
            model = env[subject._name]
            for name in self._get_methods(model):
                self._call(model, name, subject)
        return self.found

    def _get_records(self):
        """Return one record of each model that leads to the customer."""
        records = list(self.subjects)
        seen = {subject._name for subject in records}
        for name in sorted(self.env.registry):
            model = self.env[name].sudo()
            if model._abstract or model._transient or name in seen or not model._auto:
                continue
            if found := self._find_record(model):
                records.append(found)
        return records

    def _find_record(self, model):
        """Return a record of the model that leads to the customer, or None."""
        people = (self.customer | self.person).ids
        for field in model._fields.values():
            is_link = field.type == "many2one" and field.comodel_name == "res.partner"
            if is_link and field.store:
                if found := model.search([(field.name, "in", people)], limit=1):
                    return found
        return None

    def _get_methods(self, model):
        """Return the public methods that addons define."""
        names = set()
        for part in type(model).mro():
            if part.__module__.startswith("odoo.addons."):
                names |= {
                    name
                    for name, value in vars(part).items()
                    if isfunction(value) and not name.startswith("_")
                }
        return sorted(names - LEFT_OUT)

    def _call(self, model, name, subject):
        function = getattr(type(model), name)
        arguments = {}
        for parameter in list(signature(function).parameters.values())[1:]:
            value = self._get_value(parameter.name, subject)
            if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
                continue
            if value is not None:
                arguments[parameter.name] = value
            elif parameter.default is parameter.empty:
                arguments[parameter.name] = False
        positional = [] if hasattr(function, "_api_model") else [subject.ids]
        self.called += 1
        with self._quietly():
            answer = call_kw(model, name, positional, arguments)
            self._note(model, name, answer)
            if isinstance(answer, dict) and answer.get("res_model") in self.env:
                self._open_action(model.env, name, answer)
            raise Undo
        self.env.invalidate_all()

    def _open_action(self, env, name, action):
        """Open the form or wizard that the method leads to."""
        opened = env[action["res_model"]].with_context(**(action.get("context") or {}))
        if opened._transient:
            values = opened.default_get(list(opened._fields))
            self._note(opened, name, values)
            wizard = opened.create({})
            self._note(opened, name, wizard.read())


class Undo(Exception):
    """What the method has done is taken back."""
