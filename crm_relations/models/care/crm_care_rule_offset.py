from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...tools.local_moments import utc_moment
from ...tools.working_time import NoWorkingTime

DAY = timedelta(days=1)
# No offset reaches further, in its unit.
MOST = {"minutes": 60 * 24 * 31, "hours": 24 * 366, "days": 3660, "months": 120}
SHORT = ("minutes", "hours")


class CrmCareRule(models.Model):
    """How long before or after its occasion a task is due.

    Minutes and hours count from the moment of the event, or from the time of day of
    an occasion that is a date. Days and months lead to a day, in the customer's time
    zone, and on it to the time of day.
    """

    _inherit = "crm.care.rule"

    offset_number = fields.Integer(string="Offset", default=0)
    offset_unit = fields.Selection(
        selection=[
            ("minutes", "Minutes"),
            ("hours", "Hours"),
            ("days", "Days"),
            ("months", "Months"),
        ],
        string="Unit",
        required=True,
        default="days",
    )
    offset_side = fields.Selection(
        selection=[("before", "before"), ("after", "after")],
        string="Before or After",
        required=True,
        default="before",
        help="Before: what comes up too late for that is still done at once while the "
        "occasion lies ahead.",
    )
    in_working_time = fields.Boolean(
        help="Count only the working hours, or days, of the company.",
    )
    time_of_day = fields.Float(
        default=9.0,
        help="At this time on the customer's clock the care is due. The time zone is "
        "the customer's, else the person's, else that of the salesperson, else that "
        "of the company.",
    )

    @api.constrains("time_of_day")
    def _check_time_of_day(self):
        if any(not 0 <= rule.time_of_day < 24 for rule in self):
            raise ValidationError(
                self.env._("The time of day lies between 00:00 and 23:59.")
            )

    @api.constrains("offset_number", "offset_unit", "in_working_time")
    def _check_offset(self):
        for rule in self:
            most = MOST[rule.offset_unit]
            if not 0 <= rule.offset_number <= most:
                raise ValidationError(
                    self.env._(
                        "An offset in this unit lies between 0 and %(most)s; whether "
                        "it counts backwards is said by “before” and “after”.",
                        most=most,
                    )
                )
            if rule.in_working_time and rule.offset_unit == "months":
                raise ValidationError(
                    self.env._("Months are not counted in working time; days are.")
                )

    @property
    def _sign(self):
        return -1 if self.offset_side == "before" else 1

    def _get_offset(self):
        """Return the offset as a relativedelta, with its sign."""
        self.ensure_one()
        return relativedelta(**{self.offset_unit: self._sign * self.offset_number})

    def _get_catch_up_limit(self, company):
        """Return the moment, naive UTC: what was to be done before, and whose occasion
        is over, is missed. The same for what a standstill kept from being made and from
        being sent out."""
        self.ensure_one()
        first = company._get_relations_today() - timedelta(days=self.catch_up_days)
        return company._get_relations_day_start(first)

    def _get_served_span(self, as_started=False):
        """Return (lower, limit, upper), naive UTC: what ends before ``lower`` is left
        alone, before ``limit`` it was missed, and from ``upper`` on it can wait."""
        self.ensure_one()
        company = self.company_id or self.env["res.company"]._get_relations_default()
        today = company._get_relations_today()
        limit = self._get_catch_up_limit(company)
        upper = company._get_relations_day_start(
            today + timedelta(days=self.plan_ahead_days + 1)
        )
        lower = min(limit, self.generated_at or limit)
        if self.start_date and not as_started:
            start = company._get_relations_day_start(self.start_date)
            lower, limit = max(lower, start), max(limit, start)
        return lower, limit, upper

    def _get_event_span(self, lower, upper):
        """Return (first, last), naive UTC: no event outside has a task that is due
        before ``upper`` and ends after ``lower``. This is what makes a run cost as
        much as there is due: it reads an index from ``first`` to ``last``."""
        if self.in_working_time and self.offset_number:
            return self._get_working_span(lower, upper)
        # A month is of 28 to 31 days, a day begins early or late around the world.
        slack = 4 * DAY if self.offset_unit == "months" else 2 * DAY
        if self.offset_unit in SHORT:
            slack = 2 * DAY
        first = lower - self._get_offset() if self.offset_side == "after" else lower
        return first - slack, upper - self._get_offset() + slack

    def _get_working_span(self, lower, upper):
        """Return the span of events for an offset in working time."""
        calendars = self._get_working_times()
        if self.offset_side == "before":
            latest = max(self._plan(own, upper, 1) for own in calendars.values())
            return lower - 2 * DAY, latest + 2 * DAY
        reach = 2 * DAY
        while any(
            self._plan(own, lower - reach, 1) >= lower - DAY
            for own in calendars.values()
        ):
            reach *= 2
        return lower - reach - 2 * DAY, upper + DAY

    def _get_working_times(self):
        """Return ``{company id: tools.working_time.WorkingTime}``."""
        companies = self.env["res.company"]._get_all_for_relations()
        found = {
            calendar: calendar._get_working_time()
            for calendar in companies.resource_calendar_id
        }
        return {
            company.id: found[company.resource_calendar_id]
            for company in companies
            if company.resource_calendar_id
        }

    def _plan(self, working_time, moment, sign):
        """Return the moment, or the day's first one, that lies the offset away in
        working time."""
        try:
            if self.offset_unit in SHORT:
                seconds = (
                    self.offset_number
                    * {"minutes": 60, "hours": 3600}[self.offset_unit]
                )
                if sign < 0:
                    return working_time.plan_back(moment, seconds)
                return working_time.plan(moment, seconds)
            day = working_time.plan_workdays(moment.date(), self.offset_number)
        except NoWorkingTime as error:
            raise ValidationError(
                self.env._("The working schedule of the company has no hours.")
            ) from error
        return fields.Datetime.to_datetime(day)

    def _get_due_sql(self, based):
        """Return (SQL of the moment at which a row of ``placed`` is due, SQL of the
        join that it needs); ``based`` selects the rows, for those that are planned in
        Python."""
        self.ensure_one()
        if self.offset_unit in SHORT:
            return self._get_due_moment_sql(based)
        time = SQL("%s::interval", f"{round(self.time_of_day * 60)} minutes")
        day, join = SQL("placed.day"), SQL()
        if self.in_working_time:
            day = SQL("COALESCE(workday.due_day, placed.day)")
            join = self._get_workday_join_sql()
        elif self.offset_number:
            amount = f"{self._sign * self.offset_number} {self.offset_unit}"
            day = SQL("(placed.day + %s::interval)", amount)
        due = utc_moment(SQL("(%s + %s)", day, time), SQL("placed.zone"))
        return due, join

    def _get_due_moment_sql(self, based):
        if not self.in_working_time or not self.offset_number:
            amount = f"{self._sign * self.offset_number} {self.offset_unit}"
            return SQL("placed.moment + %s::interval", amount), SQL()
        working_times = self._get_working_times()
        bases = self.env.execute_query(
            SQL("SELECT DISTINCT own_id, moment FROM (%s) AS based", based)
        )
        planned = [
            (own_id, moment, self._plan(working_times[own_id], moment, self._sign))
            for own_id, moment in bases
            if own_id in working_times
        ]
        columns = [list(column) for column in zip(*planned, strict=True)] or [[]] * 3
        join = SQL(
            """
              JOIN unnest(%s::int[], %s::timestamp[], %s::timestamp[])
                   AS plan (own_id, moment, due_at)
                ON plan.own_id = placed.own_id AND plan.moment = placed.moment
            """,
            *columns,
        )
        return SQL("plan.due_at"), join

    def _get_workday_join_sql(self):
        calendars = {
            company.id: company.resource_calendar_id
            for company in self.env["res.company"]._get_all_for_relations()
            if company.resource_calendar_id
        }
        everywhere = self.env["resource.calendar"].browse(
            {calendar.id for calendar in calendars.values()}
        )
        return SQL(
            """
         LEFT JOIN (VALUES %(owners)s) AS owner (own_id, calendar_id)
                ON owner.own_id = placed.own_id
                   %(workday)s
            """,
            owners=SQL(", ").join(
                SQL("(%s, %s)", company_id, calendar.id)
                for company_id, calendar in calendars.items()
            )
            if calendars
            else SQL("(NULL::int, NULL::int)"),
            workday=everywhere._get_workday_join_sql(
                self._sign * self.offset_number,
                SQL("owner.calendar_id"),
                SQL("placed.day"),
            ),
        )
