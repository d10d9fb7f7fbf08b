import io
from pathlib import Path

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export

ADDONS = Path(__file__).parents[2]
NAMES = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")


@tagged("post_install", "-at_install")
class TestTranslationTemplate(TransactionCase):
    """PL-5: the templates that the translations are compared with are up to date."""

    def test_every_term_of_the_addons_is_in_the_template(self):
        installed = self.env["ir.module.module"].search(
            [("name", "in", NAMES), ("state", "=", "installed")]
        )
        for addon in installed.mapped("name"):
            template = polib.pofile(ADDONS / addon / "i18n" / f"{addon}.pot")
            known = {entry.msgid for entry in template}
            with self.subTest(addon):
                self.assertEqual(self._export(addon) - known, set())

    def _export(self, addon):
        buffer = io.BytesIO()
        trans_export(None, [addon], buffer, "po", self.env)
        entries = polib.pofile(buffer.getvalue().decode())
        return {entry.msgid for entry in entries}
