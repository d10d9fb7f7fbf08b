"""AR-12: of those who save the same customer at the same moment one has it."""

import time

from scratch import Scratch, Workers

from odoo.tests import BaseCase, tagged

PROCESSES = 4
SOON = 1.5  # seconds in which all processes have opened their snapshot


@tagged("post_install", "-at_install")
class TestDuplicateParallel(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scratch = Scratch.with_addons("duplicates")
        cls.addClassCleanup(cls.scratch.drop)
        cls.scratch.call("parallel_duplicates:forbid")
        module = "parallel_duplicates"
        cls.workers = cls.enterClassContext(Workers(cls.scratch, module))

    def _save_at_once(self, *values):
        moment = time.time() + SOON
        processes = [
            self.workers.start("save", moment, number, *values)
            for number in range(PROCESSES)
        ]
        codes = [self.workers.wait(process) for process in processes]
        self.assertEqual(codes, [0] * PROCESSES, self.workers.said())

    def _count(self, column, value):
        query = f"SELECT count(*) FROM res_partner WHERE {column} = '{value}'"
        return self.scratch.query(query)

    def test_one_number_is_saved_once(self):
        self._save_at_once("phone", "+8613800138111")
        self.assertEqual(self._count("phone_sanitized", "+8613800138111"), [(1,)])

    def test_one_tax_id_is_saved_once(self):
        self._save_at_once("vat", "91440300708461136T")
        self.assertEqual(self._count("vat", "91440300708461136T"), [(1,)])
