"""What the README tells whoever installs the addons."""

import ast
import re

from rooms import ADDON

from odoo.tests import BaseCase, tagged

PROJECT = ADDON.parent


@tagged("post_install", "-at_install")
class TestReadme(BaseCase):
    def setUp(self):
        super().setUp()
        self.text = (PROJECT / "README.rst").read_text()

    def test_it_names_each_library_that_must_be_there(self):
        """Odoo refuses to install an addon without them."""
        for path in PROJECT.glob("crm_relations*/__manifest__.py"):
            manifest = ast.literal_eval(path.read_text())
            needed = manifest.get("external_dependencies", {}).get("python", [])
            for requirement in needed:
                (name, *_version) = re.split("[<>=]", requirement)
                with self.subTest(addon=path.parent.name, library=name):
                    self.assertIn(f"``{name}``", self.text)

    def test_its_pictures_are_there(self):
        pictures = re.findall(r"^\.\. image:: (\S+)$", self.text, re.MULTILINE)
        self.assertGreater(len(pictures), 5)
        for picture in pictures:
            with self.subTest(picture=picture):
                self.assertTrue((PROJECT / picture).is_file())
