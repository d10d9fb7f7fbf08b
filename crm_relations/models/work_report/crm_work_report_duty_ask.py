from datetime import datetime, time, timedelta

from odoo import api, models

from ...tools.report_periods import LONGEST_BACK, get_due_day, get_period, get_periods
from ...tools.retries import retry
from ...tools.tact import to_utc

# Within so many days after a period it is noticed that the person was away.
LOOK_BACK = timedelta(days=62)
# As far as the day on which a report is due is looked for after its period.
LOOK_AHEAD = timedelta(days=62)


class CrmWorkReportDuty(models.Model):
    """Each report that is asked for is a row, with team, leader and deadline of then:
    who is moved to another team, or reports to a new leader, changes no past.

    A row nobody has begun goes when the person turns out to be away, or is not asked
    any more while the period lasts.
    """

    _inherit = "crm.work.report.duty"

    @api.model
    def _cron_ask(self):
        """Ask everybody for the reports of the periods that have begun."""
        for company in self.env["res.company"]._get_all_for_relations():
            retry(self.env, lambda one=company: self._ask_in(one))
            self.env["ir.cron"]._commit_progress(1)

    def _ask_now(self):
        self._ask_in(self.company_id)

    @api.model
    def _ask_in(self, companies):
        """Make the rows of these companies what the duties say; the number of
        statements depends on duties and calendars, not on people."""
        # Superuser: whom a duty asks, whoever changes it; drafts are the persons' own.
        for company in companies.sudo():
            duties = self.sudo().search([("company_id", "=", company.id)])
            duties._ask(company, company._get_relations_today())

    def _ask(self, company, today):
        reports = self.env["crm.work.report"]
        reports.flush_model()
        people = {duty: duty._get_people(company) for duty in self}
        opened = reports._get_open(company, today - LOOK_BACK)
        workdays = self._get_workdays(people, opened, today)
        wanted = {}
        for duty, users in people.items():
            for key, values in duty._get_wanted(users, workdays, today).items():
                wanted.setdefault(key, values)
        reports._ask_for(wanted, company, today)
        opened._withdraw(wanted, workdays, today)
        self.filtered(lambda duty: duty.asked_until != today).asked_until = today

    def _get_people(self, company):
        """Return whom this duty asks now: only who could open a report."""
        role = self.env.ref("crm_relations.group_user")
        users = self.user_ids.filtered(lambda user: not user.share)
        if self.team_id:
            users |= users.search(
                [("sale_team_id", "=", self.team_id.id), ("share", "=", False)]
            )
        return users.filtered(
            lambda user: company in user.company_ids and role in user.all_group_ids
        )

    def _get_workdays(self, people, opened, today):
        """Return ``{user id: [day]}`` of all who are asked now or have been."""
        users = opened.user_id.union(*people.values())
        starts = [self._get_first_day(duty, today) for duty in people]
        first = min([today - LOOK_BACK, *starts])
        days = users._get_working_days(first, today + LOOK_AHEAD)
        return {user.id: found for user, found in days.items()}

    def _get_first_day(self, duty, today):
        """Return the first day of the first period that is asked for."""
        asked = duty.asked_until
        since = asked + timedelta(days=1) if asked else duty.start_date
        earliest = today - LONGEST_BACK[duty.kind]
        return get_period(duty.kind, min(max(since, earliest), today))[0]

    def _get_wanted(self, users, workdays, today):
        """Return ``{(user id, kind, first day): (last day, due at, due on)}`` of the
        periods that have begun since people were asked last, or are not over."""
        if self.start_date > get_period(self.kind, today)[1]:
            return {}
        first = max(self._get_first_day(self, today), self.start_date)
        wanted = {}
        for start, end in get_periods(self.kind, first, today):
            for user in users:
                day = get_due_day(workdays[user.id], start, end, self.due_days)
                if day:
                    due_at = self._get_moment(day)
                    wanted[user.id, self.kind, start] = (end, due_at, day)
        return wanted

    def _get_moment(self, day):
        """Return the naive UTC moment by which a report due on ``day`` is due."""
        wall = datetime.combine(day, time()) + timedelta(
            minutes=round(self.due_hour * 60)
        )
        return to_utc(wall, self.company_id._get_relations_tz())
