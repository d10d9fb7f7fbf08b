"""CO-3: which policy gives a complaint which clock, and what deadlines follow."""

from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common.clock import ClockCommon

ADDON = "crm_relations_complaint."


@tagged("post_install", "-at_install")
class TestClockPolicy(ClockCommon):
    def _get_minutes(self, **values):
        """Return within how many minutes such a complaint's customer is contacted."""
        complaint = self._register_at("Mon 9:00", **values)
        return self._get_clock(complaint, self.contact).target

    def test_the_most_specific_policy_wins_clock_by_clock(self):
        """Against Odoo's: the others keep their other clocks."""
        self._create_policy((self.contact, 20, "minute"), min_severity="3")
        complaint = self._register_at("Mon 9:00", severity="4")
        self.assertEqual(self._get_clock(complaint, self.contact).target, 20)
        solution = self._get_clock(complaint, self.solution)
        self.assertEqual(solution.policy_id, self.policy)
        self.assertEqual(self._get_minutes(severity="2"), 60)

    def test_precedence(self):
        category = self.category
        parent = category.parent_id
        self.customer.tier_id = self.tier_a
        # Each wins over all before it.
        for minutes, values in enumerate(
            (
                {"min_severity": "2"},
                {"min_severity": "2", "max_severity": "3"},
                {"category_ids": parent.ids},
                {"category_ids": category.ids},
                {"category_ids": parent.ids, "tier_ids": self.tier_a.ids},
                {"company_id": self.company.id, "channel": "phone"},
            ),
            start=1,
        ):
            self._create_policy((self.contact, minutes, "minute"), **values)
            with self.subTest(values):
                self.assertEqual(self._get_minutes(severity="2"), minutes)
        lower = self._create_policy((self.contact, 50, "minute"), sequence=1)
        self.policies.search([("id", "!=", lower.id), ("id", "!=", self.policy.id)])[
            :
        ].active = False
        self.assertEqual(self._get_minutes(), 50)

    def test_a_policy_is_not_for_others(self):
        other = self.env["res.company"].create({"name": "Other"})
        for values in (
            {"company_id": other.id},
            {"category_ids": self.unsafe.ids},
            {"tier_ids": self.tier_b.ids},
            {"channel": "authority"},
            {"max_severity": "1"},
        ):
            self._create_policy((self.contact, 5, "minute"), **values)
        self.customer.tier_id = self.tier_a
        self.assertEqual(self._get_minutes(severity="2"), 60)
        self.assertEqual(self._get_minutes(severity="2", channel="authority"), 5)

    def test_the_stat_button_counts_what_it_opens(self):
        policy = self._create_policy(
            (self.contact, 5, "minute"),
            min_severity="3",
            category_ids=self.category.parent_id.ids,
            channel="portal",
        )
        self._register_at("Mon 9:00", severity="3", channel="portal")
        self._register_at("Mon 9:00", severity="2", channel="portal")
        ended = self._register_at("Mon 9:00", severity="3", channel="portal")
        ended.state = "withdrawn"
        self.assertEqual(policy.complaint_count, 1)
        action = policy.action_view_complaints()
        found = self.env["crm.complaint"].search(action["domain"])
        self.assertEqual(len(found), 1)
        lines = self.policies._get_lines(found)[found]
        self.assertEqual(lines[self.contact].policy_id, policy)

    def test_the_calendar_of_a_policy_counts_for_its_clocks(self):
        mornings = self._create_calendar("Mornings", self.company, [(8, 12)])
        self.policy.write({"company_id": self.company.id, "calendar_id": mornings.id})
        complaint = self._register_at("Mon 11:40")
        clock = self._get_clock(complaint, self.contact)
        self.assertEqual(clock.deadline_at, self.at("Tue 8:40"))
        self.policy.calendar_id = False
        self.assertEqual(clock.deadline_at, self.at("Mon 13:40"))

    def test_an_empty_calendar_is_said_at_the_policy(self):
        """Against Chatwoot: never the clock on the wall instead."""
        empty = self._create_calendar("Nobody", self.company, [])
        with self.assertRaisesRegex(ValidationError, "“Nobody” has no working hours"):
            self.policy.write({"company_id": self.company.id, "calendar_id": empty.id})

    def test_emptied_later_nothing_is_lost_and_the_policy_says_so(self):
        hours = self.calendar.attendance_ids.copy_data()
        self.calendar.attendance_ids.unlink()
        self.policy.invalidate_recordset()
        self.assertIn("has no working hours", self.policy.problem)
        complaint = self._register_at("Mon 9:00")
        clock = self._get_clock(complaint, self.contact)
        self.assertFalse(clock.deadline_at)
        self.calendar.attendance_ids = [Command.create(vals) for vals in hours]
        self.env.cr.precommit.run()
        self.assertEqual(clock.deadline_at, self.at("Mon 10:00"))
        self.assertEqual(complaint.next_clock_id, clock)

    def test_deadlines_follow_the_calendar_while_they_run(self):
        complaint = self._register_at("Mon 16:30")
        clock = self._get_clock(complaint, self.contact)
        start, end = (self.at(f"Tue {hour}") for hour in ("0:00", "23:59"))
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.calendar.id,
                "date_from": start,
                "date_to": end + timedelta(seconds=59),
            }
        )
        self.env.cr.precommit.run()
        self.assertEqual(clock.deadline_at, self.at("Wed 8:30"))
        self.assertEqual(complaint.next_deadline_at, self.at("Wed 8:30"))
        makeup = self.env["resource.calendar.makeup.day"].create(
            {"date": "2026-03-03", "calendar_id": self.calendar.id}
        )
        self.env.cr.precommit.run()
        self.assertEqual(clock.deadline_at, self.at("Tue 8:30"))
        complaint._record("contacted", self.at("Tue 8:00"))
        makeup.unlink()
        self.env.cr.precommit.run()
        self.assertEqual(clock.deadline_at, self.at("Tue 8:30"))

    def test_a_make_up_sunday_is_worked(self):
        self.env["resource.calendar.makeup.day"].create(
            {"date": "2026-03-08", "calendar_id": self.calendar.id}
        )
        clock = self._get_clock(self._register_at("Fri 16:30"), self.contact)
        self.assertEqual(clock.deadline_at, self.at("Sun 8:30"))

    def test_a_company_that_changes_its_hours_takes_its_clocks_along(self):
        clock = self._get_clock(self._register_at("Mon 11:40"), self.contact)
        self.company.resource_calendar_id = self._create_calendar(
            "Mornings", self.company, [(8, 12)]
        )
        self.assertEqual(clock.deadline_at, self.at("Tue 8:40"))

    def test_a_deleted_calendar_leaves_nothing_without_a_deadline(self):
        mornings = self._create_calendar("Mornings", self.company, [(8, 12)])
        self.policy.write({"company_id": self.company.id, "calendar_id": mornings.id})
        clock = self._get_clock(self._register_at("Mon 11:40"), self.contact)
        # As an import would, past the policy.
        self.env.cr.execute(
            "UPDATE crm_complaint_policy SET calendar_id = NULL WHERE id = %s",
            [self.policy.id],
        )
        self.env.invalidate_all()
        mornings.unlink()
        self.assertEqual(clock.calendar_id, self.calendar)
        self.assertEqual(clock.deadline_at, self.at("Mon 13:40"))

    def test_severity_takes_running_clocks_along_both_ways(self):
        now = datetime(2026, 3, 2, 1, 10)  # Monday 9:10 there
        self._create_policy((self.contact, 20, "minute"), min_severity="3")
        with freeze_time(now):
            complaint = self._register_at("Mon 9:00", severity="2")
            clock = self._get_clock(complaint, self.contact)
            complaint.with_user(self.olga).severity = "3"
            self.assertEqual(clock.deadline_at, self.at("Mon 9:20"))
            complaint.with_user(self.olga).severity = "2"
            self.assertEqual(clock.deadline_at, self.at("Mon 10:00"))
            self.assertEqual(clock.policy_id, self.policy)

    def test_a_customer_keeps_what_was_promised_when_his_tier_changes(self):
        """The tier is that of the start of a clock: what a nightly run finds moves
        nothing that runs; a new round is measured by the new tier."""
        gold = self._create_policy(
            (self.contact, 20, "minute"), tier_ids=self.tier_a.ids
        )
        self.customer.tier_id = self.tier_a
        with freeze_time(self.at("Mon 9:10")):
            complaint = self._register_at("Mon 9:00")
            clock = self._get_clock(complaint, self.contact)
            self.customer.tier_id = self.tier_b
            self.env.flush_all()
            self.assertEqual(clock.policy_id, gold)
            self.assertEqual(clock.deadline_at, self.at("Mon 9:20"))
            complaint._record("contacted")
            complaint.round = 2
            complaint._record("reopened")
        self.assertEqual(complaint.clock_ids[:1].policy_id, self.policy)

    def test_safety_ticked_in_the_form_takes_them_along(self):
        self._create_policy((self.contact, 20, "minute"), min_severity="4")
        with freeze_time(datetime(2026, 3, 2, 1, 10)):
            complaint = self._register_at("Mon 9:00")
            form = Form(complaint.with_user(self.olga))
            form.is_safety = True
            form.save()
            clock = self._get_clock(complaint, self.contact)
            self.assertEqual(clock.deadline_at, self.at("Mon 9:20"))

    def test_what_is_overdue_is_not_made_harmless(self):
        self._create_policy((self.contact, 20, "minute"), min_severity="3")
        with freeze_time(datetime(2026, 3, 2, 1, 30)):  # Monday 9:30 there
            complaint = self._register_at("Mon 9:00", severity="3")
            complaint.with_user(self.olga).severity = "2"
            clock = self._get_clock(complaint, self.contact)
            self.assertEqual(clock.deadline_at, self.at("Mon 9:20"))

    def test_what_a_policy_asks_for_later_starts_as_of_its_event(self):
        self._create_policy(
            (self.confirmation, 2, "hour"), (self.acceptance, 1, "hour"), channel="web"
        )
        plan = self.env.ref(f"{ADDON}crm_complaint_clock_kind_plan")
        self._create_policy((plan, 4, "hour"), channel="web")
        with freeze_time(datetime(2026, 3, 2, 1, 30)):
            complaint = self._register_at("Mon 9:00", channel="phone")
            complaint._record("paused", self.at("Mon 9:10"))
            complaint._record("resumed", self.at("Mon 9:20"))
            complaint.with_user(self.olga).channel = "web"
            clock = self._get_clock(complaint, plan)
            self.assertEqual(clock.started_at, self.at("Mon 9:00"))
            self.assertEqual(clock.deadline_at, self.at("Mon 14:10"))
            self.assertFalse(self._get_clock(complaint, self.acceptance))
            complaint.with_user(self.olga).channel = "phone"
            self.assertResult(clock, "cancelled")

    def test_terms_of_the_law_count_working_days_and_never_stand_still(self):
        self.env.ref(f"{ADDON}crm_complaint_policy_authority").active = True
        kind = self.env.ref(f"{ADDON}crm_complaint_clock_kind_authority_accept")
        complaint = self._register_at("Mon 9:00", channel="authority")
        complaint._record("paused", self.at("Mon 10:00"))
        clock = self._get_clock(complaint, kind)
        self.assertEqual(clock.deadline_at, self.at("+Wed 17:00"))
        self.assertResult(clock, "running")
        mediate = self.env.ref(f"{ADDON}crm_complaint_clock_kind_authority_mediate")
        complaint._record("accepted", self.at("Tue 9:00"))
        clock = self._get_clock(complaint, mediate)
        self.assertEqual(clock.target, 45)
        self.assertEqual(clock.deadline_at.date().isoformat(), "2026-05-05")

    def test_hours_day_and_night_ask_no_calendar(self):
        self.policy.line_ids[0].write({"target": 24, "unit": "any_hour"})
        clock = self._get_clock(self._register_at("Fri 16:00"), self.contact)
        self.assertEqual(clock.deadline_at, self.at("Sat 16:00"))

    def test_a_calendar_of_one_minute(self):
        tiny = self._create_calendar("Tiny", self.company, [(8, 8 + 1 / 60)])
        self.company.resource_calendar_id = tiny
        clock = self._get_clock(self._register_at("Mon 7:00"), self.contact)
        self.assertEqual(clock.deadline_at, self.at("Mon 8:01") + timedelta(days=81))

    def test_what_a_policy_cannot_be_is_said(self):
        with self.assertRaisesRegex(ValidationError, "ten years"):
            self.policy.line_ids[0].target = 600001
        with self.assertRaisesRegex(ValidationError, "no policy says it"):
            self.policy.line_ids[0].kind_id = self.env.ref(
                f"{ADDON}crm_complaint_clock_kind_promise"
            )
        with self.assertRaisesRegex(ValidationError, "would stop by what starts"):
            self.contact.stop_event = "registered"
        with self.assertRaisesRegex(ValidationError, "has to go on"):
            self.contact.resume_event = False
        with self.assertRaises(ValidationError):
            self.env.ref(f"{ADDON}crm_complaint_clock_kind_promise").unlink()
        self._register_at("Mon 9:00")
        with self.assertRaisesRegex(UserError, "archive it instead"):
            self.policy.unlink()

    def test_managers_set_policies_officers_read_them(self):
        with self.assertRaises(UserError):
            self.policy.with_user(self.olga).name = "Mine"
        self.policy.with_user(self.mona).name = "Hers"
        self.assertEqual(self.policy.with_user(self.desk).name, "Hers")

    def test_the_sentence_says_all_of_a_policy(self):
        self.policy.write(
            {
                "category_ids": self.unsafe.ids,
                "min_severity": "3",
                "channel": "authority",
            }
        )
        sentence = self.policy.sentence
        for words in ("Serious or more", "Authority", "First contact within 60"):
            self.assertIn(words, sentence)
        self.assertIn("after reopening 1", sentence)
        empty = self._create_policy(name="Empty")
        self.assertIn("All complaints: no clock yet.", empty.sentence)

    def test_what_is_about_nothing_yet_has_the_clocks_of_all(self):
        category = self.category.ids
        self._create_policy((self.contact, 20, "minute"), category_ids=category)
        self.assertEqual(self._get_minutes(), 20)
        self.assertEqual(self._get_minutes(category_id=False), 60)

    def test_which_policy_counts_is_shown_while_typing(self):
        self._create_policy((self.contact, 20, "minute"), min_severity="4", name="Hot")
        form = Form(self.env["crm.complaint"].with_user(self.desk))
        self.assertIn("First contact within 60 working minutes – Usual", form.limits)
        form.is_safety = True
        self.assertIn("First contact within 20 working minutes – Hot", form.limits)
        self.assertIn("Solution within 2 working days", form.limits)

    def test_what_is_left_is_told_in_words(self):
        with freeze_time(self.at("Mon 9:30")):
            complaint = self._register_at("Mon 9:00")
            self.assertEqual(complaint.clock_words, "30 min left")
            solution = self._get_clock(complaint, self.solution)
            self.assertEqual(solution.standing, "2 working days left")
            self.assertEqual(solution.target_words, "2 working days")
        with freeze_time(self.at("Mon 14:15")):
            complaint.clock_ids.invalidate_recordset()
            complaint.invalidate_recordset()
            self.assertEqual(complaint.clock_words, "3 h 15 min overdue")
            complaint._record("contacted")
        clock = self._get_clock(complaint, self.contact)
        self.assertEqual(clock.standing, "Late by 3 h 15 min")

    def test_many_are_planned_in_batches(self):
        complaints = self._register_at("Mon 16:30", 3)
        clocks = self._get_clock(complaints, self.contact)
        with freeze_time(fields.Datetime.now()):
            self.env.cr.execute(
                "UPDATE crm_complaint_clock SET is_outdated = TRUE,"
                " deadline_at = NULL WHERE id = ANY(%s)",
                [clocks.ids],
            )
            self.env.invalidate_all()
            for _batch in clocks:
                self.assertEqual(
                    self.env["crm.complaint.clock"]._plan_outdated(limit=1), 1
                )
            self.assertFalse(self.env["crm.complaint.clock"]._plan_outdated())
        self.assertEqual(set(clocks.mapped("deadline_at")), {self.at("Tue 8:30")})
