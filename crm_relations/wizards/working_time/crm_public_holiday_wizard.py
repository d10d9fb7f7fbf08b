from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from ...tools import public_holidays

FIRST_YEAR, LAST_YEAR, MOST_YEARS = 2000, 2100, 10


class CrmPublicHolidayWizard(models.TransientModel):
    """Show the holidays and make-up workdays of a country, then add those chosen.

    What a calendar has already is not added again.
    """

    _name = "crm.public.holiday.wizard"
    _description = "Add public holidays"

    country_id = fields.Many2one(
        comodel_name="res.country",
        required=True,
        default=lambda self: self._default_country_id(),
    )
    state_id = fields.Many2one(
        comodel_name="res.country.state",
        string="State or Province",
        domain="[('country_id', '=', country_id)]",
        help="Adds the holidays of this part of the country, where it has its own.",
    )
    first_year = fields.Integer(
        string="Year", required=True, default=lambda self: self._default_year()
    )
    last_year = fields.Integer(
        string="Until Year", required=True, default=lambda self: self._default_year()
    )
    calendar_ids = fields.Many2many(
        comodel_name="resource.calendar",
        string="Calendars",
        required=True,
        default=lambda self: self._default_calendar_ids(),
        domain="[('company_id', 'in', allowed_company_ids + [False])]",
        help="Each gets the days off in its own time zone.",
    )
    line_ids = fields.One2many(
        comodel_name="crm.public.holiday.line",
        inverse_name="wizard_id",
        string="Public Holidays",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    notice = fields.Text(compute="_compute_notice")

    def _default_country_id(self):
        return self.env.company.country_id

    def _default_year(self):
        return fields.Date.context_today(self).year

    def _default_calendar_ids(self):
        return self.env.company.resource_calendar_id

    @api.depends("country_id", "state_id", "first_year", "last_year", "calendar_ids")
    def _compute_line_ids(self):
        for wizard in self:
            lines = [] if wizard._find_problem() else wizard._prepare_lines_vals()
            wizard.line_ids = [Command.clear(), *map(Command.create, lines)]

    @api.depends("country_id", "state_id", "first_year", "last_year")
    @api.depends_context("lang")
    def _compute_notice(self):
        for wizard in self:
            wizard.notice = (
                wizard._find_problem()
                or wizard._find_unpublished()
                or wizard._find_unknown_state()
                or wizard._find_parts()
            )

    @api.constrains("country_id", "first_year", "last_year")
    def _check_years(self):
        for wizard in self:
            if problem := wizard._find_problem():
                raise ValidationError(problem)

    @api.constrains("calendar_ids")
    def _check_calendar_ids(self):
        for wizard in self:
            companies = wizard.calendar_ids.company_id
            if companies - self.env.companies:
                raise ValidationError(
                    self.env._("Choose calendars of your own companies.")
                )

    def action_apply(self):
        """Add the chosen days to each calendar that lacks them."""
        self.ensure_one()
        self.check_access("write")
        lines = self.line_ids.filtered("selected")
        added = sum(self._add_days(calendar, lines) for calendar in self.calendar_ids)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._("Days added: %(count)s", count=added),
                "type": "success" if added else "info",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _find_problem(self):
        """Return what is wrong with the choice, or False."""
        if self.country_id and not public_holidays.is_supported(self.country_id.code):
            return self.env._(
                "The holidays of %(country)s are not known: enter them as days off of "
                "the calendar.",
                country=self.country_id.name,
            )
        years = range(self.first_year, self.last_year + 1)
        if (
            not FIRST_YEAR <= self.first_year <= self.last_year <= LAST_YEAR
            or len(years) > MOST_YEARS
        ):
            return self.env._(
                "Choose up to %(count)s years between %(first)s and %(last)s.",
                count=MOST_YEARS,
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
        return False

    def _find_unpublished(self):
        """Return a hint for years whose make-up workdays are not known, or False."""
        first, last = public_holidays.get_published_years()
        if self.country_id.code != public_holidays.CHINA or (
            first <= self.first_year and self.last_year <= last
        ):
            return False
        return self.env._(
            "Make-up workdays of China are known from %(first)s to %(last)s. For other "
            "years only the statutory holidays are shown: which days are exchanged "
            "is published each autumn for the next year, and comes with a newer "
            "version of the Python package chinesecalendar.",
            first=first,
            last=last,
        )

    def _find_unknown_state(self):
        """Return a hint for a state without holidays of its own, or False."""
        if not self.country_id or not self.state_id or self._find_subdivision():
            return False
        return self.env._(
            "No holidays of its own are known for %(state)s: those of the whole "
            "country are shown.",
            state=self.state_id.name,
        )

    def _find_parts(self):
        """Return a hint that a state is to be chosen, or False."""
        if self.state_id or not self.country_id:
            return False
        if not public_holidays.has_parts(self.country_id.code, self.first_year):
            return False
        return self.env._(
            "Parts of %(country)s have days off of their own: choose the state as "
            "well.",
            country=self.country_id.name,
        )

    def _find_subdivision(self):
        """Return the chosen part of the country, None without holidays of its own."""
        state = self.state_id
        if not state or state.country_id != self.country_id:
            return None
        return public_holidays.find_subdivision(
            self.country_id.code, state.code, state.name
        )

    def _prepare_lines_vals(self):
        if not self.country_id:
            return []
        country, lang = self.country_id.code, self.env.lang or "en_US"
        part = self._find_subdivision()
        lines = []
        for year in range(self.first_year, self.last_year + 1):
            found = public_holidays.get_holidays(country, year, part, lang)
            lines += [
                {"date": day, "name": name, "kind": "holiday"}
                for day, name in found.items()
            ]
            makeup_days = public_holidays.get_makeup_days(country, year, lang)
            lines += [
                {
                    "date": day,
                    "name": name,
                    "kind": "makeup",
                    "like_weekday": str(weekday),
                }
                for day, (name, weekday) in makeup_days.items()
            ]
        return self._mark_known(sorted(lines, key=lambda line: line["date"]))

    def _mark_known(self, lines):
        missing = set()
        for calendar in self.calendar_ids._origin:
            keys = [(line["date"], line["kind"]) for line in lines]
            missing |= calendar._get_missing_days(keys)
        for line in lines:
            line["is_known"] = bool(
                self.calendar_ids and (line["date"], line["kind"]) not in missing
            )
            line["selected"] = not line["is_known"]
        return lines

    def _add_days(self, calendar, lines):
        """Add to the calendar what it lacks; return how many days."""
        missing = calendar._get_missing_days([(line.date, line.kind) for line in lines])
        lines = lines.filtered(lambda line: (line.date, line.kind) in missing)
        holidays = lines.filtered(lambda line: line.kind == "holiday")
        # Superuser: days off of all may be entered by the system's administrators
        # only; the working days are a matter of ours as well.
        leaves = self.env["resource.calendar.leaves"].sudo()
        leaves.create(
            [
                calendar._prepare_closing_vals(run[0].name, run[0].date, run[-1].date)
                for run in self._get_runs(holidays.sorted("date"))
            ]
        )
        self.env["resource.calendar.makeup.day"].create(
            [
                {
                    "date": line.date,
                    "name": line.name,
                    "calendar_id": calendar.id,
                    "like_weekday": line.like_weekday or "0",
                }
                for line in lines - holidays
            ]
        )
        return len(lines)

    def _get_runs(self, lines):
        """Return days of one name that follow each other together."""
        runs = []
        for line in lines:
            day_before = line.date - timedelta(days=1)
            if (
                runs
                and runs[-1][-1:].date == day_before
                and runs[-1][0].name == line.name
            ):
                runs[-1] |= line
            else:
                runs.append(line)
        return runs
