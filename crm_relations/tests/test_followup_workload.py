from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestWorkload(RelationsCommon):
    """FU-7: who did how much, and the records behind each figure."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Great Wall", user_id=cls.sally.id)
        cls.other = cls._create_customer("Yellow River", user_id=cls.sally.id)
        cls.visit = cls.env.ref("crm_relations.crm_followup_kind_visit")
        cls.visit.weight = 3
        cls.people = cls.sally | cls.sam

    def _get_lines(self, user=None, **domain):
        self.env.flush_all()
        self.env.invalidate_all()
        lines = self.env["crm.workload.report"].with_user(user or self.rita)
        return lines.search(
            [("user_id", "in", self.people.ids)]
            + [(name, "=", value) for name, value in domain.items()]
        )

    def _get_totals(self, *measures, user=None, by="user_id"):
        self.env.flush_all()
        lines = self.env["crm.workload.report"].with_user(user or self.rita)
        rows = lines._read_group(
            [("user_id", "in", self.people.ids)],
            [by],
            [f"{name}:{lines._fields[name].aggregator}" for name in measures],
        )
        return {group: tuple(totals) for group, *totals in rows}

    def test_follow_ups_visits_minutes_and_distinct_customers(self):
        self._create_followup(self.customer, duration_minutes=10)
        self._create_followup(self.customer, duration_minutes=20, days_ago=1)
        self._create_followup(self.other, kind_id=self.visit.id, duration_minutes=60)
        self._create_followup(self.other, user_id=self.sam.id)
        self.assertEqual(
            self._get_totals(
                *["followup_count", "followup_points", "contacted_customers"],
                *["visit_count", "minutes"],
            ),
            {self.sally: (3, 5.0, 2, 1, 90), self.sam: (1, 1.0, 1, 0, 0)},
        )

    def test_what_does_not_count_as_a_follow_up_is_no_work(self):
        self._create_followup(self.customer, kind_id=self.note.id, duration_minutes=9)
        self.assertFalse(self._get_lines(activity="followup"))

    def test_a_visit_counts_as_verified_where_the_device_said_so(self):
        near, far = (
            self._create_followup(self.customer, kind_id=self.visit.id)
            for _n in range(2)
        )
        near.visit_result, far.visit_result = "verified", "far"
        self.assertEqual(
            self._get_totals("visit_count", "verified_visit_count"),
            {self.sally: (2, 1)},
        )

    def test_quotations_and_orders_by_their_salesperson(self):
        self._create_order(self.customer, 100, user_id=self.sally.id)
        self._create_order(self.customer, 40, confirm=False, user_id=self.sally.id)
        self.assertEqual(
            self._get_totals("quotation_count", "order_count", "order_amount"),
            {self.sally: (2, 1, 100.0)},
        )

    def test_amounts_are_in_the_currency_of_the_readers_company(self):
        other = self._create_company_in("CHF", rate=2)
        order = self._create_order(self.customer, 100, user_id=self.sally.id)
        reader = self.rita
        reader.write({"company_ids": [fields.Command.link(other.id)]})
        lines = self.env["crm.workload.report"].with_user(reader)
        self.env.flush_all()
        domain = [("activity", "=", "order"), ("customer_id", "=", self.customer.id)]
        here = lines.search(domain).order_amount
        companies = [other.id, order.company_id.id]
        lines.invalidate_model()
        there = lines.with_context(allowed_company_ids=companies).search(domain)
        self.assertEqual((here, there.order_amount), (100, 200))

    def _create_company_in(self, code, rate):
        currency = self.env["res.currency"].with_context(active_test=False)
        currency = currency.search([("name", "=", code)])
        currency.active = True
        currency.rate_ids.unlink()
        today = self.company._get_relations_today()
        rates = [(self.company.currency_id, 1), (currency, rate)]
        for one, value in rates:
            one.rate_ids = [
                fields.Command.clear(),
                fields.Command.create({"name": today, "rate": value}),
            ]
        return self.env["res.company"].create(
            {"name": f"Company in {code}", "currency_id": currency.id}
        )

    def test_by_day_in_the_readers_time_zone(self):
        self.rita.tz = "Asia/Shanghai"
        for hour in (14, 17):  # 22 h and, the next day, 1 h in Shanghai
            self._create_followup(self.customer, date=datetime(2026, 3, 2, hour))
        self.env.flush_all()
        lines = self.env["crm.workload.report"].with_user(self.rita)
        rows = lines.with_context(tz="Asia/Shanghai")._read_group(
            [("user_id", "=", self.sally.id), ("activity", "=", "followup")],
            ["date:day"],
            ["followup_count:sum"],
        )
        found = [(day.date().isoformat(), count) for day, count in rows]
        self.assertEqual(found, [("2026-03-02", 1), ("2026-03-03", 1)])

    def test_each_line_opens_its_record(self):
        followup = self._create_followup(self.customer)
        order = self._create_order(self.customer, 100, user_id=self.sally.id)
        for activity, record in (
            ("followup", followup),
            ("quotation", order),
            ("order", order),
            ("new", self.customer),
        ):
            with self.subTest(activity):
                line = self._get_lines(activity=activity).filtered(
                    lambda line: line.customer_id == self.customer
                )
                action = line.action_open_source()
                self.assertEqual(
                    (action["res_model"], action["res_id"]), (record._name, record.id)
                )

    def test_lines_have_ids_of_their_own(self):
        self._create_followup(self.customer)
        self._create_order(self.customer, 100, user_id=self.sally.id)
        self.env.flush_all()
        lines = self.env["crm.workload.report"]
        self.assertEqual(lines.search_count([]), len(set(lines.search([]).ids)))

    def test_a_salesperson_sees_the_own_a_leader_the_teams_figures(self):
        self._create_followup(self.customer)
        self._create_followup(self.customer, user_id=self.sam.id)
        seen = {
            reader: self._get_lines(reader, activity="followup").user_id
            for reader in (self.sally, self.sam, self.max, self.rita, self.carl)
        }
        self.assertEqual(
            seen,
            {
                self.sally: self.sally,
                self.sam: self.sam,
                self.max: self.sally,
                self.rita: self.people,
                self.carl: self.env["res.users"],
            },
        )

    def test_a_leader_sees_the_own_figures_too(self):
        self.people |= self.max
        self._create_followup(self.customer, user_id=self.max.id)
        self.assertEqual(
            self._get_lines(self.max, activity="followup").user_id, self.max
        )

    def test_other_companies_do_not_see_it(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.customer.company_id = other
        self._create_followup(self.customer)
        self.assertFalse(self._get_lines(activity="followup"))
        self.rita.company_ids |= other
        lines = self.env["crm.workload.report"].with_user(self.rita)
        lines = lines.with_context(allowed_company_ids=[other.id])
        followups = lines.search([("activity", "=", "followup")])
        self.assertEqual(followups.customer_id, self.customer)

    def test_who_has_no_role_sees_nothing(self):
        clerk = self.env["res.users"].create({"name": "Clerk", "login": "clerk"})
        with self.assertRaises(AccessError):
            self._get_lines(clerk)

    def test_reading_takes_as_many_statements_for_many_lines_as_for_one(self):
        def read():
            self.env.invalidate_all()
            self._get_totals("followup_count", "contacted_customers", "order_count")

        self._create_followup(self.customer)
        read()
        few = self._count_statements(read)
        for number in range(30):
            self._create_followup(self.other, days_ago=number % 7)
        read()  # as before: what is cached may have been forgotten meanwhile
        self.assertEqual(self._count_statements(read), few)


@tagged("post_install", "-at_install")
class TestWorkloadOfLaterRooms(RelationsCommon):
    """FU-7: what pool and care add."""

    def _get_totals(self, user, *measures):
        self.env.flush_all()
        lines = self.env["crm.workload.report"].with_user(self.rita)
        aggregates = [f"{name}:{lines._fields[name].aggregator}" for name in measures]
        return lines._read_group([("user_id", "=", user.id)], [], aggregates)[0]

    def _get_line(self, user, activity):
        lines = self.env["crm.workload.report"].with_user(self.rita)
        return lines.search([("user_id", "=", user.id), ("activity", "=", activity)])

    def test_customers_new_received_handed_on_and_held(self):
        customers = self._create_customer(user_id=self.sally.id)
        customers |= self._create_customer(user_id=self.sally.id)
        customers[0].user_id = self.sam
        flows = ("new_count", "received_count", "given_count", "held_count")
        self.assertEqual(self._get_totals(self.sally, *flows), (2, 0, 1, 1))
        self.assertEqual(self._get_totals(self.sam, *flows), (0, 1, 0, 1))

    def test_a_figure_of_customers_held_opens_them(self):
        customer = self._create_customer(user_id=self.sally.id)
        self.env.flush_all()
        action = self._get_line(self.sally, "held").action_open_source()
        self.assertEqual(self.env["res.partner"].search(action["domain"]), customer)

    def test_lost_to_the_pool_by_inaction(self):
        customer = self._create_customer(user_id=self.sally.id)
        self._age_ownership(customer, 60)
        self._create_pool_rule(30, domain=self._only(customer))
        customer._refresh_release_dates(customer.ids)
        self.env["crm.pool.rule"]._release_due()
        self.assertEqual(
            self._get_totals(self.sally, "lost_count", "given_count", "held_count"),
            (1, 0, 0),
        )
        action = self._get_line(self.sally, "lost").action_open_source()
        self.assertEqual(action["res_id"], customer.id)

    def test_what_was_undone_never_counted(self):
        """Neither as lost, nor as handed on, nor as received back."""
        lost, given = (self._create_customer(user_id=self.sally.id) for _n in range(2))
        self._age_ownership(lost, 60)
        self._create_pool_rule(30, domain=self._only(lost))
        lost._refresh_release_dates(lost.ids)
        self.env["crm.pool.rule"]._release_due()
        given.with_user(self.sally).pool_transfer(self.sam.id, "Try")
        flows = ("lost_count", "given_count", "received_count", "held_count")
        self.assertEqual(self._get_totals(self.sally, *flows), (1, 1, 0, 0))
        changes = (lost | given).ownership_change_ids
        changes.batch_id.with_user(self.rita).undo()
        self.assertEqual(self._get_totals(self.sally, *flows), (0, 0, 0, 2))
        self.assertEqual(self._get_totals(self.sam, *flows)[1:3], (0, 0))
        day = self.env["crm.my.day"].with_user(self.sally).get_day()
        cards = {card["key"] for column in day["columns"] for card in column["cards"]}
        self.assertNotIn("lost", cards)

    @freeze_time("2026-03-04 10:00:00")
    def test_care_done_in_time_late_and_missed(self):
        rule = self.env["crm.care.rule"].create(
            {"name": "Birthday", "start_date": "2020-01-01"}
        )
        customer = self._create_customer(user_id=self.sally.id)
        today = self.company._get_relations_today()
        for number, (occasion, state, channel) in enumerate(
            [
                (today, "done", "activity"),
                (today - timedelta(days=1), "done", False),  # late
                (today - timedelta(days=2), "planned", False),  # missed
                (today, "planned", False),  # still in time
                (today, "dropped", False),
                (today, "done", "sms"),  # nobody's work
                (today, "done", "email"),
            ]
        ):
            self.env["crm.care.task"].create(
                {
                    "rule_id": rule.id,
                    "partner_id": customer.id,
                    "occasion": str(number),
                    "occasion_date": occasion,
                    "due_at": occasion,
                    "user_id": self.sally.id,
                    "state": state,
                    "channel": channel,
                    "done_at": state == "done" and fields.Datetime.now(),
                }
            )
        count, rate = self._get_totals(self.sally, "care_count", "care_on_time_rate")
        self.assertEqual((count, round(rate, 1)), (2, 33.3))
        action = self._get_line(self.sally, "care")[0].action_open_source()
        self.assertEqual(action["res_id"], customer.id)
