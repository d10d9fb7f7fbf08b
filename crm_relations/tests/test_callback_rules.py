from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common.callback import CallbackCommon


@tagged("post_install", "-at_install")
class TestCallbackRules(CallbackCommon):
    """Who sees which callbacks, attempts and lines of the reports: each way to see one
    alone, and what is next to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = cls._create_customer(
            "Stranger", user_id=cls.sam.id, phone="139 0013 9000"
        )

    def _create_call_made(self, customer, agent, taker=None):
        return self._create_attempt(
            self._create_call(customer),
            agent=agent,
            number_taken_by_id=taker and taker.id,
        )

    def assertSees(self, user, records):
        """The user sees of the records those marked with True."""
        self.env.flush_all()
        self.env.invalidate_all()
        model = next(iter(records))._name
        ids = [record.id for record in records]
        found = self.env[model].with_user(user).search([("id", "in", ids)])
        seen = {record: record.id in found.ids for record in records}
        self.assertEqual(seen, records)

    def test_an_agent_sees_each_of_these_alone(self):
        his = self._create_rule(agent_ids=self.ben.ids)
        hers = self._create_rule(agent_ids=(self.anna | self.ben).ids)
        everybodys = self._create_rule()
        closed = {"rule_id": his.id}
        reserved = self._create_call(**closed)
        reserved.write({"reserved_by_id": self.anna.id})
        tried, done_by_ben, done = [self._create_call(**closed) for _count in range(3)]
        for call, agent in ((tried, self.anna), (done_by_ben, self.ben)):
            self._create_attempt(call, agent=agent)
        done = self._create_call()
        (tried | done_by_ben | done).write({"state": "done"})
        own = self._create_call(agent_id=self.anna.id, **closed)
        own.state = "done"
        self.assertSees(
            self.anna,
            {
                own: True,
                reserved: True,
                tried: True,
                self._create_call(): True,
                self._create_call(rule_id=everybodys.id): True,
                self._create_call(rule_id=hers.id): True,
                self._create_call(**closed): False,
                self._create_call(agent_id=self.ben.id): False,
                done: False,
                done_by_ben: False,
            },
        )

    def test_who_sells_sees_calls_of_own_customers(self):
        own = self._create_call()
        other = self._create_call(self.stranger)
        self.assertSees(self.sally, {own: True, other: False})
        self.assertSees(self.max, {own: True, other: False})
        self.assertSees(self.rita, {own: True, other: True})

    def test_who_sells_sees_attempts_at_own_customers(self):
        own = self._create_call_made(self.customer, self.anna)
        other = self._create_call_made(self.stranger, self.ben)
        self.assertSees(self.sally, {own: True, other: False})
        self.assertSees(self.max, {own: True, other: False})
        self.assertSees(self.rita, {own: True, other: True})
        self.assertSees(self.anna, {own: True, other: False})
        self.assertSees(self.ben, {own: False, other: True})

    def test_leaders_see_the_numbers_that_their_teams_took(self):
        """Also those of customers of other teams, and those of theirs that others
        took."""
        report = self.env["crm.callback.report"]
        own = self._create_call_made(self.customer, self.anna, self.sam)
        taken = self._create_call_made(self.stranger, self.anna, self.sally)
        other = self._create_call_made(self.stranger, self.anna, self.sam)
        lines = {
            report.browse(own.id): True,
            report.browse(taken.id): True,
            report.browse(other.id): False,
        }
        self.assertSees(self.max, lines)
        self.assertSees(self.rita, dict.fromkeys(lines, True))

    def test_another_company_s_calls_are_not_there(self):
        """Nor those of no company whose agent works for another only."""
        other = self.env["res.company"].create({"name": "Other"})
        self.stranger.company_id = other
        ours, theirs = self._create_call(), self._create_call(self.stranger)
        self.assertFalse(ours.company_id)
        self.assertEqual(theirs.company_id, other)
        self.assertSees(self.rita, {ours: True, theirs: False})
        rates = self.env["crm.callback.rate"]
        self.ben.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        bens = self._create_call(agent_id=self.ben.id)
        annas = self._create_call(agent_id=self.anna.id)
        lines = {ours: True, theirs: False, bens: False, annas: True}
        self.assertSees(
            self.rita, {rates.browse(call.id): seen for call, seen in lines.items()}
        )
        attempts = {
            self._create_call_made(self.customer, self.anna): True,
            self._create_call_made(self.customer, self.ben): False,
            self._create_call_made(self.stranger, self.anna): False,
        }
        report = self.env["crm.callback.report"]
        self.assertSees(
            self.rita, {report.browse(line.id): seen for line, seen in attempts.items()}
        )

    def test_a_rule_of_another_company_is_not_there(self):
        other = self.env["res.company"].create({"name": "Other"})
        rules = {
            self._create_rule(company_id=other.id): False,
            self._create_rule(company_id=self.company.id): True,
            self._create_rule(company_id=False): True,
        }
        self.assertSees(self.rita, rules)

    def test_calls_from_then_on_are_left_to_the_agents(self):
        """What is to be called tomorrow is on the list, though not to call yet."""
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        call = self._create_call(due_at=tomorrow, deadline_at=tomorrow)
        self.assertSees(self.anna, {call: True})
        self.assertFalse(self.calls.with_user(self.anna).take_next())
