"""CO-4: a step that was clicked by mistake is taken back on the desk."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..models.desk.crm_complaint_undo import CLOCK, HANDOVER, OWN, PAUSE, UNDONE
from .common.clock import ClockCommon


@tagged("post_install", "-at_install")
class TestDeskUndo(ClockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.line_ids = [
            Command.create(
                {"kind_id": cls.acceptance.id, "target": 30, "unit": "minute"}
            )
        ]

    def _prepare(self, act):
        """Return a complaint with which olga can do this."""
        complaint = self._register()
        seen = complaint.with_user(self.olga)
        if act == "accept":
            complaint.with_user(self.desk).hand_over(self.olga.id)
            return seen
        complaint.with_user(self.desk).hand_over(self.olga.id)
        seen.accept()
        if act == "take_back":
            seen.hand_over(self.oscar.id)
        if act == "resume":
            seen.pause("A photo")
        return seen

    def _get_values(self, act):
        if act in ("accept", "take_back", "resume"):
            return ()
        later = fields.Datetime.now() + timedelta(days=2)
        return ("Said so", later) if act == "promise" else ("Said so",)

    def _look(self, complaint):
        self.env.flush_all()
        self.env.invalidate_all()
        known = complaint.sudo()
        clocks = known.clock_ids.read([*CLOCK, "round", "started_at"])
        return {
            "complaint": known.read([*OWN, "next_clock_id", "next_deadline_at"]),
            "clocks": [{**one, "pauses": one["pauses"] or []} for one in clocks],
            "pauses": known.pause_ids.read(list(PAUSE)),
            "handovers": known.handover_ids.read(list(HANDOVER)),
            "events": known.event_ids.read(["kind", "at"]),
        }

    def _do(self, complaint, act):
        """Do it as the desk does; return the act that can be undone."""
        action = complaint._do_seen(act, *self._get_values(act))
        return self.env["crm.act"].with_user(self.olga).browse(action["params"]["act"])

    def test_each_step_is_taken_back_as_a_whole(self):
        for name in sorted(UNDONE):
            with self.subTest(name):
                complaint = self._prepare(name)
                before = self._look(complaint)
                act = self._do(complaint, name)
                self.assertNotEqual(self._look(complaint), before)
                self.assertEqual(act.undo(), "Undone.")
                self.assertEqual(self._look(complaint), before)
                self.assertIn("taken back", complaint.message_ids[:1].body)
                # It can be done again, as if it had not been.
                answers = getattr(complaint, name)(*self._get_values(name))
                self.assertAnswers(answers, "ok")

    def test_what_somebody_has_built_on_is_not_taken_back(self):
        complaint = self._prepare("record_contact")
        act = self._do(complaint, "record_contact")
        complaint.with_user(self.oscar).solve("Adjusted the door", 0)
        before = self._look(complaint)
        with self.assertRaisesRegex(UserError, "changed here since"):
            act.undo()
        self.assertEqual(self._look(complaint), before)

    def test_only_who_did_it_takes_it_back_and_once(self):
        complaint = self._prepare("pause")
        act = self._do(complaint, "pause")
        with self.assertRaises(AccessError):
            act.with_user(self.oscar).undo()
        act.undo()
        with self.assertRaisesRegex(UserError, "undone already"):
            act.undo()

    def test_who_was_told_has_it_to_do_again(self):
        self.policy.step_ids = [
            Command.create(
                {"level": 1, "minutes": 0, "moment": "after", "recipient": "answerable"}
            )
        ]
        with freeze_time(self.at("Mon 9:00")):
            complaint = self._prepare("record_contact")
        with freeze_time(self.at("Mon 10:30")):
            self.env["crm.complaint.escalation"]._escalate_batch()
            self.assertEqual(complaint.activity_ids.user_id, self.olga)
            act = self._do(complaint, "record_contact")
            self.assertFalse(complaint.activity_ids)
            act.undo()
            [again] = complaint.activity_ids
            self.assertEqual(again.user_id, self.olga)
            complaint.record_contact("Called")
            self.assertFalse(complaint.activity_ids)

    def test_who_has_answered_is_not_told_again_by_what_is_taken_back_later(self):
        self.policy.step_ids = [
            Command.create(
                {"level": 1, "minutes": 0, "moment": "after", "recipient": "answerable"}
            )
        ]
        with freeze_time(self.at("Mon 9:00")):
            complaint = self._prepare("record_contact")
        with freeze_time(self.at("Mon 10:30")):
            self.env["crm.complaint.escalation"]._escalate_batch()
            with patch.object(
                type(complaint.escalation_ids), "_withdraw_of"
            ) as withdraw:
                complaint.record_contact("Called")
            self._do(complaint, "pause").undo()
        told = complaint.sudo().escalation_ids
        self.assertTrue(told.clock_id)
        looked_at = {number for call in withdraw.mock_calls for number in call.args[-1]}
        self.assertFalse(looked_at & set(told.clock_id.ids), "it has stopped")
        self.assertFalse(complaint.activity_ids)

    def test_what_others_were_told_of_is_not_offered(self):
        complaint = self._prepare("record_contact")
        for act, values in (
            ("hand_over", (self.oscar.id,)),
            ("take_back", ()),
            ("solve", ("Adjusted the door", 0)),
            ("confirm", ("satisfied",)),
            ("close", ("explanation",)),
        ):
            action = complaint._do_seen(act, *values)
            offered = (action or {}).get("params", {}).get("act")
            self.assertEqual(bool(offered), act in UNDONE, act)
