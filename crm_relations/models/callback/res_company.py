from datetime import timedelta

from odoo import fields, models

from ...tools.working_time import NoWorkingTime

DEFAULT_RESERVATION_MINUTES = 15


class ResCompany(models.Model):
    _inherit = "res.company"

    callback_reservation_minutes = fields.Integer(
        string="Reserve a Callback for (minutes)",
        default=DEFAULT_RESERVATION_MINUTES,
        help="A callback that an agent has opened is nobody else's for so long; while "
        "the screen is open the time is extended. After a closed browser the call goes "
        "back to the list.",
    )

    _callback_reservation_range = models.Constraint(
        "CHECK(callback_reservation_minutes IS NULL OR "
        "callback_reservation_minutes BETWEEN 2 AND 480)",
        "A callback is reserved for 2 to 480 minutes.",
    )

    def _get_hour_planner(self, in_working_time, since=None):
        """Return a function ``(naive UTC moment, hours) → naive UTC moment``.

        :param in_working_time: count the company's working hours, else all hours;
            a company without calendar, or with an empty one, works always: a call is
            rather made too early than never
        :param since: the earliest moment it will be asked for
        """
        self.ensure_one()
        calendar = self.resource_calendar_id
        if not (in_working_time and calendar):
            return lambda moment, hours: moment + timedelta(hours=hours)
        working_time = calendar._get_working_time(since=since)

        def plan(moment, hours):
            try:
                return working_time.plan(moment, round(hours * 3600))
            except NoWorkingTime:
                return moment + timedelta(hours=hours)

        return plan
