from datetime import datetime, timedelta

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common.care_rule import CareRuleCommon

NOW = "2026-05-04 08:00:00"  # a Monday


@tagged("post_install", "-at_install")
class TestCareEvents(CareRuleCommon):
    """CA-1, CA-3: before and after what happens; it moves, it goes, it comes back."""

    def _deliver(self, moment, partner=None, **values):
        order = self._create_order(
            partner or self.customer, 100, commitment_date=moment, **values
        )
        order.date_order = datetime(2026, 1, 5)
        self.env["res.partner"]._follow_purchases()
        return order

    @freeze_time(NOW)
    def test_hours_before_a_planned_delivery_and_after_it(self):
        """CA-1: 72 h and 24 h before, 24 h thanks, 72 h check."""
        order = self._deliver("2026-05-10 10:00:00")
        expected = [
            ("delivery_planned", 72, "before", "2026-05-07 10:00:00"),
            ("delivery_planned", 24, "before", "2026-05-09 10:00:00"),
            ("delivered", 24, "after", "2026-05-11 10:00:00"),
            ("delivered", 72, "after", "2026-05-13 10:00:00"),
        ]
        if "effective_date" in order._fields:
            order.effective_date = order.commitment_date
        for trigger, hours, side, due_at in expected:
            rule = self._create_care_rule(trigger, hours, "hours", side)
            self.assertEqual(self._due(rule), [due_at])
            self.assertIn(order.name, rule.task_ids.reason)
            self.assertEqual(rule.task_ids.res_id, order.id)

    @freeze_time(NOW)
    def test_a_delivery_that_moves_moves_its_task(self):
        order = self._deliver("2026-05-10 10:00:00")
        rule = self._create_care_rule("delivery_planned", 72, "hours", "before")
        self.assertEqual(self._due(rule), ["2026-05-07 10:00:00"])
        task = rule.task_ids
        order.commitment_date = "2026-05-12 15:00:00"
        self.assertEqual(self._due(rule), ["2026-05-09 15:00:00"])
        self.assertIn("May 12", task.reason)
        # Out of sight: it comes back, as the same task, when its time comes near.
        order.commitment_date = "2026-07-01 10:00:00"
        self.assertFalse(self._due(rule))
        self.assertTrue(task.is_gone)
        with freeze_time("2026-06-20 08:00:00"):
            self.assertEqual(self._due(rule), ["2026-06-28 10:00:00"])
        self.assertEqual(rule.task_ids, task)
        self.assertFalse(task.is_gone)

    @freeze_time(NOW)
    def test_a_cancelled_order_drops_its_task(self):
        order = self._deliver("2026-05-10 10:00:00")
        rule = self._create_care_rule("delivery_planned", 24, "hours", "before")
        self.assertEqual(rule.due_count, 1)
        self._due(rule)
        rule.invalidate_recordset(["due_count"])
        self.assertEqual(rule.due_count, 0)
        order._action_cancel()
        self.env["res.partner"]._follow_purchases()
        self.assertFalse(self._due(rule))
        self.assertEqual(rule.task_ids.state, "dropped")

    @freeze_time(NOW)
    def test_what_somebody_has_begun_or_dropped_stays(self):
        order = self._deliver("2026-05-10 10:00:00")
        rule = self._create_care_rule("delivery_planned", 24, "hours", "before")
        self._due(rule)
        task = rule.task_ids
        task.action_drop()
        order.commitment_date = "2026-05-12 10:00:00"
        self.assertFalse(self._due(rule))
        self.assertEqual(task.state, "dropped")
        task.state = "done"
        self.assertFalse(self._due(rule))
        self.assertEqual(len(rule.task_ids), 1)

    @freeze_time(NOW)
    def test_a_visit_is_thanked_for_within_the_hour(self):
        visit = self._create_followup(self.customer)
        visit.sudo().check_out_at = "2026-05-04 07:50:00"
        rule = self._create_care_rule("visit_left", 30, "minutes")
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_care_events").method_direct_trigger()
        self.assertEqual(str(rule.task_ids.due_at), "2026-05-04 08:20:00")
        self.assertIn("visit", rule.task_ids.reason)

    @freeze_time(NOW)
    def test_a_confirmed_order_by_its_contact_in_the_contacts_zone(self):
        person = self._create_person(self.customer, "Buyer")
        self.customer.tz, person.tz = False, "Asia/Shanghai"
        order = self._create_order(person, 100)
        order.date_order = "2026-05-03 20:00:00"  # the 4th in Shanghai
        self.env["res.partner"]._follow_purchases()
        rule = self._create_care_rule("order_confirmed", 2, time_of_day=10)
        self.assertEqual(self._due(rule), ["2026-05-06 02:00:00"])
        self.assertEqual(rule.task_ids.person_id, person)
        self.assertEqual(rule.task_ids.partner_id, self.customer)

    @freeze_time(NOW)
    def test_first_maintenance_comes_after_the_first_delivery_only(self):
        name = "commitment_date"
        first = self._deliver("2026-02-10 10:00:00")
        second = self._deliver("2026-02-12 10:00:00")
        if "effective_date" in first._fields:
            name = "effective_date"
        first[name], second[name] = "2026-02-10 10:00:00", "2026-02-12 10:00:00"
        rule = self._create_care_rule("first_delivery", 3, "months")
        self.assertEqual(self._due(rule), ["2026-05-10 09:00:00"])
        self.assertEqual(rule.task_ids.res_id, first.id)

    @freeze_time(NOW)
    def test_offsets_in_working_time(self):
        """Monday 08:00 to 12:00 and 13:00 to 17:00; nothing on Saturday."""
        order = self._deliver("2026-05-08 16:00:00")
        cases = [
            (120, "minutes", "before", "2026-05-08 14:00:00"),
            (10, "hours", "before", "2026-05-07 14:00:00"),
            (3, "days", "before", "2026-05-05 09:00:00"),
            (2, "hours", "after", "2026-05-11 09:00:00"),
            (1, "days", "after", "2026-05-11 09:00:00"),
        ]
        for number, unit, side, due_at in cases:
            with self.subTest(number=number, unit=unit, side=side):
                rule = self._create_care_rule(
                    "delivery_planned", number, unit, side, in_working_time=True
                )
                self.assertEqual(self._due(rule), [due_at])
        self.assertTrue(order)

    @freeze_time(NOW)
    def test_a_membership_card_that_expires(self):
        program = self.env["loyalty.program"].create(
            {"name": "Club", "program_type": "loyalty"}
        )
        self.env["loyalty.card"].create(
            {
                "program_id": program.id,
                "partner_id": self.customer.id,
                "expiration_date": "2026-06-05",
            }
        )
        rule = self._create_care_rule("membership_end", 1, "months", "before")
        self.assertEqual(self._due(rule), ["2026-05-05 09:00:00"])

    def test_what_a_standstill_passes_over_is_told_not_done(self):
        """CA-3: caught up so far by the rule, missed beyond it, each once."""
        rule = self._create_care_rule(
            "delivery_planned", 1, side="after", catch_up_days=2, plan_ahead_days=0
        )
        with freeze_time(NOW):
            self._due(rule)
        for day in (6, 7, 12, 13):
            self._deliver(f"2026-05-{day:02} 10:00:00")
        with freeze_time("2026-05-14 10:00:00"):
            self.assertEqual(
                self._due(rule), ["2026-05-13 09:00:00", "2026-05-14 09:00:00"]
            )
            self._due(rule)
        self.assertEqual((rule.task_count, rule.missed_count), (2, 2))

    @freeze_time(NOW)
    def test_a_rule_that_is_archived_withdraws_what_nobody_has_begun(self):
        self._deliver("2026-05-10 10:00:00")
        rule = self._create_care_rule("delivery_planned", 24, "hours", "before")
        self._due(rule)
        rule.active = False
        self.assertEqual(rule.task_ids.state, "dropped")
        rule.active = True
        self.assertEqual(self._due(rule), ["2026-05-09 10:00:00"])

    @freeze_time(NOW)
    def test_silence_is_served_once_and_ends_with_a_contact(self):
        self.customer.owner_since = datetime(2026, 1, 1)
        self._create_followup(self.customer, days_ago=28)
        self.env.flush_all()
        rule = self._create_care_rule("silence", silence_days=30)
        self.assertEqual(self._due(rule), ["2026-05-06 09:00:00"])
        self.assertEqual(self._due(rule), ["2026-05-06 09:00:00"])
        self.assertIn("30 days", rule.task_ids.reason)
        self._create_followup(self.customer, days_ago=0)
        self.assertFalse(self._due(rule))
        self.assertEqual(rule.task_ids.state, "dropped")

    @freeze_time(NOW)
    def test_silence_by_the_interval_of_the_tier(self):
        (self.tier_a | self.tier_b | self.tier_c).contact_interval_days = 0
        self.tier_a.contact_interval_days = 20
        self.customer.sudo().tier_id = self.tier_a
        other = self._create_customer("B", user_id=self.sally.id)
        for customer in (self.customer, other):
            self._age_ownership(customer, 60)
            self._create_followup(customer, days_ago=15)
        rule = self._create_care_rule(
            "silence", domain=self._only(self.customer | other)
        )
        self.assertEqual(self._due(rule), ["2026-05-09 09:00:00"])
        self.assertEqual(rule.task_ids.partner_id, self.customer)

    @freeze_time(NOW)
    def test_one_statement_whatever_the_number_of_events(self):
        rule = self._create_care_rule("delivery_planned", 24, "hours", "before")
        self._deliver("2026-05-10 10:00:00")
        rule._create_tasks()
        self._deliver("2026-05-10 10:00:00")
        few = self._count_statements(rule._create_tasks)
        for _number in range(10):
            self._deliver("2026-05-10 10:00:00")
        self.assertEqual(self._count_statements(rule._create_tasks), few)
        self.assertEqual(len(rule.task_ids), 12)

    def test_a_rule_that_cannot_run_says_so_and_the_others_go_on(self):
        self.env.ref("crm_relations.ir_cron_care")
        rule = self._create_care_rule("delivery_planned", 2, "hours", "before")
        rule.in_working_time = True
        self.company.resource_calendar_id.attendance_ids.unlink()
        self.env.flush_all()
        with self.enter_registry_test_mode():
            with self.assertLogs("odoo.addons.crm_relations", "WARNING"):
                self.env.ref("crm_relations.ir_cron_care").method_direct_trigger()
        self.env.invalidate_all()
        self.assertIn("no hours", rule.problem)

    def test_bad_offsets_are_refused(self):
        for number, unit, working in (
            (-1, "days", False),
            (121, "months", False),
            (1, "months", True),
        ):
            with self.subTest(number=number), self.assertRaises(ValidationError):
                self._create_care_rule(
                    "delivered", number, unit, in_working_time=working
                )


@tagged("post_install", "-at_install")
class TestCareDateField(CareRuleCommon):
    """CA-1: before or after a date field of any model that leads to a customer."""

    def _create_field_rule(self, model, field, **values):
        return self._create_care_rule(
            "date_field",
            model_id=self.env["ir.model"]._get_id(model),
            field_id=self.env["ir.model.fields"]._get_ids(model)[field],
            **values,
        )

    @freeze_time(NOW)
    def test_a_date_of_any_record_with_conditions(self):
        for name, day in (("One", "2026-05-10"), ("Two", "2026-05-11")):
            self.env["crm.lead"].create(
                {"name": name, "partner_id": self.customer.id, "date_deadline": day}
            )
        rule = self._create_field_rule(
            "crm.lead",
            "date_deadline",
            number=2,
            side="before",
            source_domain="[('name', '=', 'Two')]",
        )
        self.assertEqual(rule.partner_path, "partner_id")
        self.assertEqual(self._due(rule), ["2026-05-09 09:00:00"])
        self.assertEqual(rule.task_ids.reason, "Expected Closing: May 11, 2026.")

    @freeze_time(NOW)
    def test_a_way_over_another_record(self):
        order = self._create_order(self.customer, 100)
        self.env["sale.order.line"].flush_model()
        rule = self._create_field_rule(
            "sale.order.line",
            "create_date",
            partner_path="order_id.partner_id",
            source_domain=repr([("order_id", "=", order.id)]),
            number=1,
        )
        line = order.order_line
        self.env.cr.execute(
            "UPDATE sale_order_line SET create_date = %s WHERE id = %s",
            ("2026-05-04 07:00:00", line.id),
        )
        self.assertEqual(self._due(rule), ["2026-05-05 09:00:00"])
        self.assertEqual(rule.task_ids.partner_id, self.customer)

    def test_a_record_without_customer_is_refused(self):
        with self.assertRefused("No way leads from"):
            self._create_field_rule("res.currency.rate", "name")
        with self.assertRefused("No way leads from"):
            self._create_field_rule(
                "sale.order", "date_order", partner_path="partner_id; DROP TABLE x"
            )
        with self.assertRefused("Choose a stored date"):
            self._create_field_rule("crm.lead", "name")
        with self.assertRefused("cannot be read"):
            self._create_field_rule(
                "crm.lead", "date_deadline", source_domain="[('nothing', '=', 1)]"
            )

    @freeze_time(NOW)
    def test_days_of_the_customer_itself(self):
        rule = self._create_field_rule("res.partner", "relation_since", number=7)
        self.assertEqual(rule.partner_path, "id")
        self.customer.relation_since = "2026-05-01"
        self.assertEqual(self._due(rule), ["2026-05-08 09:00:00"])
        self.assertEqual(
            rule.task_ids.due_at - timedelta(days=7), datetime(2026, 5, 1, 9)
        )
