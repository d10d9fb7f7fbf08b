from odoo import api, fields, models


class CrmPublicHolidayLine(models.TransientModel):
    """A day that the wizard will add to the calendars."""

    _name = "crm.public.holiday.line"
    _description = "Day of the public holidays"
    _order = "date"

    wizard_id = fields.Many2one(
        comodel_name="crm.public.holiday.wizard", required=True, ondelete="cascade"
    )
    date = fields.Date(required=True)
    name = fields.Char(required=True)
    kind = fields.Selection(
        selection=[("holiday", "Holiday"), ("makeup", "Make-up")],
        required=True,
        default="holiday",
    )
    weekday = fields.Selection(
        selection=lambda self: self._selection_weekday(), compute="_compute_weekday"
    )
    like_weekday = fields.Selection(
        selection=lambda self: self._selection_weekday(),
        string="Works Like",
        help="A make-up workday has the working hours of this weekday.",
    )
    is_known = fields.Boolean(
        string="Exists", help="All the calendars have this day already."
    )
    selected = fields.Boolean(string="Add", default=True)

    def _selection_weekday(self):
        makeup_days = self.env["resource.calendar.makeup.day"]
        return makeup_days._fields["like_weekday"]._description_selection(self.env)

    @api.depends("date")
    def _compute_weekday(self):
        for line in self:
            line.weekday = str(line.date.weekday()) if line.date else False
