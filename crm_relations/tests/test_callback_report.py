from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common.callback import CallbackCommon


@tagged("post_install", "-at_install")
class TestCallbackReport(CallbackCommon):
    def _read(self, model, groupby, aggregates, domain=()):
        self.env.flush_all()
        records = self.env[model].with_user(self.rita)
        domain = [("partner_id", "=", self.customer.id), *domain]
        return records._read_group(domain, groupby, aggregates)

    def test_invalid_calls_by_who_took_the_number(self):
        """CB-5"""
        self.customer.with_user(self.sally).phone = "137 0013 7000"
        self.assertEqual(self.customer.phone_taken_by_id, self.sally)
        self._record(self._create_call(), "no_answer")
        self._record(self._create_call(), "complete")
        self._record(self._create_call(), "wrong_number")
        rows = self._read(
            "crm.callback.report",
            ["number_taken_by_id"],
            ["attempt_count:sum", "invalid_count:sum", "wrong_number_count:sum"],
        )
        self.assertEqual(rows, [(self.sally, 3, 2, 1)])
        rows = self._read("crm.callback.report", ["agent_id"], ["contact_count:sum"])
        self.assertEqual(rows, [(self.anna, 1)])

    def test_a_number_typed_by_another_counts_for_that_one_from_then_on(self):
        self._record(self._create_call(), "no_answer")
        self.customer.with_user(self.max).phone = "137 0013 7000"
        self._record(self._create_call(), "no_answer")
        rows = self._read(
            "crm.callback.report", ["number_taken_by_id"], ["attempt_count:sum"]
        )
        self.assertEqual(dict(rows), {self.sally: 1, self.max: 1})

    def test_what_a_machine_writes_counts_for_nobody(self):
        self.customer.with_user(self.sally).phone = "137 0013 7000"
        self.customer.phone = "136 0013 6000"  # the superuser of the tests
        self.assertFalse(self.customer.phone_taken_by_id)

    def test_nobody_types_who_took_a_number(self):
        self.customer.with_user(self.sally).phone = "137 0013 7000"
        with self.assertRaises(AccessError):
            self.customer.with_user(self.max).write({"phone_taken_by_id": self.max.id})

    def test_rates_of_a_group_are_those_of_its_sums(self):
        """CB-5: RR and the others in the report, as the function computes them."""
        for outcome in ("complete", "complete", "language", "wrong_number"):
            self._record(self._create_call(), outcome)
            self.env["crm.callback.attempt"].search([]).is_number_invalid = False
        self._create_call()
        [(rr1, rr5, coop1, coop3, ref1, con3)] = self._read(
            "crm.callback.rate",
            [],
            ["rr1:avg", "rr5:avg", "coop1:avg", "coop3:avg", "ref1:avg", "con3:avg"],
        )
        self.assertAlmostEqual(rr1, 50)
        self.assertAlmostEqual(rr5, 200 / 3)
        self.assertAlmostEqual(coop1, 200 / 3)
        self.assertAlmostEqual(coop3, 100)
        self.assertAlmostEqual(ref1, 0)
        self.assertAlmostEqual(con3, 100)

    def test_on_time_rate_and_backlog(self):
        """CB-6"""
        now = fields.Datetime.now()
        self._record(self._create_call(), "no_answer")  # called in time
        late = self._create_call(
            due_at=now - timedelta(days=3), deadline_at=now - timedelta(days=1)
        )
        self._create_call(due_at=now + timedelta(hours=1))  # not due yet
        rows = self._read(
            "crm.callback.rate",
            [],
            [
                "callback_count:sum",
                "backlog_count:sum",
                "late_count:sum",
                "on_time_rate:avg",
            ],
        )
        self.assertEqual(rows, [(3, 1, 1, 50)])
        self._record(late, "complete")
        rows = self._read(
            "crm.callback.rate", [], ["late_count:sum", "on_time_rate:avg"]
        )
        self.assertEqual(rows, [(0, 50)])

    def test_leaders_see_their_teams_only(self):
        other = self._create_customer(
            "Other", phone="139 0013 9000", user_id=self.sam.id
        )
        self._record(self._create_call(), "no_answer")
        self._record(self._create_call(other), "no_answer")
        self.env.flush_all()
        for model in ("crm.callback.report", "crm.callback.rate"):
            lines = self.env[model].with_user(self.max).search([])
            self.assertEqual(lines.partner_id, self.customer)

    def test_calls_are_work(self):
        self._record(self._create_call(), "complete")
        self.env.flush_all()
        lines = self.env["crm.workload.report"].with_user(self.anna)
        [(attempts, reached)] = lines._read_group(
            [("activity", "=", "callback")],
            [],
            ["callback_count:sum", "callback_reached_count:sum"],
        )
        self.assertEqual((attempts, reached), (1, 1))
