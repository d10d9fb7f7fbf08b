import runpy
from pathlib import Path

from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestCostIndexes(RelationsCommon):
    """Each index on contacts is paid by everybody who writes one; that each has a
    reader is shown by tests/test_index_readers.py."""

    def _get_names(self):
        self.env.cr.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename = 'res_partner'"
        )
        return {name for (name,) in self.env.cr.fetchall()}

    def test_no_index_is_left_on_classes_of_a_few_values(self):
        for field in self.env["res.partner"]._fields.values():
            ours = any(module.startswith("crm_relations") for module in field._modules)
            if ours and field.store and field.type in ("selection", "boolean"):
                with self.subTest(field=field.name):
                    self.assertFalse(field.index)

    def test_an_update_drops_what_nobody_reads(self):
        column = "tier_id"
        name = f"res_partner__{column}_index"
        self.env.cr.execute(
            f"CREATE INDEX IF NOT EXISTS {name} ON res_partner ({column})"
        )
        path = Path(__file__).parents[1] / "migrations/19.0.1.2.0/post-cost.py"
        for _twice in range(2):
            runpy.run_path(str(path))["migrate"](self.env.cr, "19.0.1.1.0")
            self.assertNotIn(name, self._get_names())
