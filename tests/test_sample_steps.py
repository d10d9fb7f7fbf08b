"""What setup/run does inside Odoo before it serves."""

import sys
from pathlib import Path

from odoo.tests import TransactionCase, tagged

sys.path.insert(0, str(Path(__file__).parents[1] / "setup"))
from workshop import sample_steps  # noqa: E402 - found by the line above

HERE = "http://127.0.0.1:8123"


@tagged("post_install", "-at_install")
class TestSampleSteps(TransactionCase):
    def _lead_from(self, address):
        """Return where links lead after a start of a database that had an address."""
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("web.base.url", address)
        sample_steps.lead_here(self.env, HERE)
        return parameters.get_param("web.base.url")

    def test_links_and_codes_lead_to_the_port_that_is_served(self):
        for address in ("http://localhost:8069", "http://127.0.0.1:8070"):
            self.assertEqual(self._lead_from(address), HERE, address)

    def test_an_address_that_somebody_gave_stays(self):
        for address in ("https://crm.example.com", "http://192.168.1.5:8069"):
            self.assertEqual(self._lead_from(address), address)
