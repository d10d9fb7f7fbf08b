import inspect
import re

from odoo.tests import TransactionCase, tagged

from ..tools.suite import SUITE

DEPTH = 2  # the method that computes, its helpers, and theirs
# What a method that tells words calls.
TELLS = re.compile(
    r"env\._\(|_description_selection|\._tell_|format_amount|format_list|formatLang"
    r"|join_(words|parts|sentences)|\._explain\(|_get_sentence"
)
CALL = re.compile(r"\.(_[a-z_]+)\(")
NAME = re.compile(r"\b\w+((?:\.\w+_id)+)\.name\b")


@tagged("post_install", "-at_install")
class TestFieldLanguages(TransactionCase):
    """Words that are computed are kept by language: a message to a colleague would
    else say what the sender has just read."""

    def _get_sources(self, model, name):
        """Yield what the suite's classes say of a method and of those it calls."""
        depths, waiting = {name: 0}, [name]
        while waiting:
            name = waiting.pop()
            for part in type(model).mro():
                method = vars(part).get(name)
                if not inspect.isfunction(method) or "crm_rel" not in method.__module__:
                    continue
                source = inspect.getsource(method)
                yield source
                for called in CALL.findall(source):
                    if depths[name] < DEPTH and called not in depths:
                        depths[called] = depths[name] + 1
                        waiting.append(called)

    def _names_something_translated(self, model, source):
        for path in NAME.findall(source):
            end = model
            for link in path.strip(".").split("."):
                comodel = getattr(end._fields.get(link), "comodel_name", None)
                if comodel is None:
                    break
                end = self.env[comodel]
            else:
                if getattr(end._fields.get("name"), "translate", False):
                    return True
        return False

    def _tells_words(self, model, field):
        return any(
            TELLS.search(source) or self._names_something_translated(model, source)
            for source in self._get_sources(model, field.compute)
        )

    def _find_fields(self):
        for name in sorted(self.env.registry):
            model = self.env[name]
            ours = model._original_module in SUITE
            for field in () if model._abstract else model._fields.values():
                is_word = field.type in ("char", "text", "html", "json")
                is_method = isinstance(field.compute, str) and not field.store
                if is_word and is_method and (ours or field._module in SUITE):
                    yield model, field

    def test_what_tells_words_is_kept_by_language(self):
        found = 0
        for model, field in self._find_fields():
            if self._tells_words(model, field):
                found += 1
                with self.subTest(str(field)):
                    kept_by = self.env.registry.field_depends_context[field]
                    self.assertIn("lang", kept_by)
        self.assertGreater(found, 100)
