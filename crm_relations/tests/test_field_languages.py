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
        known, names = set(), {name}
        for _depth in range(DEPTH + 1):
            sources = [one for name in names for one in self._get_own(model, name)]
            yield from sources
            known |= names
            names = {call for one in sources for call in CALL.findall(one)} - known

    def _get_own(self, model, name):
        """Yield what each of the suite's classes says of a method."""
        for part in type(model).mro():
            method = vars(part).get(name)
            if inspect.isfunction(method) and "crm_rel" in method.__module__:
                yield inspect.getsource(method)

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
                if self._is_read_anew(field) and (ours or field._module in SUITE):
                    yield model, field

    def _is_read_anew(self, field):
        """Return whether a method makes words of a field each time it is read."""
        is_word = field.type in ("char", "text", "html", "json")
        return is_word and isinstance(field.compute, str) and not field.store

    def test_what_tells_words_is_kept_by_language(self):
        found = 0
        for model, field in self._find_fields():
            if self._tells_words(model, field):
                found += 1
                with self.subTest(str(field)):
                    kept_by = self.env.registry.field_depends_context[field]
                    self.assertIn("lang", kept_by)
        self.assertGreater(found, 100)
