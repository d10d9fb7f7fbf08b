from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common.care import NOW, CareCommon

MOMENT = fields.Datetime.to_datetime(NOW)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCareRules(CareCommon):
    """What a rule may say, whom it means, and what a change of it changes."""

    def assertBounds(self, taken, refused):
        for values in taken:
            with self.subTest(values):
                self.assertTrue(self._create_rule(**values))
        for values in refused:
            with self.subTest(values), self.assertRaises(ValidationError):
                self._create_rule(**values)

    def test_the_bounds_of_a_rule(self):
        most = {"minutes": 44640, "hours": 8784, "days": 3660, "months": 120}
        days = ("plan_ahead_days", "catch_up_days", "missed_after_days", "keep_days")
        self.assertBounds(
            [
                *({"offset_unit": u, "offset_number": n} for u, n in most.items()),
                *({name: number} for name in days for number in (0, 366)),
                {"limit_number": 0},
                {"limit_number": 8784},
                {"time_of_day": 0},
                {"time_of_day": 23.98},
                {"trigger": "silence", "silence_days": 3660},
                {"in_working_time": True, "offset_unit": "days"},
            ],
            [
                *({"offset_unit": u, "offset_number": n + 1} for u, n in most.items()),
                *({name: number} for name in days for number in (-1, 367)),
                {"limit_number": 8785},
                {"time_of_day": -0.1},
                {"time_of_day": 24},
                {"silence_days": 3661},
                {"silence_days": -1},
            ],
        )

    def test_the_bounds_of_an_own_date(self):
        def create(**values):
            line = {"name": "X", "month": 1, "day": 1} | values
            return self._create_rule(trigger="own_date", date_ids=[(0, 0, line)])

        for values in (
            {"month": 12, "day": 31, "year": 2000},
            {"month": 2, "day": 29, "year": 2099},
            {"calendar": "lunar", "month": 2, "day": 30, "in_leap_month": True},
        ):
            with self.subTest(values):
                self.assertTrue(create(**values))
        for values in (
            *({"year": year} for year in (1999, 2100)),
            *({"month": 0}, {"day": 0}, {"in_leap_month": True}),
            {"calendar": "lunar", "day": 31},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                create(**values)

    def test_an_own_date_of_one_year_comes_in_that_year_and_by_its_calendar(self):
        rule = self._create_rule(
            trigger="own_date",
            date_ids=[(0, 0, {"name": "X", "month": 5, "day": 5, "year": 2026})],
        )
        line = rule.date_ids
        self.assertTrue(line._is_on("solar", 5, 5, False, 2026))
        for other in (("lunar", 5, 5, False), ("solar", 4, 5, False)):
            self.assertFalse(line._is_on(*other, 2026))
        self.assertFalse(line._is_on("solar", 5, 5, False, 2027))
        line.year = False
        self.assertTrue(line._is_on("solar", 5, 5, False, 2027))

    def test_an_own_date_that_was_deleted_is_told_by_the_name_it_had(self):
        rule = self._create_rule(
            trigger="own_date",
            date_ids=[(0, 0, {"name": "Fair", "month": 5, "day": 5})],
        )
        line = rule.date_ids.id
        facts = {"code": "care_own_date", "name": "Show", "day": "2026-05-05"}
        for number, name in ((line, "Fair"), (line + 10**6, "Show")):
            task = self._create_task(rule, facts={**facts, "line": number})
            self.assertIn(name, task.reason)

    def test_what_was_passed_over_is_forgotten_with_a_new_start_only(self):
        rule = self._create_rule()
        for values, kept in (
            ({"name": "X"}, True),
            ({"start_date": "2026-05-01"}, False),
            ({"active": False}, False),
            ({"trigger": "silence"}, False),
        ):
            rule.generated_at = MOMENT
            rule.write(values)
            with self.subTest(values):
                self.assertEqual(bool(rule.generated_at), kept)

    def test_a_rule_that_has_cared_for_somebody_is_kept(self):
        rule, other = self._create_rule(), self._create_rule()
        task = self._create_task(rule)
        task.state = "done"
        planned = self._create_task(other)
        with self.assertRefused("part of their history", UserError):
            rule.unlink()
        other.unlink()
        self.assertFalse(planned.exists())

    def test_tasks_and_missed_ones_are_counted_apart_and_due_ones_for_managers(self):
        rule = self._create_rule(trigger="founded", domain=self._only(self.customer))
        self.customer.founded_on = "2016-05-05"
        for state in ("planned", "done", "missed", "missed", "missed"):
            self._create_task(rule).state = state
        self.assertEqual((rule.task_count, rule.missed_count), (2, 3))
        counts = [rule.with_user(user).due_count for user in (self.rita, self.sally)]
        self.assertEqual(counts, [1, 0])

    def test_during_the_day_only_rules_on_events_run(self):
        self.customer.founded_on = "2016-05-05"
        self._create_order(self.customer, 10, days_ago=0)
        only = self._only(self.customer)
        founded, order, later = (
            self._create_rule(trigger=trigger, domain=only, **values)
            for trigger, values in (
                ("founded", {}),
                ("order_confirmed", {}),
                ("order_confirmed", {"start_date": "2026-05-06"}),
            )
        )
        self.env.flush_all()
        with self.enter_registry_test_mode():
            job = self.env.ref("crm_relations.ir_cron_care_events")
            job.method_direct_trigger()
        self.env.invalidate_all()
        self.assertFalse(founded.task_ids or later.task_ids)
        self.assertTrue(order.task_ids)

    def test_a_way_to_a_customer_does_not_lead_over_ourselves(self):
        orders = self.env["sale.order"]
        ways = self.env["crm.customer.way"]
        for path, leads in (
            ("partner_id", True),
            ("user_id.partner_id", False),
            ("company_id.partner_id", False),
            ("", False),
            ("id", False),
            ("name", False),
            ("partner_id.parent_id.parent_id.parent_id", True),
            ("partner_id.parent_id.parent_id.parent_id.parent_id", False),
        ):
            with self.subTest(path):
                self.assertEqual(ways._leads(orders, path), leads)
        self.assertTrue(ways._leads(self.env["res.partner"], "id"))

    def test_another_date_of_a_record_is_another_occasion(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Deal",
                "partner_id": self.customer.id,
                "date_deadline": "2026-05-05",
            }
        )
        names = self.env["ir.model.fields"]._get_ids("crm.lead")
        rule = self._create_rule(
            trigger="date_field",
            model_id=self.env["ir.model"]._get_id("crm.lead"),
            field_id=names["date_deadline"],
            source_domain=repr([("id", "=", lead.id)]),
        )
        for day in ("2026-05-05", "2026-05-06"):
            lead.date_deadline = day
            rule._create_tasks()
        occasions = sorted(rule.task_ids.mapped("occasion"))
        self.assertEqual(
            [name[-10:] for name in occasions], ["2026-05-05", "2026-05-06"]
        )

    def test_care_that_goes_by_the_salesperson_goes_with_the_customer(self):
        mine, of_one = (
            self._create_rule(executor=executor, user_id=self.rita.id)
            for executor in ("owner", "user")
        )
        later = "2026-06-01 10:00:00"
        planned, fixed = (
            self._create_task(rule, due_at=later, user_id=self.sally.id)
            for rule in (mine, of_one)
        )
        nobodys = self._create_task(mine, due_at=later, user_id=False)
        begun = self._create_task(mine)
        begun.state = "open"
        self.customer.user_id = self.sam
        self.env.invalidate_all()
        logins = [task.user_id.login for task in (planned, nobodys, fixed, begun)]
        self.assertEqual(logins, ["sam", "sam", "sally", "sally"])
        self.customer.with_user(self.sam).pool_release("Too far away")
        self.env.invalidate_all()
        self.assertEqual(planned.user_id, self.rita, "who stands in")

    def test_a_transfer_leaves_to_the_former_what_was_his(self):
        """The handover itself takes his along, or not; what was nobody's is the new
        one's."""
        rule, later = self._create_rule(executor="owner"), "2026-06-01 10:00:00"
        his, nobodys = [self._create_task(rule, due_at=later) for _count in range(2)]
        nobodys.user_id = False
        self.customer.user_id = self.sam
        (his | nobodys).flush_recordset()
        his.user_id, nobodys.user_id = self.sally, False
        self.customer._owner_changed("transfer")
        self.env.invalidate_all()
        self.assertEqual((his.user_id, nobodys.user_id), (self.sally, self.sam))

    def test_a_blacklisted_address_stops_what_goes_there_and_nothing_else(self):
        person = self._create_person(self.customer, "Ada")
        person.write({"phone": "+86 139 0013 9000", "email": "ada@example.com"})
        self.env["phone.blacklist"].create({"number": self.customer.phone_sanitized})
        listed = self.env["mail.blacklist"].create({"email": self.customer.email})
        call = self._create_task(self._create_rule("callback"))
        by_sms = self._create_task(self._create_rule("sms"), person_id=person.id)
        self._dispatch()
        self.assertEqual((call.state, by_sms.state), ("dropped", "done"))
        listed.active = False
        mail = self._create_task(self._create_rule("email", is_touch=False))
        self._dispatch()
        self.assertEqual(mail.state, "done")

    def _create_storm(self, **values):
        rule = self._create_rule(
            trigger="broadcast", domain=self._only(self.customer), **values
        )
        return self.env["crm.care.broadcast"].create(
            {"name": "Storm", "rule_id": rule.id}
        )

    def test_a_broadcast_is_for_its_country_and_who_is_still_a_customer(self):
        storm = self._create_storm()
        china, france = self.env.ref("base.cn"), self.env.ref("base.fr")
        self.customer.country_id = china
        for country, count in ((china, 1), (france, 0)):
            storm.country_id = country
            self.assertEqual(storm.audience_count, count)
        storm.country_id = False
        self.customer.active = False
        with self.assertRefused("Nobody belongs", UserError):
            storm.action_make_tasks()
        self.customer.active = True
        storm.rule_id.active = False
        with self.assertRefused("is archived", UserError):
            storm.action_make_tasks()

    def test_the_day_of_a_broadcast_is_that_of_its_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        other.resource_calendar_id.tz = "Asia/Shanghai"
        self.customer.company_id = other
        for company, day in ((other, "2026-05-06"), (None, "2026-05-05")):
            storm = self._create_storm(company_id=company and company.id)
            storm.due_at = "2026-05-05 17:00:00"
            storm.action_make_tasks()
            task = storm.rule_id.task_ids
            self.assertEqual(str(task.occasion_date), day)
            self.assertEqual((task.user_id, task.company_id), (self.sally, other))

    def test_a_broadcast_that_was_made_is_withdrawn_not_deleted(self):
        storm, draft = self._create_storm(), self._create_storm()
        storm.action_make_tasks()
        with self.assertRefused("is kept", UserError):
            storm.unlink()
        (storm + draft).action_withdraw()
        self.assertEqual((storm + draft).mapped("state"), ["cancelled", "draft"])
        storm.unlink()

    def test_the_wizard_takes_what_was_marked_and_names_the_person(self):
        person = self._create_person(self.customer)
        task = self._create_task(self._create_rule(), person_id=person.id)
        self._dispatch()
        wizards = self.env["crm.care.wizard"].with_user(self.sally)
        marked = {"active_model": "crm.care.task", "active_ids": task.ids}
        others = {"active_model": "res.partner", "active_ids": task.ids}
        self.assertFalse(wizards.with_context(**others).create({}).task_ids)
        wizard = wizards.with_context(**marked).create(
            {"kind": "done", "followup_kind_id": self.call.id}
        )
        self.assertEqual((wizard.task_ids, wizard.task_count), (task, 1))
        wizard.action_apply()
        followup = self.customer.followup_ids.filtered(
            lambda one: one.kind_id == self.call
        )[:1]
        self.assertEqual((followup.partner_id, followup.user_id), (person, self.sally))
        for kind, message in (
            ("postpone", "until when"),
            ("reassign", "who does it"),
        ):
            task = self._create_task(self._create_rule())
            with self.assertRefused(message, UserError):
                wizards.create({"task_ids": task.ids, "kind": kind}).action_apply()
