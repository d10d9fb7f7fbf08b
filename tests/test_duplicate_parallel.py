"""AR-12: of those who save the same customer at the same moment one has it."""

from at_once import AtOnceCase

from odoo.tests import tagged

PROCESSES = 4


@tagged("post_install", "-at_install")
class TestDuplicateParallel(AtOnceCase):
    module = "parallel_duplicates"

    def _save_at_once(self, *values):
        self._run_at_once("save", [[number, *values] for number in range(PROCESSES)])

    def _count(self, column, value):
        query = f"SELECT count(*) FROM res_partner WHERE {column} = '{value}'"
        return self.scratch.query(query)

    def test_one_number_is_saved_once(self):
        self._save_at_once("phone", "+8613800138111")
        self.assertEqual(self._count("phone_sanitized", "+8613800138111"), [(1,)])

    def test_one_tax_id_is_saved_once(self):
        self._save_at_once("vat", "91440300708461136T")
        self.assertEqual(self._count("vat", "91440300708461136T"), [(1,)])
