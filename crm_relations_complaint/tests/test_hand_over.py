"""CO-2: the person asked first stays answerable until a hand-over is accepted."""

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common.complaint import ComplaintCommon


@tagged("post_install", "-at_install")
class TestHandOver(ComplaintCommon):
    def setUp(self):
        super().setUp()
        self.complaint = self._register()

    def _hand_over(self, receiver=None, user=None):
        return self.complaint.with_user(user or self.desk).hand_over(
            (receiver or self.olga).id, "Please call today"
        )

    def test_who_hands_over_stays_answerable_until_it_is_accepted(self):
        self.assertAnswers(self._hand_over(), "ok")
        self.assertEqual(self.complaint.user_id, self.desk)
        self.assertAnswers(self.complaint.with_user(self.olga).accept(), "ok")
        self.assertEqual(self.complaint.user_id, self.olga)
        self.assertEqual(self.complaint.first_asked_id, self.desk)
        self.assertEqual(self.complaint.state, "handling")
        self.assertEqual(self.complaint.handover_ids.state, "accepted")
        kinds = self.complaint.event_ids.sorted("id").mapped("kind")
        self.assertEqual(kinds, ["registered", "handed_over", "accepted"])

    def test_declined_it_stays_where_it_was(self):
        self._hand_over()
        complaint = self.complaint.with_user(self.olga)
        with self.assertRaisesRegex(UserError, "Say why"):
            complaint.decline("  ")
        self.assertAnswers(complaint.decline("I am on leave"), "ok")
        self.assertEqual(self.complaint.user_id, self.desk)
        self.assertFalse(self.complaint.waiting_for_id)
        self.assertEqual(self.complaint.handover_ids.reason, "I am on leave")

    def test_only_who_was_asked_accepts_or_declines(self):
        self._hand_over()
        complaint = self.complaint.with_user(self.oscar)
        self.assertAnswers(complaint.accept(), "no_right")
        self.assertAnswers(complaint.decline("Not me"), "no_right")

    def test_the_one_asked_later_replaces_the_earlier(self):
        self._hand_over()
        self.assertAnswers(self._hand_over(self.oscar), "ok")
        states = self.complaint.handover_ids.sorted("id").mapped("state")
        self.assertEqual(states, ["lapsed", "waiting"])
        self.assertAnswers(self.complaint.with_user(self.olga).accept(), "no_right")

    def test_it_can_be_taken_back_until_it_is_answered(self):
        self._hand_over()
        self.assertAnswers(self.complaint.with_user(self.desk).take_back(), "ok")
        self.assertAnswers(self.complaint.with_user(self.olga).accept(), "no_right")
        self.assertAnswers(self.complaint.with_user(self.desk).take_back(), "blocked")

    def test_two_hand_overs_at_once_are_one(self):
        self._hand_over()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.complaint.handover_ids.copy({"to_user_id": self.oscar.id})

    def test_the_receiver_works_here_and_in_the_company(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            "stranger",
            groups="crm_relations.group_user",
            company_id=other.id,
            company_ids=other.ids,
        )
        clerk = new_test_user(self.env, "clerk", groups="base.group_user")
        portal = new_test_user(self.env, "portal_user", groups="base.group_portal")
        for receiver in (stranger, clerk, portal, self.desk):
            self.assertAnswers(self._hand_over(receiver), "blocked")
        self.assertAnswers(self.complaint.hand_over(2**31 - 1), "blocked")

    def test_the_first_asked_may_take_it_in_hand_alone(self):
        complaint = self.complaint.with_user(self.desk)
        self.assertAnswers(complaint.accept(), "ok")
        self.assertEqual(self.complaint.state, "handling")
        self.assertAnswers(complaint.accept(), "blocked")

    def test_what_nobody_answers_for_an_officer_takes(self):
        self.complaint.sudo().write({"first_asked_id": False, "user_id": False})
        self.assertAnswers(self.complaint.with_user(self.olga).accept(), "ok")
        self.assertEqual(self.complaint.user_id, self.olga)

    def test_contact_plan_and_decision_are_events(self):
        complaint = self.complaint.with_user(self.desk)
        self.assertAnswers(complaint.record_contact("Said sorry"), "ok")
        self.assertAnswers(complaint.tell_plan("New part by Friday"), "ok")
        self.assertAnswers(complaint.tell_decision("We replace it"), "ok")
        self.assertEqual(self.complaint.plan, "New part by Friday")
        kinds = self.complaint.event_ids.sorted("id").mapped("kind")
        self.assertEqual(kinds[1:], ["contacted", "planned", "decided"])

    def test_many_are_answered_each(self):
        closed, other = self._register(), self._register(user=self.olga)
        closed.with_user(self.desk).withdraw("A mistake")
        both = (closed | self.complaint | other).with_user(self.desk)
        self.assertAnswers(both.record_contact("x"), "blocked", "ok", "no_right")

    def test_statements_do_not_grow_with_complaints(self):
        warm, few = self._register(), self._register() | self._register()
        many = few.browse()
        for _number in range(8):
            many |= self._register()
        self.env.flush_all()

        def count(complaints):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            complaints.with_user(self.desk).record_contact("x")
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(warm)
        self.assertEqual(count(few), count(many))
