"""CO-3, CO-4: clocks against a plain model in Python, on random histories."""

from datetime import datetime, timedelta

import clock_model as model
from hypothesis import HealthCheck, Phase, given, settings
from trials import trials

from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from odoo.addons.crm_relations.tests.common.office_hours import (
    create_calendar,
    on_workdays,
)

KIND = "crm_relations_complaint.crm_complaint_clock_kind_"
# Monday 0:00 in Shanghai.
MONDAY = datetime(2026, 3, 1, 16)
STATES = {"new": "handling"}


@tagged("post_install", "-at_install")
class TestComplaintClockModel(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        hours = [(begin / 60, end / 60) for begin, end in model.HOURS]
        cls.env.company.resource_calendar_id = create_calendar(
            cls.env, on_workdays(hours), tz="Asia/Shanghai"
        )
        cls.kinds = cls._create_kinds()
        cls._create_policy()

    @classmethod
    def _create_kinds(cls):
        """Return the kinds of clocks of the model: three of ours, and a term that no
        pause stops."""
        term = cls.env["crm.complaint.clock.kind"].create(
            {
                **{"name": "Term", "start_event": "registered", "stop_event": "solved"},
                **{"pause_event": False, "resume_event": False},
            }
        )
        kinds = {
            name: term if name == "term" else cls.env.ref(KIND + name)
            for name in model.KINDS
        }
        kinds["contact"].other_stop_event = False
        kinds["confirmation"].cancel_event = False
        return kinds

    @classmethod
    def _create_policy(cls):
        """Let one policy be in force, with the targets of the model."""
        lines = [
            {
                **{"kind_id": cls.kinds[name].id, "unit": unit},
                **{"target": target, "again_target": again},
            }
            for name, (_a, _b, unit, target, again, _c) in model.KINDS.items()
        ]
        policies = cls.env["crm.complaint.policy"]
        policies.search([]).active = False
        policies.create(
            {"name": "Policy", "line_ids": [Command.create(line) for line in lines]}
        )

    @settings(
        max_examples=trials(60),
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],  # to shrink takes minutes
        suppress_health_check=list(HealthCheck),
    )
    @given(start=model.STARTS, history=model.HISTORIES)
    def test_clocks_show_what_the_model_says(self, start, history):
        with self.env.cr.savepoint() as savepoint:
            self._compare(start, history)
            savepoint.rollback()
        self.env.invalidate_all()

    def _compare(self, start, history):
        complaint = self.env["crm.complaint"].create(
            {"subject": "It rattles", "caller_name": "Somebody"}
        )
        complaint.clock_ids.unlink()
        complaint.event_ids.unlink()
        at = start
        expected = model.Complaint(at)
        complaint._record("registered", at=self._get_moment(at))
        for event, minutes in history:
            at += minutes
            if name := expected.happen(event, at):
                complaint.write(
                    {
                        "state": STATES.get(expected.state, expected.state),
                        "round": expected.round,
                    }
                )
                complaint._record(name, at=self._get_moment(at))
                self._check(complaint, expected, at)

    def _check(self, complaint, expected, at):
        clocks = complaint.clock_ids.sorted("id")
        self.assertEqual(len(clocks), len(expected.clocks))
        for clock in expected.clocks:
            found = clocks.filtered(
                lambda one, clock=clock: (
                    one.kind_id == self.kinds[clock.kind]
                    and one.started_at == self._get_moment(clock.start)
                    and one.round == clock.number
                    and one.result == clock.result
                )
            )
            self.assertTrue(found, (clock.kind, clock.result, clocks.read()))
            found = found[0]
            if clock.used is None:
                deadline = clock.get_deadline(at)
                moment = deadline is not None and self._get_moment(deadline)
                self.assertEqual(found.deadline_at, moment, clock.kind)
            else:
                self.assertEqual(round(found.minutes_used, 6), clock.used)
        self._check_next(complaint, clocks)

    def _check_next(self, complaint, clocks):
        running = clocks.filtered(lambda one: one.result == "running")
        self.assertEqual(
            complaint.next_deadline_at,
            min(running.mapped("deadline_at"), default=False),
        )

    @staticmethod
    def _get_moment(minute):
        return MONDAY + timedelta(minutes=minute)
