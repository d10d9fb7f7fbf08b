from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import ValidationError

from odoo.addons.crm_relations.tools.arguments import Answers, Given, Id, Text
from odoo.addons.crm_relations.tools.moments import is_date, parse_moment

from ..register.crm_complaint import OPEN

PROMISE = "crm_relations_complaint.crm_complaint_clock_kind_promise"
LONGEST = timedelta(days=3660)


class CrmComplaint(models.Model):
    """What the customer was promised is a clock as well: due at the moment that was
    promised, whatever the calendar, and no pause moves it."""

    _inherit = "crm.complaint"

    def promise(self, text: Text, due_at: Given) -> Answers:
        """Write down what the customer was promised, and for when.

        :param text: what was promised
        :param due_at: until when: naive UTC datetime or ISO 8601 text, also with a
            time zone; a day without a time means until that day is over
        :return: answers, with ``promise_id``; codes: ok, missing, no_right, blocked
        :raise ValidationError: no moment, or not in the future
        """
        self._check_reason(text)
        self._read_due(due_at, self.env.company)
        refusals, taken = self._take(OPEN)
        clocks = {}
        for company, some in taken.grouped("company_id").items():
            clocks |= some._start_promises(text, self._read_due(due_at, company))
        answers = self._answer(refusals, self.env._("Promise recorded."))
        for answer in answers:
            answer["promise_id"] = clocks.get(answer["id"], False)
        return answers

    def _read_due(self, due_at, company):
        """Return the moment that is meant; a day is over by the clock of a company."""
        now = fields.Datetime.now()
        try:
            moment = parse_moment(due_at)
        except (ValueError, TypeError):
            moment = None
        if moment and is_date(due_at):
            day = moment.date() + timedelta(days=1)
            moment = company._get_relations_day_start(day)
        if not moment or not now < moment < now + LONGEST:
            raise ValidationError(
                self.env._(
                    "“%(value)s” is no moment to come: write it like "
                    "2026-01-31 08:30:00, in UTC.",
                    value=str(due_at)[:40],
                )
            )
        return moment

    def _start_promises(self, text, due_at):
        """Start a clock for each of these, as superuser; return ``{id: clock id}``."""
        clocks = self.env["crm.complaint.clock"]
        kind = self.env.ref(PROMISE)
        now = fields.Datetime.now()
        policies = self.env["crm.complaint.policy"]._get_policies(self)
        rows = [
            clocks._prepare_row(complaint, kind, now)
            | {
                "policy_id": policies[complaint].id or None,
                "promise": text,
                "due_at": due_at,
                "unit": "minute",
                "calendar_id": complaint._get_clock_calendar().id or None,
            }
            for complaint in self
        ]
        clocks._plan_rows(rows)
        made = clocks._insert_rows(rows)
        self._refresh_next_clock()
        return {clock.complaint_id.id: clock.id for clock in made}

    def keep_promise(self, promise_id: Id) -> Answers:
        """Write down that a promise was kept, now.

        :param promise_id: of a promise of this complaint
        :return: answers; codes: ok, missing, no_right, blocked (no promise that is
            open)
        """
        refusals, taken = self._take(OPEN)
        clocks = self.env["crm.complaint.clock"].sudo()  # rights were asked by _take
        rows = [
            row
            for row in clocks._read_open_rows(taken)
            if row["id"] == promise_id and row["due_at"]
        ]
        kept = {row["complaint_id"] for row in rows}
        blocked = self.env._("There is no such promise that is open.")
        refusals |= {
            complaint.id: ("blocked", blocked)
            for complaint in taken
            if complaint.id not in kept
        }
        if rows:
            clocks._judge_rows(rows, fields.Datetime.now(), None)
            clocks._update_rows(rows)
            taken._refresh_next_clock()
        return self._answer(refusals, self.env._("Promise kept."))
