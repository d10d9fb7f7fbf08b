from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common.act import ActCommon
from .common.callback import CallbackCommon

NOW = "2026-03-03 10:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestActCalls(CallbackCommon, ActCommon):
    """A wrong outcome is taken back, and what was saved is said rightly."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.phone = "138 0013 8000"
        cls.desk = cls.env["crm.callback.desk"].with_user(cls.anna)

    def _save(self, call, outcome, **values):
        call.with_user(self.anna).take()
        saved = self.desk.save_call(call.id, self._get_outcome(outcome).id, values)
        return saved

    def _undo_saved(self, saved, user=None):
        return (
            self.env["crm.act"].browse(saved["act"]).with_user(user or self.anna).undo()
        )

    def test_each_outcome_is_undone(self):
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        for outcome in self.env["crm.callback.outcome"].search([]):
            call = self._create_call()
            before = call.read(["state", "outcome_id", "attempt_count", "next_at"])
            call.with_user(self.anna).take()
            saved = self.desk.save_call(
                call.id, outcome.id, {"call_again_at": str(tomorrow), "note": "Hm"}
            )
            followup = call.attempt_ids.followup_id
            self._undo_saved(saved)
            call.invalidate_recordset()
            after = call.read(["state", "outcome_id", "attempt_count", "next_at"])
            with self.subTest(outcome.name):
                self.assertEqual(after, before)
                self.assertFalse(call.attempt_ids)
                self.assertFalse(followup.exists())
                self.assertEqual(call.number, "+8613800138000")

    def test_the_number_of_who_refused_by_mistake_is_dialled_again(self):
        call, other = self._create_call(), self._create_call()
        saved = self._save(call, "refused_hard")
        listed = self.env["phone.blacklist"].search([("number", "=", call.number)])
        self.assertTrue(listed)
        self.assertEqual(other.state, "dropped")
        self._undo_saved(saved)
        self.assertFalse(listed.exists())
        self.assertEqual((call.state, other.state), ("open", "open"))

    def test_who_was_on_the_list_before_stays_there(self):
        number = "+8613800138000"
        listed = self.env["phone.blacklist"].create({"number": number})
        listed.action_archive()
        saved = self._save(self._create_call(), "refused_hard")
        self.assertTrue(listed.active)
        self._undo_saved(saved)
        self.assertFalse(listed.active)

    def test_care_that_the_call_stood_for_is_open_again(self):
        rule = self.env["crm.care.rule"].create({"name": "C", "channel": "callback"})
        task = self.env["crm.care.task"].create(
            {
                "rule_id": rule.id,
                "partner_id": self.customer.id,
                "occasion": "1",
                "occasion_date": fields.Date.today(),
                "due_at": NOW,
                "state": "open",
                "channel": "callback",
            }
        )
        task._dispatch_callback({})
        saved = self._save(task.callback_ids, "complete")
        self.assertEqual(task.state, "done")
        self._undo_saved(saved)
        self.assertEqual((task.state, task.callback_ids.state), ("open", "open"))

    def test_nothing_is_undone_while_somebody_else_has_the_call(self):
        call = self._create_call()
        saved = self._save(call, "no_answer")
        call.next_at = fields.Datetime.now()
        call.with_user(self.ben).take()
        with self.assertRaisesRegex(AccessError, "no right"), self.cr.savepoint():
            self._undo_saved(saved)
        self.assertEqual(len(call.attempt_ids), 1)

    def test_nothing_is_undone_after_somebody_else_called(self):
        call = self._create_call()
        saved = self._save(call, "no_answer")
        self._record(call, "busy", self.ben)
        with self.assertRaisesRegex(Exception, "changed here since"):
            self._undo_saved(saved)

    def test_another_agent_undoes_nothing(self):
        saved = self._save(self._create_call(), "no_answer")
        with self.assertRaisesRegex(AccessError, "Only who has done this"):
            self._undo_saved(saved, self.ben)

    def test_who_makes_no_calls_any_more_undoes_none(self):
        saved = self._save(self._create_call(), "no_answer")
        self.anna.group_ids -= self.env.ref("crm_relations.group_callback_agent")
        self.anna.group_ids |= self.env.ref("crm_relations.group_user")
        with self.assertRaises(AccessError):
            self._undo_saved(saved)

    def test_what_another_agent_has_now_is_not_undone(self):
        """Given to ben by name, or open on his screen as long as he has it."""
        now = fields.Datetime.now()
        hour = timedelta(hours=1)
        nobody = self.env["res.users"].browse()
        for agent, holder, until, is_mine in (
            (nobody, nobody, False, True),
            (self.anna, self.anna, now + hour, True),
            (self.ben, nobody, False, False),
            (nobody, self.ben, now + hour, False),
            (nobody, self.ben, now, False),
            (nobody, self.ben, now - timedelta(seconds=1), True),
        ):
            call = self._create_call().sudo()
            call.agent_id = agent
            call.write({"reserved_by_id": holder.id, "reserved_until": until})
            mine = call.with_user(self.anna)._filter_outcome_undoable()
            with self.subTest(agent=agent.login, holder=holder.login, until=until):
                self.assertEqual(bool(mine), is_mine)

    def test_what_is_sent_twice_is_one_act(self):
        call = self._create_call()
        self._save(call, "no_answer", token="one")
        self.assertFalse(self._save(call, "no_answer", token="one")["act"])

    def test_a_wrong_number_is_said_to_try_the_next_contact(self):
        person = self._create_person(self.customer, "Wang Fang")
        person.phone = "139 0013 9000"
        call = self._create_call()
        saved = self._save(call, "wrong_number")
        self.assertIn("tries the next contact: Wang Fang", saved["message"])
        saved = self._save(call, "wrong_number")
        self.assertIn("there is no other one", saved["message"])

    def test_what_cannot_be_taken_back_later_is_asked_before(self):
        asked = {
            outcome["id"]: outcome["question"]
            for outcome in self.desk.open_desk()["outcomes"]
        }
        for outcome in self.env["crm.callback.outcome"].search([]):
            with self.subTest(outcome.name):
                self.assertEqual(
                    bool(asked[outcome.id]),
                    outcome.consequence in ("opt_out", "invalid_number"),
                )

    def test_card_list_and_screen_count_the_same_calls(self):
        for number in ("138 0013 8001", "138 0013 8002", False, "138 0013 8004"):
            customer = self._create_customer(f"C {number}", phone=number)
            self._create_call(customer)
        listed = self.env["phone.blacklist"]
        listed.create({"number": "+8613800138002"})
        late = self._create_customer("Late", phone="138 0013 8005")
        self._create_call(late, due_at="2026-03-04 10:00:00")
        own = self._create_customer("Own", phone="138 0013 8006")
        self._create_call(own, agent_id=self.anna.id)
        self._create_call(own, agent_id=self.ben.id)
        day = self.env["crm.my.day"].with_user(self.anna)
        counts = {
            card["key"]: card["count"]
            for column in day.get_day()["columns"]
            for card in column["cards"]
        }
        self.assertEqual((counts["callback"], counts["callback_list"]), (1, 2))
        for key in ("callback", "callback_list"):
            action = day.open_card(key)
            calls = self.env["crm.callback"].with_user(self.anna)
            self.assertEqual(calls.search_count(action["domain"]), counts[key])
        self.assertEqual(self.desk.open_desk()["count"], 3)
