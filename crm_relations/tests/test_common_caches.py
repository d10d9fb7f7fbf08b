import threading

from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestCommonCaches(RelationsCommon):
    def test_a_late_request_makes_no_cache_of_a_running_test_cold(self):
        """Seen as one statement more, once in thousands of tests."""
        lookup = self.env["ir.model"]._get_id
        lookup("res.partner")
        sequences = dict(self.registry.cache_sequences)
        self.addCleanup(self.registry.cache_sequences.update, sequences)
        for name in sequences:
            self.registry.cache_sequences[name] = -1
        late = threading.Thread(target=self.registry.check_signaling)
        late.start()
        late.join()
        self.assertEqual(self._count_statements(lambda: lookup("res.partner")), 0)
