from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..tools.response_rates import RATES, response_rates
from .common.callback import CallbackCommon


@tagged("post_install", "-at_install")
class TestCallbackRates(CallbackCommon):
    """CB-5, CB-6: each rate of the report is that of the function, whatever the calls
    came to; what is in time, late or left is so to the second."""

    def _end(self, category, state="done", **values):
        """Make a call that ended with an outcome of a category."""
        outcome = self.env["crm.callback.outcome"].search(
            [("category", "=", category)], limit=1
        )
        call = self._create_call(**values)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_callback SET state = %s, outcome_id = %s WHERE id = %s",
            [state, outcome.id, call.id],
        )
        self.env.invalidate_all()
        return call

    def _get_line(self, call):
        self.env.flush_all()
        self.env["crm.callback.rate"].invalidate_model()
        return self.env["crm.callback.rate"].browse(call.id)

    def _get_rates(self):
        [row] = self.env["crm.callback.rate"]._read_group(
            [("partner_id", "=", self.customer.id)],
            [],
            [f"{name.lower()}:avg" for name in RATES],
        )
        return dict(zip(RATES, row, strict=True))

    def assertSameRates(self, cases):
        self.calls.search([]).unlink()
        for category, number in cases.items():
            for _count in range(number):
                self._end(category)
        expected = response_rates(cases)
        for name, rate in self._get_rates().items():
            with self.subTest(name):
                if expected[name] is None:
                    self.assertIs(rate, False)
                else:
                    self.assertAlmostEqual(rate, 100 * expected[name], 6)

    def test_every_rate_is_that_of_the_function(self):
        """Numbers that differ by category, so that none can stand for another."""
        self.assertSameRates(
            {"I": 7, "P": 5, "R": 4, "NC": 3, "O": 2, "UH": 6, "UO": 1, "NE": 8}
        )

    def test_every_rate_without_a_case_of_known_eligibility(self):
        self.assertSameRates({"UH": 2, "UO": 1})

    def test_only_what_has_ended_has_a_category(self):
        for state, category in (
            ("done", "R"),
            ("failed", "R"),
            ("open", False),
            ("dropped", False),
        ):
            with self.subTest(state):
                line = self._get_line(self._end("R", state))
                self.assertEqual(line.category, category)

    def test_called_in_time_to_the_second(self):
        """The first attempt counts, whichever was written first."""
        deadline = fields.Datetime.now() - timedelta(hours=5)
        second, hour = timedelta(seconds=1), timedelta(hours=1)
        for tried, share in (
            ([deadline], 100),
            ([deadline + second], 0),
            ([deadline - hour, deadline + hour], 100),
            ([deadline + hour, deadline - hour], 100),
            ([deadline + hour, deadline + 2 * hour], 0),
        ):
            with self.subTest(tried):
                call = self._create_call(
                    due_at=deadline - hour, deadline_at=deadline, agent_id=self.anna.id
                )
                for at in tried:
                    self._create_attempt(call, called_at=at)
                self.assertEqual(self._get_line(call).on_time_rate, share)

    def test_what_is_not_called_yet_is_not_in_time_only_when_open_and_late(self):
        now = fields.Datetime.now()
        hour = timedelta(hours=1)
        late = {"due_at": now - 3 * hour, "deadline_at": now - hour}
        table = self.env["crm.callback.rate"]
        self._create_call(**late)
        self._create_call(due_at=now - hour, deadline_at=now + hour)
        self._end("R", "failed", **late)
        rows = table._read_group(
            [("partner_id", "=", self.customer.id)],
            ["state"],
            ["callback_count:sum", "late_count:sum", "on_time_rate:avg"],
        )
        self.assertEqual(rows, [("failed", 1, 0, False), ("open", 2, 1, 0)])

    def test_a_late_call_that_was_made_is_not_counted_as_nobody_called(self):
        """Open, in the end late, but first called in time: in time."""
        now = fields.Datetime.now()
        call = self._create_call(
            due_at=now - timedelta(days=3), deadline_at=now - timedelta(days=1)
        )
        self._create_attempt(call, called_at=now - timedelta(days=2))
        line = self._get_line(call)
        self.assertEqual((line.state, line.late_count), ("open", 1))
        self.assertEqual(line.on_time_rate, 100)

    def test_the_agent_is_who_called_last_else_whose_call_it_is(self):
        call = self._create_call(agent_id=self.ben.id)
        self.assertEqual(self._get_line(call).agent_id, self.ben)
        now = fields.Datetime.now()
        hour = timedelta(hours=1)
        self._create_attempt(call, agent=self.ben, called_at=now)
        self._create_attempt(call, agent=self.anna, called_at=now - hour)
        self.assertEqual(self._get_line(call).agent_id, self.anna)

    def test_what_is_called_again_later_is_not_in_the_backlog(self):
        now = fields.Datetime.now()
        call = self._create_call()
        self.assertEqual(self._get_line(call).backlog_count, 1)
        call.next_at = now + timedelta(hours=1)
        self.assertEqual(self._get_line(call).backlog_count, 0)
        ended = self._end("R", "done")
        self.assertEqual(self._get_line(ended).backlog_count, 0)

    def test_a_number_nobody_took_is_in_the_report_of_calls(self):
        """Without team; with the team of whoever took it, not of whoever called."""
        [team, other] = self.env["crm.team"].create(
            [{"name": "Took"}, {"name": "Called"}]
        )
        self.sally.sale_team_id, self.anna.sale_team_id = team, other
        self.env.flush_all()
        attempts = self.env["crm.callback.attempt"]
        for taker in (self.sally.id, False):
            attempts |= self._create_attempt(
                self._create_call(), "wrong_number", number_taken_by_id=taker
            )
        self.env.flush_all()
        lines = self.env["crm.callback.report"].browse(attempts.ids)
        self.assertRecordValues(
            lines,
            [
                {"number_taken_by_id": self.sally.id, "team_id": team.id},
                {"number_taken_by_id": False, "team_id": False},
            ],
        )
        self.assertEqual(lines.mapped("attempt_count"), [1, 1])
        self.assertEqual(lines.mapped("invalid_rate"), [100, 100])
        self.assertEqual(lines.mapped("contact_count"), [0, 0])

    def test_a_call_in_vain_is_work_but_reached_nobody(self):
        self._record(self._create_call(), "no_answer")
        self._record(self._create_call(), "complete")
        self.env.flush_all()
        rows = self.env["crm.workload.report"]._read_group(
            [("activity", "=", "callback"), ("user_id", "=", self.anna.id)],
            [],
            ["callback_count:sum", "callback_reached_count:sum"],
        )
        self.assertEqual(rows, [(2, 1)])
