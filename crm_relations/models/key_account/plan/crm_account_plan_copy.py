from datetime import timedelta

from odoo import models
from odoo.fields import Command

from ....tools.terms import get_end_of_term, get_length

# Parts with a day, and which one: they move along.
DATED = {"milestone_ids": "due", "action_ids": "due", "resource_ids": "date"}


class CrmAccountPlan(models.Model):
    """A copy is the plan for the time after: plans of a customer do not overlap."""

    _inherit = "crm.account.plan"

    def copy_data(self, default=None):
        rows = super().copy_data(default)
        if default and {"date_start", "date_end"} & set(default):
            return rows
        return [
            {**row, **plan._prepare_next_period(row)}
            for plan, row in zip(self, rows, strict=True)
        ]

    def _prepare_next_period(self, vals):
        """Return the values of a copy that move by the length of this plan."""
        first = self.date_end + timedelta(days=1)
        length = get_length(self.date_start, self.date_end)
        last = first + length - timedelta(days=1)
        if not length.days:
            last = get_end_of_term(first, 12 * length.years + length.months)
        moved = {
            name: [
                self._move_day(command, column, length, (first, last))
                for command in vals.get(name) or ()
            ]
            for name, column in DATED.items()
        }
        return {**moved, "date_start": first, "date_end": last}

    def _move_day(self, command, column, length, period):
        """Return the command that makes a part, on the day that is so much later:
        months of other lengths put none out of the period."""
        _code, _number, vals = command
        day = vals.get(column)
        if day:
            first, last = period
            day = min(max(day + length, first), last)
        return Command.create({**vals, column: day})
