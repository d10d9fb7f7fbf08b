from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from ..models.work_report import crm_work_report_shown
from .common.work_report import WorkReportCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")  # a Wednesday, 18:00 in Shanghai
class TestWorkReportHandIn(WorkReportCommon):
    """FU-10: handed in, read, commented, returned."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.duty = cls._create_duty(cls)
        (cls.report,) = cls._find(cls, period_start="2026-03-04")
        cls.mine = cls.report.with_user(cls.sally)
        cls.of_team = cls.report.with_user(cls.max)

    def _get_answer(self, answers):
        (answer,) = answers
        return answer["code"]

    def _get_shown(self, key, report=None):
        self.env.flush_all()
        self.env.invalidate_all()
        for section in (report or self.report).shown_figures:
            for line in section["lines"]:
                if line["key"] == key:
                    return line["value"], line["now"]
        return None

    def test_a_draft_is_live_and_what_is_handed_in_is_kept(self):
        self.assertEqual(self._get_shown("followup_count"), ("0", ""))
        self._create_followup(self.customer)
        self.assertEqual(self._get_shown("followup_count"), ("1", ""))
        self._hand_in(self.report)
        self._create_followup(self.customer)
        self.assertEqual(self._get_shown("followup_count"), ("1", "2"))
        kind = f"kind:{self.call.id}"
        self.assertEqual(self._get_shown(kind), ("1", "2"))

    def test_what_was_left_to_do_is_not_told_as_changed(self):
        self.customer.contact_due_date = "2026-03-04"
        self.env["res.partner"].flush_model()
        self._hand_in(self.report)
        self.env.cr.execute("UPDATE res_partner SET contact_due_date = NULL")
        value, now = self._get_shown("open:contact_due")
        self.assertEqual((value, now), ("1", ""))

    def test_a_report_ends_with_its_period(self):
        for kind, start, end in (
            ("daily", "2026-03-04", "2026-03-04"),
            ("weekly", "2026-03-02", "2026-03-08"),
            ("monthly", "2026-03-01", "2026-03-31"),
        ):
            new = self.reports.new({"kind": kind, "period_start": start})
            self.assertEqual(str(new.period_end), end)

    def test_returning_it_asks_by_its_name_and_says_so(self):
        self._hand_in(self.report)
        action = self.of_team.action_return()
        self.assertEqual(action["name"], "Return for Correction")
        told = self.of_team._refuse_where_seen("Which customers?")
        self.assertEqual(told["params"]["message"], "Returned.")

    def test_in_time_or_late_is_what_the_moments_say(self):
        self._hand_in(self.report)
        self.assertEqual(self.report.punctuality, "on_time")
        late = self._find(period_start="2026-03-03")
        self.assertEqual(late.punctuality, "missing")
        self._hand_in(late)
        self.assertEqual(late.punctuality, "late")

    def test_until_it_is_read_it_can_be_taken_back(self):
        self._hand_in(self.report)
        self.assertEqual(self._get_answer(self.mine.take_back()), "ok")
        self.assertEqual(self.report.state, "draft")
        self.assertFalse(self.report.handed_in_at or self.report.figures)
        self._hand_in(self.report)
        self.assertEqual(self._get_answer(self.of_team.mark_read()), "ok")
        again = self.report.with_user(self.rita).mark_read()
        self.assertEqual(self._get_answer(again), "blocked")
        self.assertEqual(self.report.read_by_id, self.max)
        self.assertEqual(self._get_answer(self.mine.take_back()), "blocked")

    def test_it_is_handed_in_once(self):
        self._hand_in(self.report)
        self.assertEqual(self._get_answer(self.mine.hand_in()), "blocked")

    def test_what_is_handed_in_is_not_written(self):
        self.mine.results = "Sold"
        self._hand_in(self.report)
        with self.assertRaises(UserError):
            self.mine.results = "Sold more"
        self.assertEqual(self.report.results, "Sold")

    def test_the_author_reads_in_the_own_language_what_is_to_be_corrected(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.sally.lang = "zh_CN"
        self._hand_in(self.report)
        self.of_team.return_for_correction("Which customers?")
        told = self.report.message_ids[0].body
        self.assertIn("Which customers?", told)
        self.assertNotIn("To be corrected", told)

    def test_returned_it_is_corrected_and_still_in_time(self):
        self._hand_in(self.report)
        answers = self.of_team.return_for_correction("Which customers?")
        self.assertEqual(self._get_answer(answers), "ok")
        self.assertEqual(self.report.state, "returned")
        self.assertIn("Which customers?", self.report.message_ids[0].body)
        self.assertEqual(
            self.report.message_ids[0].notified_partner_ids, self.sally.partner_id
        )
        with freeze_time("2026-03-05 10:00:00"):
            self.mine.results = "Great Wall"
            self._hand_in(self.report)
        self.assertEqual(self.report.handed_in_at, datetime(2026, 3, 4, 10))
        self.assertEqual(self.report.punctuality, "on_time")

    def test_returning_takes_a_reason(self):
        self._hand_in(self.report)
        answers = self.of_team.return_for_correction("  ")
        self.assertEqual(self._get_answer(answers), "blocked")
        self.assertEqual(self.report.state, "handed_in")

    def test_a_comment_is_told_to_the_author_and_the_answer_to_the_leader(self):
        self._hand_in(self.report)
        self.of_team.comment("Well done")
        message = self.report.message_ids[0]
        self.assertEqual(message.notified_partner_ids, self.sally.partner_id)
        self.assertEqual(self.report.state, "read")
        self.mine.comment("Thank you")
        answer = self.report.message_ids[0]
        self.assertEqual(answer.notified_partner_ids, self.max.partner_id)
        self.assertEqual(answer.author_id, self.sally.partner_id)

    def test_a_comment_is_told_to_nobody_who_could_not_open_the_report(self):
        self.mine.comment("To myself")
        self.assertFalse(self.report.message_ids[0].notified_partner_ids)
        self._hand_in(self.report)
        self.of_team.mark_read()
        self.max.group_ids -= self.env.ref("crm_relations.group_sales_manager")
        self.mine.comment("Are you there?")
        self.assertFalse(self.report.message_ids[0].notified_partner_ids)

    def test_a_target_deleted_since_is_told_as_it_was(self):
        target = self.env["crm.followup.target"].create(
            {"name": "Two", "goal": 2, "start_date": "2026-03-02"}
        )
        key = f"target:{target.id}"
        self._hand_in(self.report)
        self.assertEqual(self._get_shown(key), ("0 / 2", ""))
        target.unlink()
        self.assertEqual(self._get_shown(key), ("0 / 2", ""))
        (label,) = (
            line["label"]
            for section in self.report.shown_figures
            for line in section["lines"]
            if line["key"] == key
        )
        self.assertEqual(label, "A target that is no more")
        newer = target.create({"name": "New", "goal": 3, "start_date": "2026-03-02"})
        self.assertEqual(self._get_shown(f"target:{newer.id}"), ("–", "0 / 3"))

    def test_a_figure_of_no_kind_opens_nothing(self):
        opened = self.report._open_one_of_many
        self.assertEqual(opened("kind", str(self.call.id))["type"][:3], "ir.")
        self.assertEqual(opened("target", "5")["type"][:3], "ir.")
        for kind, name in (
            ("other", "5"),
            ("kind", "x"),
            ("target", ""),
            ("open", "x"),
        ):
            self.assertIsNone(opened(kind, name), (kind, name))

    def test_a_comment_says_something(self):
        with self.assertRaises(UserError):
            self.mine.comment(" ")

    def test_nobody_writes_what_is_counted_or_decided(self):
        for values in (
            {"state": "read"},
            {"figures": {}},
            {"handed_in_at": "2026-03-01"},
            {"user_id": self.sam.id},
            {"due_at": False},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                self.mine.write(values)

    def test_a_report_of_ones_own_is_begun_by_hand(self):
        with Form(self.reports.with_user(self.sam)) as form:
            form.kind = "weekly"
            form.period_start = "2026-03-04"
            form.plan = "Visit the south"
        report = self._find(self.sam)
        self.assertEqual(str(report.period_start), "2026-03-02")
        self.assertEqual((report.team_id, report.state), (self.south, "draft"))
        with self.assertRaises(UserError):
            self._create_report(self.sam, period_start="2026-03-09")

    def test_a_context_proposes_nothing_that_is_decided(self):
        room = self.reports.with_user(self.sam).with_context(
            default_state="read",
            default_due_at="2020-01-01",
            default_is_reminded=True,
            default_is_missing_told=True,
            default_period_end="2026-12-31",
        )
        report = room.create({"kind": "daily"})
        self.assertEqual((report.state, report.due_at), ("draft", False))
        self.assertFalse(report.is_reminded or report.is_missing_told)
        self.assertEqual(report.period_end, report.period_start)
        weekly = self.reports.with_user(self.sam).create({"kind": "weekly"})
        self.assertEqual(weekly.period_start.weekday(), 0)
        with self.assertRaises(AccessError):
            room.create({"kind": "weekly", "state": "read"})
        with self.assertRaises(AccessError):
            room.create({"kind": "weekly", "user_id": self.sally.id})

    def test_only_a_draft_nobody_asked_for_is_deleted(self):
        self._create_report(self.sam).unlink()
        with self.assertRaises(UserError):
            self.mine.unlink()

    def test_the_last_plan_stands_beside(self):
        before = self._find(period_start="2026-03-02").with_user(self.sally)
        before.plan = "Call everybody"
        self.assertEqual(self.mine.previous_plan, "Call everybody")
        self._hand_in(self.report)
        self.assertFalse(self.of_team.previous_plan)  # a draft still
        self._hand_in(before.sudo())
        self.env.invalidate_all()
        self.assertEqual(self.of_team.previous_plan, "Call everybody")

    def test_with_other_texts_it_is_not_handed_in_in_time_again(self):
        self._hand_in(self.mine)
        acts = self.env["crm.act"]
        action = self.mine.with_user(self.sally).action_take_back()
        act = acts.browse(action["params"]["act"])
        self.mine.results = "Something else"
        with self.assertRaises(UserError):
            act.with_user(self.sally).undo()
        self.assertEqual(self.mine.state, "draft")

    def test_buttons_can_be_undone(self):
        action = self.mine.action_hand_in()
        act = self.env["crm.act"].browse(action["params"]["act"])
        self.assertEqual(self.report.state, "handed_in")
        act.with_user(self.sally).undo()
        self.env.invalidate_all()
        self.assertEqual(self.report.state, "draft")
        self.assertFalse(self.report.handed_in_at)

    def test_the_wizard_returns_with_the_reason(self):
        self._hand_in(self.report)
        action = self.of_team.action_return()
        wizards = self.env["crm.refusal.wizard"].with_user(self.max)
        wizard = wizards.with_context(**action["context"]).create({"reason": "Why?"})
        wizard.action_apply()
        self.assertEqual(self.report.return_reason, "Why?")

    def test_my_day_asks_for_it_and_offers_it_to_the_leader(self):
        def get_card(user, key):
            self.env.invalidate_all()
            day = self.env["crm.my.day"].with_user(user).get_day()
            for column in day["columns"]:
                for card in column["cards"]:
                    if card["key"] == key:
                        return card
            return {"count": 0, "lines": []}

        card = get_card(self.sally, "work_report")
        self.assertEqual(card["count"], 3)
        self.assertIn("Daily report", card["lines"][0]["name"])
        self.assertEqual(card["lines"][0]["res_model"], "crm.work.report")
        self._hand_in(self.report)
        self.assertEqual(get_card(self.sally, "work_report")["count"], 2)
        card = get_card(self.max, "work_report_unread")
        self.assertEqual(card["count"], 1)
        self.assertEqual(card["lines"][0]["asker"], "Sally")
        self.assertEqual(get_card(self.sam, "work_report")["count"], 0)
        self.assertEqual(get_card(self.rita, "work_report_unread")["count"], 0)

    def test_figures_are_told_plainly(self):
        for value, told in (
            *((None, "–"), (False, "–"), (0, "0"), (3, "3"), (2.0, "2")),
            *((2.5, "2.5"), ("Words", "Words")),
        ):
            with self.subTest(value):
                self.assertEqual(crm_work_report_shown._tell_plainly(value), told)

    def test_it_is_printed(self):
        self._hand_in(self.report)
        self.mine.sudo().results = "Sold"
        page, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "crm_relations.crm_work_report_print", self.report.ids
        )
        for words in (b"Daily report", b"Sally", b"Follow-ups", b"Sold"):
            self.assertIn(words, page)
