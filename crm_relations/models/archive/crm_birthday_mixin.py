from calendar import monthrange
from datetime import date

from babel.dates import format_skeleton

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import babel_locale_parse, get_lang

from ...tools.birthdays import LUNAR, SOLAR, next_celebration

LEAP_YEAR = 2000


class CrmBirthdayMixin(models.AbstractModel):
    """A birthday by the solar or the lunar calendar; its year may be unknown."""

    _name = "crm.birthday.mixin"
    _description = "Birthday"

    birth_calendar = fields.Selection(
        selection=[(SOLAR, "Solar"), (LUNAR, "Lunar")],
        string="Calendar",
        required=True,
        default=SOLAR,
        help="The calendar by which the birthday is celebrated each year.",
    )
    birth_year = fields.Integer(
        string="Year of Birth", aggregator=None, help="0: not known."
    )
    birth_month = fields.Integer(string="Month of Birth", aggregator=None)
    birth_day = fields.Integer(string="Day of Birth", aggregator=None)
    birth_leap_month = fields.Boolean(
        string="Leap Month",
        help="Born in a lunar leap month. In years without it the birthday falls in "
        "the plain month of that number.",
    )
    next_birthday = fields.Date(compute="_compute_next_birthday")

    @api.depends(
        "birth_calendar", "birth_month", "birth_day", "birth_leap_month", "birth_year"
    )
    def _compute_next_birthday(self):
        today = fields.Date.context_today(self)
        for person in self:
            known = person.birth_month and person.birth_day
            valid = known and not person._get_birthday_problem()
            person.next_birthday = bool(valid) and next_celebration(
                person.birth_calendar,
                person.birth_month,
                person.birth_day,
                person.birth_leap_month,
                today,
            )

    @api.constrains(
        "birth_calendar", "birth_year", "birth_month", "birth_day", "birth_leap_month"
    )
    def _check_birthday(self):
        for person in self:
            problem = person._get_birthday_problem()
            if problem:
                raise ValidationError(problem)

    def _get_birthday_problem(self):
        """Return what is wrong with the typed birthday, "" when nothing is."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        if self.birth_year and not 1900 <= self.birth_year <= today.year:
            return self.env._(
                "The year of birth lies between 1900 and %(year)s.", year=today.year
            )
        if not self.birth_month and not self.birth_day:
            return ""
        return self._get_birth_day_problem(today)

    def _get_birth_day_problem(self, today):
        if not 1 <= self.birth_month <= 12:
            return self.env._("The month of birth lies between 1 and 12.")
        days = self._get_birth_month_length()
        if not 1 <= self.birth_day <= days:
            return self.env._(
                "The day of birth lies between 1 and %(days)s in that month.",
                days=days,
            )
        if self.birth_calendar == LUNAR:
            return ""
        if self.birth_leap_month:
            return self.env._("Only the lunar calendar has leap months.")
        born = (self.birth_year, self.birth_month, self.birth_day)
        if self.birth_year and date(*born) > today:
            return self.env._("The birthday lies in the future.")
        return ""

    def _get_birth_month_length(self):
        if self.birth_calendar == LUNAR:
            return 30
        return monthrange(self.birth_year or LEAP_YEAR, self.birth_month)[1]

    def _format_birthday(self):
        """Return the birthday in words of the reader's language."""
        self.ensure_one()
        if not self.birth_month or not self.birth_day:
            return ""
        if self.birth_calendar == SOLAR:
            day = fields.Date.to_date(
                f"{LEAP_YEAR}-{self.birth_month:02}-{self.birth_day:02}"
            )
            locale = babel_locale_parse(get_lang(self.env).code)
            return format_skeleton("MMMMd", day, locale=locale)
        label = self.env._("leap month") if self.birth_leap_month else ""
        return self.env._(
            "lunar month %(month)s, day %(day)s %(leap)s",
            month=self.birth_month,
            day=self.birth_day,
            leap=label,
        ).strip()
