from odoo.tests import HttpCase, tagged

from .common.care import CareCommon


@tagged("post_install", "-at_install")
class TestLetterTour(CareCommon, HttpCase):
    """CA-8 in a browser: choose letters, print them, the care is done."""

    def setUp(self):
        super().setUp()
        rule = self._create_rule("letter", letter_template_id=self.mail_template.id)
        place = {"street": "1 Main St", "city": "Austin", "zip": "78701"}
        reader = self._create_reachable("Tour Reader", **place)
        waiting = {"state": "open", "channel": "letter"}
        self.task = self._create_task(rule, reader, **waiting)
        self.lost = self._create_task(rule, self._create_reachable("Lost"), **waiting)

    def _run(self, tour):
        self.start_tour("/odoo/letters-to-print", tour, login="sally", timeout=120)
        self.assertEqual((self.task.state, self.lost.state), ("done", "open"))
        self.assertEqual(self.task.letter_run_id.user_id, self.sally)

    def test_letters_are_printed(self):
        self._run("crm_relations_letter")

    def test_letters_are_printed_on_a_phone(self):
        self.browser_size = "390x844"
        self.touch_enabled = True
        self._run("crm_relations_letter_phone")
