import re
from pathlib import Path

from lxml import etree

from odoo.modules.module import get_module_path
from odoo.tests import TransactionCase, tagged

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{3}")
SUITE = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")


@tagged("post_install", "-at_install")
class TestDemoNames(TransactionCase):
    """The sample is looked at in both languages: what it calls by a translatable name
    says it in both, as no translation is loaded for it."""

    def _get_names(self):
        """Yield ``(file, model, field, text)`` of translatable names in demo data."""
        for addon in SUITE:
            for path in sorted(Path(get_module_path(addon), "demo").glob("**/*.xml")):
                for node in etree.parse(path).iter("record"):
                    yield from self._get_texts(path.stem, node)

    def _get_texts(self, stem, node):
        model = self.env.get(node.get("model"))
        for child in node.iter("field") if model is not None else ():
            field = model._fields.get(child.get("name"))
            if child.text and field and field.translate is True:
                yield stem, model._name, field.name, child.text.strip()

    def test_each_translatable_name_of_the_sample_says_it_in_both_languages(self):
        wrong = [
            found
            for found in self._get_names()
            if found[-1] and LATIN.search(found[-1]) and not CHINESE.search(found[-1])
        ]
        self.assertFalse(wrong)
