"""readme/DEVELOP.md: what it names is there, and nothing that it is to name is left
out."""

import inspect
import re

from rooms import ADDON, get_rooms, get_sources

from odoo.tests import TransactionCase, tagged

from odoo.addons.crm_relations.models.rule.crm_gate import get_public_names
from odoo.addons.crm_relations.models.rule.res_partner_write import ResPartner

PAGES = [
    ADDON.parent / name / "readme" / "DEVELOP.md"
    for name in ("crm_relations", "crm_relations_complaint", "crm_relations_survey")
]
TEXT = "\n".join(page.read_text() for page in PAGES)
# Buttons of forms, which nobody else calls.
BUTTONS = ("action_", "open_")


@tagged("post_install", "-at_install")
class TestDevelop(TransactionCase):
    def test_each_file_it_names_is_there(self):
        names = re.findall(r"`([\w/]+\.py)`", TEXT)
        self.assertGreater(len(names), 30)
        places = [*(page.parents[1] / "models" for page in PAGES), ADDON, ADDON.parent]
        for name in names:
            found = any((place / name).is_file() for place in places)
            self.assertTrue(found, name)

    def test_its_picture_has_the_rooms_in_their_order(self):
        picture = TEXT.partition("`tools` are plain functions")[0]
        drawn = re.findall(r"^    (\w+) +\w", picture, re.MULTILINE)
        self.assertEqual(drawn, [r for name, r in get_rooms() if name == ADDON.name])

    def test_it_walks_five_ways_with_the_files_on_them(self):
        walks = self._get_section("Five walks").split("\n**")[1:]
        ways = [walk.partition(".**")[0] for walk in walks]
        self.assertEqual(
            ways,
            ["A claim", "A release", "A birthday", "A phone call", "A tier change"],
        )
        for walk in walks:
            self.assertGreater(walk.count(".py`"), 3, walk)

    def test_it_tells_the_order_of_a_write(self):
        section = self._get_section("A write of a customer")
        told = re.findall(r"^\d\. (?:`(_\w+)\(|Odoo writes)", section, re.MULTILINE)
        source = inspect.getsource(ResPartner.write)
        done = re.findall(r"self\.(_\w+_write)\(|super\(\)\.write\(", source)
        self.assertEqual(told, done)
        self.assertEqual(len(done), 5)

    def _get_section(self, title):
        return TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]

    def test_each_hook_it_names_is_there(self):
        rows = re.findall(r"^\| ([a-z.]+)\s*\| `(_\w+)\(", TEXT, re.MULTILINE)
        self.assertGreater(len(rows), 50)
        for model, hook in rows:
            self.assertTrue(hasattr(self.env[model], hook), (model, hook))

    def test_it_names_each_hook(self):
        hooks = {
            name
            for source in get_sources()
            for name, text in source.get_docstrings()
            if text.startswith("Hook:")
        }
        self.assertGreater(len(hooks), 50)
        self.assertFalse({name for name in hooks if f"`{name}(" not in TEXT})

    def test_it_names_each_public_method(self):
        names = {
            name
            for model in self.env.registry.values()
            for name in get_public_names(model)
            if not name.startswith(BUTTONS)
        }
        self.assertFalse({name for name in names if f"`{name}(" not in TEXT})
