"""Complaints read again with fresh eyes: clocks that come back, who is told and how."""

from base64 import b64encode

from odoo.tests import freeze_time, tagged

from .common.case import CaseCommon
from .common.clock import ClockCommon


@tagged("post_install", "-at_install")
class TestComplaintReviewClocks(ClockCommon):
    def _clock(self, complaint, kind):
        clocks = self._get_clock(complaint, kind)
        return clocks.filtered(lambda one: one.result in ("running", "paused"))

    def _give_critical_a_clock(self, kind, target, unit="minute"):
        return self._create_policy((kind, target, unit), min_severity="4")

    def test_called_harmless_and_back_the_clock_runs_as_before(self):
        """Else a deadline is got rid of by two clicks."""
        plan = self.env.ref("crm_relations_complaint.crm_complaint_clock_kind_plan")
        self._give_critical_a_clock(plan, 60)
        with freeze_time(self.at("Mon 9:00")):
            complaint = self._register_at("Mon 9:00", severity="4")
            before = self._clock(complaint, plan)
            self.assertEqual(before.deadline_at, self.at("Mon 10:00"))
            complaint.severity = "2"
            self.assertResult(before, "cancelled")
            complaint.severity = "4"
        again = self._clock(complaint, plan)
        self.assertEqual(again.started_at, self.at("Mon 9:00"))
        self.assertEqual(again.deadline_at, self.at("Mon 10:00"))
        self.assertEqual(again.result, "running")

    def test_what_fell_away_is_not_started_by_a_severity(self):
        """The hand-over was taken back before the policy asked for its clock."""
        self._give_critical_a_clock(self.acceptance, 30)
        complaint = self._register_at("Mon 9:00", severity="2")
        with freeze_time(self.at("Mon 9:05")):
            asked = complaint.with_user(self.desk)
            self.assertAnswers(asked.hand_over(self.olga.id), "ok")
            self.assertAnswers(asked.take_back(), "ok")
            complaint.severity = "4"
        self.assertFalse(self._get_clock(complaint, self.acceptance))

    def test_solved_while_it_waited_a_later_clock_does_not_wait(self):
        """What is solved stands still no more, also by a clock that is asked for
        afterwards."""
        kind = self.env["crm.complaint.clock.kind"].create(
            {
                "name": "Letter",
                "start_event": "registered",
                "stop_event": "closed",
                "stops_when_solved": False,
            }
        )
        self._give_critical_a_clock(kind, 120)
        complaint = self._register_at("Mon 9:00", severity="2")
        complaint._record("paused", self.at("Mon 9:30"))
        complaint.state = "solved"
        complaint._record("solved", self.at("Mon 10:00"))
        with freeze_time(self.at("Mon 10:10")):
            complaint.severity = "4"
        clock = self._get_clock(complaint, kind)
        self.assertEqual(clock.result, "running")
        self.assertEqual(clock.deadline_at, self.at("Mon 11:30"))


@tagged("post_install", "-at_install")
class TestComplaintReview(ClockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")

    def _get_told(self, user):
        """Return the texts of what a user was told, the latest first."""
        messages = self.env["mail.message"].search(
            [
                ("model", "=", "crm.complaint"),
                ("message_type", "=", "user_notification"),
                ("notified_partner_ids", "in", user.partner_id.ids),
            ],
            order="id desc",
        )
        return [str(message.body) for message in messages]

    def test_who_is_asked_reads_it_in_his_language(self):
        self.olga.lang = "zh_CN"
        complaint = self._register()
        complaint.with_user(self.desk).hand_over(self.olga.id, "Bitte")
        [told] = self._get_told(self.olga)
        self.assertNotIn("Please accept", told)
        self.assertIn("Bitte", told)

    def test_who_answers_reads_the_refusal_in_his_language(self):
        self.desk.lang = "zh_CN"
        complaint = self._register()
        complaint.with_user(self.desk).hand_over(self.olga.id)
        complaint.with_user(self.olga).decline("On leave")
        [told] = self._get_told(self.desk)
        self.assertNotIn("declined", told)
        self.assertIn("On leave", told)

    def test_who_asked_is_told_of_the_refusal_too(self):
        """An officer hands over what another answers for, or nobody."""
        for user in (self.desk, self.env["res.users"]):
            with self.subTest(user.name):
                complaint = self.env["crm.complaint"].create(
                    {
                        "subject": "It rattles",
                        "partner_id": self.customer.id,
                        "first_asked_id": user.id,
                    }
                )
                complaint.with_user(self.olga).hand_over(self.oscar.id)
                before = len(self._get_told(self.olga))
                complaint.with_user(self.oscar).decline("On leave")
                self.assertEqual(len(self._get_told(self.olga)), before + 1)
                self.assertEqual(bool(self._get_told(self.desk)), bool(self.desk))

    def test_who_gets_a_complaint_from_outside_reads_it_in_his_language(self):
        self.olga.lang = "zh_CN"
        entrance = self.env["crm.complaint.entrance"].create(
            {"name": "North", "user_id": self.olga.id}
        )
        complaint = self._register()
        complaint.user_id = entrance.user_id
        complaint._tell_asked()
        [told] = self._get_told(self.olga)
        self.assertNotIn("A customer has", told)

    @freeze_time("2026-03-02 23:30:00")
    def test_it_happened_today_by_the_clock_of_the_company(self):
        """Half past seven in Shanghai: for whoever has no time zone, as the public."""
        public = self.env.ref("base.public_user")
        public.tz = False
        complaint = self.env["crm.complaint"].with_user(public).sudo()
        made = complaint.create(
            {
                "subject": "It rattles",
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "occurred_on": "2026-03-03",
            }
        )
        self.assertTrue(made)

    def test_a_refused_row_is_named_by_its_reference(self):
        """Wherever the column stands: the first one is what happened."""
        table = self.env["crm.complaint.import"].create(
            {"file": b64encode(b"facts,reference,name\n,A-7,Ann\nIt rattles,A-8,Ann\n")}
        )
        table.action_check()
        self.assertEqual(table.line_ids.mapped("reference"), ["A-7"])


@tagged("post_install", "-at_install")
class TestComplaintReviewWords(CaseCommon):
    """What is done for others is written in their language, not in that of who did."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")

    def test_a_crisis_is_told_in_the_language_of_who_leads_and_speaks(self):
        self.alma.lang = "zh_CN"
        plan = self.env.ref("crm_relations_complaint.crm_complaint_crisis_plan_general")
        crises = self.env["crm.complaint.crisis"].with_user(self.mona)
        crisis = crises.create(
            {"name": "Brakes", "plan_id": plan.id, "spokesman_id": self.alma.id}
        )
        crisis.level = "2"
        told = self.env["mail.message"].search(
            [
                ("model", "=", "crm.complaint.crisis"),
                ("notified_partner_ids", "in", self.alma.partner_id.ids),
            ]
        )
        self.assertEqual(len(told), 2)
        for message in told:
            self.assertNotIn("crisis", message.body)

    def test_who_checks_an_action_is_reminded_in_his_language(self):
        self.oscar.lang = "zh_CN"
        action = self._plan(
            user_id=self.olga.id, checker_id=self.oscar.id, efficacy_days=30
        )
        action.sudo().write({"state": "done", "check_on": "2030-01-01"})
        summary = action.sudo().activity_ids.summary
        self.assertIn("Train the fitters", summary)
        self.assertNotIn("helped", summary)

    def test_who_is_to_call_reads_why_in_his_language(self):
        self.olga.lang = "zh_CN"
        self.complaint._ask_to_call()
        activity = self.complaint.activity_ids.filtered(
            lambda one: one.user_id == self.olga
        )
        self.assertTrue(activity)
        self.assertNotIn("came back", activity.summary)

    def test_a_decision_is_told_as_the_language_parts_sentences(self):
        self.olga.lang = "zh_CN"
        remedy = self._ask(500)
        self.assertAnswers(remedy.with_user(self.mona).refuse("太多了"), "ok")
        told = self.env["mail.message"].search(
            [("model", "=", "crm.complaint"), ("res_id", "=", self.complaint.id)],
            limit=1,
        )
        self.assertIn("太多了", told.body)
        self.assertNotIn(". 太多了", told.body)


@tagged("post_install", "-at_install")
class TestComplaintReviewLimits(CaseCommon):
    """Of a complaint that was merged into another one the sum counts on there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._register(subject="It rattles again")

    def _merge(self):
        officer = self.complaint.with_user(self.olga)
        self.assertAnswers(officer.merge_into(self.other.id), "ok")

    def test_a_merger_gives_no_second_limit(self):
        first = self._ask(900)
        self.assertAnswers(first.with_user(self.mona).approve(), "ok")
        self._merge()
        second = self._ask(900, complaint_id=self.other.id)
        self.assertEqual(second.with_user(self.mona).granted_before, 900)
        self.assertAnswers(second.with_user(self.mona).approve(), "no_right")
        self.assertAnswers(second.with_user(self.alma).approve(), "ok")

    def test_what_was_asked_for_before_the_merger_counts_with_the_other(self):
        first = self._ask(900)
        second = self._ask(900, complaint_id=self.other.id)
        self._merge()
        self.assertAnswers(second.with_user(self.mona).approve(), "ok")
        self.assertAnswers(first.with_user(self.mona).approve(), "no_right")

    def test_both_in_one_call_count_together(self):
        remedies = self._ask(900) | self._ask(900, complaint_id=self.other.id)
        self._merge()
        answers = remedies.with_user(self.mona).approve()
        self.assertAnswers(answers, "ok", "no_right")

    def test_what_is_given_without_asking_is_given_once(self):
        self.company.complaint_free_amount = 100
        first = self._ask(100)
        self.assertEqual(first.state, "approved")
        self._merge()
        second = self._ask(100, complaint_id=self.other.id)
        self.assertEqual(second.state, "asked")


@tagged("post_install", "-at_install")
class TestComplaintReviewMyDay(CaseCommon):
    def _get_listed(self, user):
        day = self.env["crm.my.day"].with_user(user).with_context(lang="en_US")
        card = day._prepare_remedy_card()
        return self.env["crm.complaint.remedy"].with_user(user).search(card["domain"])

    def test_who_works_on_the_complaint_by_now_is_not_asked_to_approve(self):
        remedy = self._ask(100)
        self.assertEqual(self._get_listed(self.mona), remedy)
        self.complaint.with_user(self.olga).hand_over(self.mona.id)
        self.assertAnswers(self.complaint.with_user(self.mona).accept(), "ok")
        self.assertFalse(remedy.with_user(self.mona).may_decide)
        self.assertFalse(self._get_listed(self.mona))
        self.assertEqual(self._get_listed(self.alma), remedy)

    def test_who_was_asked_first_is_not_either_while_nobody_else_works_on_it(self):
        complaint = self._register()
        remedy = self._ask(100, complaint_id=complaint.id)
        complaint.write({"user_id": False, "first_asked_id": self.mona.id})
        self.assertFalse(remedy.with_user(self.mona).may_decide)
        self.assertFalse(self._get_listed(self.mona))
        self.assertEqual(self._get_listed(self.alma), remedy)


@tagged("post_install", "-at_install")
class TestComplaintReviewCost(CaseCommon):
    def test_what_a_merged_complaint_cost_counts_where_it_went(self):
        other = self._register(subject="It rattles again")
        third = self._register(subject="And again")
        for complaint, amount in ((self.complaint, 100), (other, 30), (third, 7)):
            remedy = self._ask(amount, complaint_id=complaint.id)
            self.assertAnswers(remedy.with_user(self.alma).approve(), "ok")
        officer = self.complaint.with_user(self.olga)
        self.assertAnswers(officer.merge_into(other.id), "ok")
        self.assertAnswers(other.with_user(self.olga).merge_into(third.id), "ok")
        lines = self.env["crm.complaint.report"].search(
            [("complaint_id", "in", (self.complaint | other | third).ids)]
        )
        self.assertEqual(lines.complaint_id, third)
        self.assertEqual(lines.cost, 137)

    def test_what_waits_of_a_merged_complaint_keeps_the_other_from_closing(self):
        other = self._register(subject="It rattles again")
        other.with_user(self.desk).hand_over(self.olga.id)
        other.with_user(self.olga).accept()
        self.goodwill.is_monetary = True
        remedy = self._ask(100)
        action = self._plan(kind="corrective")
        officer = self.complaint.with_user(self.olga)
        self.assertAnswers(officer.merge_into(other.id), "ok")
        other = other.with_user(self.olga)
        self.assertAnswers(other.solve("Adjusted"), "ok")
        self.assertAnswers(other.confirm("satisfied"), "ok")
        [answer] = other.close("monetary")
        self.assertEqual(answer["code"], "blocked")
        self.assertIn("Train the fitters", answer["message"])
        self.assertAnswers(action.with_user(self.oscar).finish("Done"), "ok")
        [answer] = other.close("monetary")
        self.assertIn("Remedies wait", answer["message"])
        self.assertAnswers(remedy.with_user(self.alma).approve(), "ok")
        self.assertAnswers(remedy.with_user(self.olga).book(), "ok")
        # What was booked for the one is relief for the other, too.
        self.assertAnswers(other.close("monetary"), "ok")
