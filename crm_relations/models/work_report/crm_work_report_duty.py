from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [("daily", "Daily"), ("weekly", "Weekly"), ("monthly", "Monthly")]
# Working days after the period: nobody is asked for a report of half a year ago.
LATEST_DAYS = 20


class CrmWorkReportDuty(models.Model):
    """Who hands in which report, and by when.

    Nobody is asked for the report of a period in which he or she does not work at all:
    weekends, holidays and leave by the calendar of the person, else of the company;
    make-up workdays are worked. Of several duties that ask the same person for the same
    report the first by sequence counts.
    """

    _name = "crm.work.report.duty"
    _description = "Duty to report"
    _inherit = ["crm.colleague.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        help="The reports are about the work for this company, and its clock counts.",
    )
    kind = fields.Selection(
        selection=KINDS,
        required=True,
        default="daily",
        help="A day, a week from Monday to Sunday, or a calendar month.",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        index="btree_not_null",
        help="Everybody who is in this team while the period lasts.",
    )
    user_ids = fields.Many2many(
        comodel_name="res.users",
        string="Named Persons",
        domain="[('share', '=', False)]",
        help="These persons, besides those of the team.",
    )
    due_days = fields.Integer(
        string="Working Days After",
        default=0,
        help="On which working day of the person after the period the report is due. "
        "0: on the last working day of the period itself.",
    )
    due_hour = fields.Float(
        string="Due Time",
        default=20.0,
        help="By this time of that day, on the clock of the company.",
    )
    start_date = fields.Date(
        required=True,
        default=lambda self: self.env.company._get_relations_today(),
        help="The first report asked for is the one of the period of this day.",
    )
    asked_until = fields.Date(
        readonly=True,
        export_string_translation=False,
        help="Up to this day everybody has been asked.",
    )

    _due_days_range = models.Constraint(
        f"CHECK(due_days BETWEEN 0 AND {LATEST_DAYS})",
        f"A report is due within {LATEST_DAYS} working days after its period.",
    )
    _due_hour_range = models.Constraint(
        "CHECK(due_hour >= 0 AND due_hour <= 24)",
        "The time by which a report is due lies between 0:00 and 24:00.",
    )

    @api.constrains("team_id", "user_ids")
    def _check_people(self):
        if any(not duty.team_id and not duty.user_ids for duty in self):
            raise ValidationError(
                self.env._("Say who hands the report in: a team, or persons.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        duties = super().create(vals_list)
        duties._ask_now()
        return duties

    def write(self, vals):
        companies = self.company_id
        result = super().write(vals)
        if set(vals) - {"name", "asked_until"}:
            self._ask_in(companies | self.company_id)
        return result

    def unlink(self):
        companies = self.company_id
        result = super().unlink()
        self._ask_in(companies)
        return result
