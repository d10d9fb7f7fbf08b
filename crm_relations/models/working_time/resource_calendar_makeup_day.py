from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResourceCalendarMakeupDay(models.Model):
    """A day that is worked although it is a weekend or a holiday.

    It has the hours of another weekday of its week, and wins over whole days off;
    a closing of some hours still counts. A day of one calendar comes before one of
    every calendar.
    """

    _name = "resource.calendar.makeup.day"
    _description = "Make-up workday"
    _order = "date desc, id"
    _rec_name = "date"

    date = fields.Date(required=True, index=True)
    calendar_id = fields.Many2one(
        comodel_name="resource.calendar",
        string="Working Hours",
        index=True,
        ondelete="cascade",
        help="Only in this calendar. Empty: in every calendar.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        compute="_compute_company_id",
        store=True,
        readonly=False,
        help="Only in the calendars of this company. Empty: in those of all.",
    )
    like_weekday = fields.Selection(
        selection=[
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
            ("5", "Saturday"),
            ("6", "Sunday"),
        ],
        string="Works Like",
        required=True,
        default="0",
        help="The day has the working hours of this weekday.",
    )
    name = fields.Char(string="Reason")

    _day_uniq = models.UniqueIndex(
        "(date, COALESCE(calendar_id, 0), COALESCE(company_id, 0))",
        "This make-up workday is there already.",
    )

    @api.depends("calendar_id.company_id")
    def _compute_company_id(self):
        for day in self:
            if day.calendar_id:
                day.company_id = day.calendar_id.company_id

    @api.constrains("calendar_id", "company_id")
    def _check_company_id(self):
        for day in self:
            if day.calendar_id and day.company_id != day.calendar_id.company_id:
                raise ValidationError(
                    self.env._(
                        "The calendar “%(calendar)s” belongs to another company.",
                        calendar=day.calendar_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        days = super().create(vals_list)
        days._get_calendars()._working_days_changed()
        return days

    def write(self, vals):
        calendars = self._get_calendars()
        result = super().write(vals)
        (calendars | self._get_calendars())._working_days_changed()
        return result

    def unlink(self):
        calendars = self._get_calendars()
        result = super().unlink()
        calendars._working_days_changed()
        return result

    def _get_calendars(self):
        """Return the calendars in which these days are worked."""
        calendars = self.calendar_id
        for company in self.filtered(lambda day: not day.calendar_id).grouped(
            "company_id"
        ):
            calendars |= calendars._get_all_of_company(company)
        return calendars
