from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.callback import CallbackCommon

DESK = "crm_relations_callback_desk"


@tagged("post_install", "-at_install")
class TestCallbackOpened(CallbackCommon):
    """From a list or a line of My Day, an agent is one click from the call."""

    def _get_card(self, key, user):
        self.env.flush_all()
        day = self.env["crm.my.day"].with_user(user).get_day()
        cards = [card for column in day["columns"] for card in column["cards"]]
        return next((card for card in cards if card["key"] == key), None)

    def test_an_agent_calls_whom_it_chose(self):
        first, second = self._create_call(), self._create_call()
        action = second.with_user(self.anna).action_call()
        self.assertEqual(action["tag"], DESK)
        desk = self.env["crm.callback.desk"].with_user(self.anna).open_desk()
        self.assertEqual(desk["call"]["id"], second.id)
        self.assertFalse(first.reserved_by_id)

    def test_what_a_colleague_has_is_refused_in_words(self):
        call = self._create_call()
        call.with_user(self.ben).take()
        with self.assertRefused("somebody else has it", UserError):
            call.with_user(self.anna).action_call()

    def test_a_line_of_my_day_opens_the_call(self):
        call = self._create_call()
        [line] = self._get_card("callback_list", self.anna)["lines"]
        self.assertEqual((line["res_model"], line["res_id"]), (call._name, call.id))
        self.assertEqual(call.with_user(self.anna).action_open_call()["tag"], DESK)
        opened = call.with_user(self.ben).action_open_call()
        self.assertEqual((opened["res_model"], opened["res_id"]), (call._name, call.id))

    def test_who_makes_no_calls_reads_them(self):
        call = self._create_call()
        self.assertEqual(
            call.with_user(self.rita).action_open_call()["res_model"], call._name
        )
        self.assertFalse(call.reserved_by_id)

    def test_my_day_counts_what_the_screen_lists(self):
        self._create_call()
        self._create_call(self._create_customer("Without a number"))
        desk = self.env["crm.callback.desk"].with_user(self.anna).open_desk()
        card = self._get_card("callback_list", self.anna)
        self.assertEqual((card["count"], desk["count"]), (1, 1))

    def test_moments_are_told_on_the_clock_of_the_reader(self):
        """Who has set no time zone looks at the company's, by which days are due."""
        tomorrow = fields.Date.today() + timedelta(days=1)
        self._create_call(deadline_at=f"{tomorrow} 23:00:00")
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        desk = self.env["crm.callback.desk"].with_context(tz=False)
        for zone, expected in ((False, "7:00"), ("Asia/Tokyo", "8:00")):
            self.anna.tz = zone
            deadline = desk.with_user(self.anna).open_desk()["call"]["deadline"]
            self.assertIn(expected, deadline)
