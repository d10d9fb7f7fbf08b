from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.birthdays import LUNAR, SOLAR

LONGEST = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31}
LONGEST |= {11: 30, 12: 31}


class CrmCareRuleDate(models.Model):
    """A day of one's own for a care rule, once or every year."""

    _name = "crm.care.rule.date"
    _description = "Own date of a care rule"
    _order = "month, day, id"

    rule_id = fields.Many2one(
        comodel_name="crm.care.rule", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(
        string="Occasion",
        required=True,
        translate=True,
        help="What is celebrated, as the reason of the task names it.",
    )
    calendar = fields.Selection(
        selection=[(SOLAR, "Solar"), (LUNAR, "Lunar")], required=True, default=SOLAR
    )
    month = fields.Integer(required=True, aggregator=None)
    day = fields.Integer(required=True, aggregator=None)
    in_leap_month = fields.Boolean(
        string="Leap Month", help="By the lunar calendar: in the leap month."
    )
    year = fields.Integer(
        aggregator=None,
        help="The year of the date in its own calendar, for one that comes once: the "
        "8th day of the 12th lunar month of 2026 is in January 2027. Empty: every "
        "year.",
    )

    @api.constrains("calendar", "month", "day", "in_leap_month", "year")
    def _check_date(self):
        for line in self:
            if problem := line._get_problem():
                raise ValidationError(problem)

    def _get_problem(self):
        """Return why there is no such date, or None."""
        if not 1 <= self.month <= 12:
            return self.env._("The month lies between 1 and 12.")
        days = 30 if self.calendar == LUNAR else LONGEST[self.month]
        if not 1 <= self.day <= days:
            return self.env._(
                "The day lies between 1 and %(days)s in that month.", days=days
            )
        if self.in_leap_month and self.calendar == SOLAR:
            return self.env._("Only the lunar calendar has leap months.")
        if self.year and not 2000 <= self.year <= 2099:
            return self.env._("The year lies between 2000 and 2099.")
        return None

    def _is_on(self, calendar, month, number, leap, year):
        """Return whether this date is celebrated as these say; the year is that of the
        calendar."""
        self.ensure_one()
        same = (self.calendar, self.month, self.day, bool(self.in_leap_month))
        if same != (calendar, month, number, bool(leap)):
            return False
        return not self.year or self.year == year
