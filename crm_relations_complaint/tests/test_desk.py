"""CO-2, CO-3: one screen for the officer's day."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.effects import EffectsCommon


@tagged("post_install", "-at_install")
class TestDesk(EffectsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.complaint.policy"].search([]).active = False

    def _due(self, complaint, minutes, stop_event="contacted"):
        """Let a clock of this complaint end in so many minutes."""
        kinds = self.env["crm.complaint.clock.kind"]
        now = fields.Datetime.now()
        clock = self.env["crm.complaint.clock"].create(
            {
                "complaint_id": complaint.id,
                "company_id": complaint.company_id.id,
                "kind_id": kinds.search([("stop_event", "=", stop_event)], limit=1).id,
                "user_id": complaint.user_id.id,
                "round": complaint.round,
                "started_at": now - timedelta(hours=2),
                "deadline_at": now + timedelta(minutes=minutes),
            }
        )
        complaint.write(
            {"next_clock_id": clock.id, "next_deadline_at": clock.deadline_at}
        )
        return clock

    def _take_in_hand(self, user=None, **values):
        user = user or self.olga
        complaint = self._register(user=user, **values)
        self.assertAnswers(complaint.with_user(user).accept(), "ok")
        return complaint

    def _open(self, user=None, scope="mine"):
        desk = self.env["crm.complaint.desk"].with_user(user or self.olga)
        return desk.open_desk(scope)

    def _get_acts(self, line):
        return [act["key"] for act in line["acts"]]

    def test_what_is_due_next_minute_is_first_and_what_has_no_clock_last(self):
        free, later, late, soon = (self._take_in_hand() for _n in range(4))
        for complaint, minutes in ((later, 600), (late, -5), (soon, 1)):
            self._due(complaint, minutes)
        desk = self._open()
        expected = [late.id, soon.id, later.id, free.id]
        self.assertEqual([line["id"] for line in desk["lines"]], expected)
        self.assertEqual(desk["count"], 4)
        self.assertEqual(
            {figure["key"]: figure["count"] for figure in desk["figures"]}["late"], 1
        )

    def test_each_figure_opens_what_it_counts(self):
        for minutes in (-5, 1, 30, 3000):
            self._due(self._take_in_hand(), minutes)
        self._take_in_hand(user=self.oscar)
        room = self.env["crm.complaint.desk"].with_user(self.olga)
        for scope in ("mine", "all"):
            for figure in self._open(scope=scope)["figures"]:
                action = room.open_figure(figure["key"], scope)
                found = self.env["crm.complaint"].with_user(self.olga)
                self.assertEqual(
                    found.search_count(action["domain"]), figure["count"], figure["key"]
                )
        with self.assertRaises(UserError):
            room.open_figure("nonsense", "all")

    def test_who_reads_all_complaints_is_offered_all(self):
        others = self._take_in_hand(user=self.oscar)
        rhea = self._create_user("rhea", "group_relations_manager")
        for user in (self.olga, self.mona, rhea, self.desk):
            desk = self._open(user, scope=False)
            offered = {scope["key"] for scope in desk["scopes"]}
            is_read = bool(others.with_user(user)._filtered_access("read"))
            with self.subTest(user.login):
                self.assertEqual("all" in offered, is_read)
                self.assertEqual(
                    [one["id"] for one in desk["lines"]], others.ids * is_read
                )

    def test_what_one_is_asked_to_take_over_stands_on_top(self):
        complaint = self._register()
        complaint.with_user(self.desk).hand_over(self.olga.id, "Please")
        desk = self._open()
        self.assertEqual([line["id"] for line in desk["waiting"]], [complaint.id])
        self.assertFalse(desk["lines"])
        self.assertEqual(self._get_acts(desk["waiting"][0]), ["accept", "decline"])
        # Who handed it over sees that he still answers, and may take it back.
        [line] = self._open(self.desk)["lines"]
        self.assertIn("Olga was asked", line["who"])
        self.assertIn("take_back", self._get_acts(line))

    def test_the_act_that_stops_the_next_clock_comes_first(self):
        complaint = self._take_in_hand(demand="My money back")
        for event, act in (("contacted", "record_contact"), ("planned", "tell_plan")):
            self.env["crm.complaint.clock"].search([]).result = "cancelled"
            self._due(complaint, 5, event)
            [line] = self._open()["lines"]
            self.assertEqual(self._get_acts(line)[0], act)
        self.assertEqual(line["demand"], "My money back")
        self.assertIn("Accepted · Olga", line["last"])

    def test_each_act_is_a_method_that_needs_one_answer_at_most(self):
        first = self._register(user=self.olga)
        handed = self._take_in_hand()
        handed.with_user(self.olga).hand_over(self.oscar.id)
        asked = self._register()
        asked.with_user(self.desk).hand_over(self.olga.id)
        paused = self._take_in_hand()
        paused.with_user(self.olga).pause("A photo")
        solved, closed = self._take_in_hand(), self._take_in_hand()
        (solved | closed).with_user(self.olga).solve("Mended", 0)
        closed.with_user(self.olga).confirm("satisfied")
        closed.with_user(self.olga).close("explanation")
        complaints = first | handed | asked | paused | solved | closed
        for complaint in complaints.with_user(self.olga):
            acts = complaint._get_desk_acts()
            self.assertTrue(acts)
            keys = {act["key"] for act in acts}
            self.assertEqual({act["key"] for act in complaint.acts}, keys)
            self.assertEqual(len(keys), len(acts))
            for act in acts:
                room = complaint.with_context(complaint_act=act["act"])
                if act["act"]:
                    action = getattr(room, act["method"])()
                    self.assertEqual(action["name"], act["label"])
                else:
                    self.assertTrue(callable(getattr(room, act["method"])))
        acts = {act["key"] for act in paused.with_user(self.olga)._get_desk_acts()}
        self.assertIn("resume", acts)
        self.assertNotIn("pause", acts)

    def test_a_clock_that_ends_at_no_known_time_is_not_the_next_one(self):
        self.env["crm.complaint.policy"].search([]).active = False
        clock = self._due(self._take_in_hand(), 5)
        [line] = self._open()["lines"]
        self.assertEqual(line["clock"], clock.display_name)
        clock.deadline_at = False
        [line] = self._open()["lines"]
        self.assertFalse(line["clock"])

    def test_what_is_done_leaves_the_desk_and_says_so_at_once(self):
        complaint = self._take_in_hand()
        officer = complaint.with_user(self.olga)
        officer.record_contact("Will send a photo")
        [line] = self._open()["lines"]
        self.assertIn("Will send a photo", line["last"])
        officer.pause("The photo")
        [line] = self._open()["lines"]
        self.assertTrue(line["is_paused"])
        self.assertAnswers(officer.withdraw("Found it"), "ok")
        self.assertFalse(self._open()["lines"])

    def test_who_is_no_officer_sees_the_own_ones_only(self):
        mine, other = self._register(), self._register(user=self.olga)
        desk = self._open(self.desk, False)
        self.assertEqual([line["id"] for line in desk["lines"]], [mine.id])
        self.assertEqual(len(desk["scopes"]), 1)
        self.assertNotIn(
            other.id, [line["id"] for line in self._open(self.desk)["lines"]]
        )
        self.assertEqual(self._open(self.mona, False)["scope"], "all")

    def test_as_many_statements_for_many_as_for_one(self):
        self._due(self._take_in_hand(), 5)
        self._open()

        def count():
            self.env.invalidate_all()
            return self._count_statements(self._open)

        few = count()
        for number in range(12):
            self._due(self._take_in_hand(), number)
        self._register().with_user(self.desk).hand_over(self.olga.id)
        self._open()
        self.assertLessEqual(count(), few + 1)
