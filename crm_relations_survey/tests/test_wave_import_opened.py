from odoo.tests import tagged

from .common.wave_import import WaveImportCommon


@tagged("post_install", "-at_install")
class TestWaveImportOpened(WaveImportCommon):
    """What a table leaves behind, and what opens of it."""

    def test_going_back_forgets_what_was_asked(self):
        table = self._check("2026 S,D0123,Hand-over,7,,,,")
        self.assertTrue(table.factor_term_ids and table.unit_term_ids)
        table.action_back()
        self.assertFalse(table.factor_term_ids | table.unit_term_ids)

    def test_what_was_imported_opens(self):
        rows = [f"{year} S,,Delivery,{year - 1300},,,," for year in (2025, 2026)]
        table = self._check(*rows)
        table.action_import()
        waves = table.wave_ids.sudo()
        self._import("2027 S,,Delivery,710,,,,")
        other = self.study.copy()
        for action, found in (
            (table.action_open_waves(), waves),
            (waves[0].action_open_scores(), waves[0].score_ids),
            (other.action_open_waves(), waves.browse()),
        ):
            opened = self.env[action["res_model"]].search(action["domain"])
            with self.subTest(action["name"]):
                self.assertEqual(action["type"], "ir.actions.act_window")
                self.assertEqual(opened, found)
