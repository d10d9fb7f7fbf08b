from odoo.tests import HttpCase, tagged

from .common.callback import CallbackCommon


class CallbackTourCase(CallbackCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.script_rule = cls._create_rule(script="Thank them.\nAsk.")

    def _queue(self, *names):
        return [
            self._create_call(
                self._create_customer(
                    f"Tour {name}", phone=f"138 0013 800{number}", user_id=self.sally.id
                ),
                rule_id=self.script_rule.id,
            )
            for number, name in enumerate(names)
        ]


@tagged("post_install", "-at_install")
class TestCallbackTour(CallbackTourCase):
    def test_an_agent_works_through_the_list(self):
        """CB-2, CB-4: digits, draft, appointment, opportunity."""
        first, second, third = self._queue("First", "Second", "Third")
        self.start_tour(
            "/odoo/call-list", "crm_relations_callback", login="anna", timeout=120
        )
        self.assertEqual(first.state, "done")
        self.assertEqual(first.attempt_ids.note, "Will think about it")
        self.assertEqual(second.outcome_id, self._get_outcome("again"))
        self.assertEqual(second.state, "open")
        self.assertEqual(third.outcome_id, self._get_outcome("no_answer"))
        self.assertEqual(third.lead_ids.name, "Ten more machines")


@tagged("post_install", "-at_install")
class TestCallbackTourPhone(CallbackTourCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_a_call_on_a_phone(self):
        [call] = self._queue("First")
        self.start_tour(
            "/odoo/call-list", "crm_relations_callback_phone", login="anna", timeout=120
        )
        self.assertEqual(call.state, "done")
