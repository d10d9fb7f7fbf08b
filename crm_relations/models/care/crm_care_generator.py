from pytz import all_timezones_set

from odoo import api, fields, models
from odoo.tools import SQL, ormcache

from ...tools.birthdays import celebrated_on
from ...tools.retries import retry

BATCH = 1000


class CrmCareRule(models.Model):
    """Find who has an occasion and make the tasks.

    A statement a rule, whose cost follows the occasions: an index leads from the
    days to the birthdays. Each task is unique by rule, customer, person and occasion,
    so that whatever is restarted or run twice makes it once.
    """

    _inherit = "crm.care.rule"

    @api.model
    def _cron_create_tasks(self):
        """Make the tasks of all started rules, then their activities."""
        commit = self.env["ir.cron"]._commit_progress
        for rule in self._get_in_force()._get_started():
            commit(retry(self.env, rule._create_tasks), remaining=0)
        tasks = self.env["crm.care.task"]
        while made := retry(self.env, lambda: tasks._schedule_activities(BATCH)):
            # What is left is told, so that the runner comes back for it.
            left = tasks.search_count(tasks._get_unscheduled_domain())
            if not commit(made, remaining=left):
                break

    def _create_tasks(self):
        """Insert the tasks of today that are not there yet; return how many."""
        self.ensure_one()
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_care_task (rule_id, partner_id, person_id, company_id,
                       occasion, occasion_date, due_at, user_id, state, facts,
                       create_uid, create_date, write_uid, write_date)
                SELECT decision.rule_id, decision.partner_id, decision.person_id,
                       decision.company_id, decision.occasion, decision.occasion_date,
                       decision.due_at, decision.new, 'planned', decision.facts,
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM (%(decisions)s) AS decision
           ON CONFLICT DO NOTHING
             RETURNING id
                """,
                decisions=self._get_occasions_sql(),
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self.env["crm.care.task"].invalidate_model()
        return len(rows)

    def _get_value_models(self):
        return {"old": "res.partner", "new": "res.users"}

    def _get_preview_sql(self):
        return self._get_decision_sql(as_started=True)

    def _get_decision_sql(self, as_started=False):
        """Return the tasks that are not there yet, as ``_get_occasions_sql``."""
        return SQL(
            """
            SELECT occasion.*
              FROM (%s) AS occasion
             WHERE NOT EXISTS (
                   SELECT FROM crm_care_task AS task
                    WHERE task.rule_id = occasion.rule_id
                      AND task.partner_id = occasion.partner_id
                      AND task.person_id = occasion.person_id
                      AND task.occasion = occasion.occasion)
            """,
            self._get_occasions_sql(as_started),
        )

    def _get_occasions_sql(self, as_started=False):
        """Return a task for everyone who has an occasion now, whether it has been made
        or not (its unique key tells): besides the usual columns person_id, occasion,
        occasion_date, due_at, company_id. ``old`` is the person, ``new`` who does
        it."""
        self.ensure_one()
        days = self._get_days_to_serve(as_started)
        occasions = [
            (*birthday, day)
            for day in days
            for birthday in celebrated_on(day, self.leap_day)
        ]
        if not occasions:
            occasions = [("", 0, 0, False, 0, fields.Date.context_today(self))]
        self.env["crm.person.profile"].flush_model()
        self.env["res.partner"].flush_model(["user_id", "active", "company_id", "tz"])
        executor = SQL("COALESCE(customer.user_id, %s)", self.user_id.id or None)
        if self.executor == "user":
            executor = SQL("%s", self.user_id.id)
        return SQL(
            """
            SELECT customer.id AS partner_id, person.id AS old, %(executor)s AS new,
                   %(rule)s AS rule_id, person.id AS person_id,
                   COALESCE(customer.company_id, customer.relation_company_id)
                       AS company_id,
                   day.calendar || '-' || day.year AS occasion,
                   day.day AS occasion_date,
                   (day.day - %(lead)s + %(time)s::interval) AT TIME ZONE zone.name
                       AT TIME ZONE 'UTC' AS due_at,
                   jsonb_build_object('code', 'care_birthday', 'person', person.id,
                       'calendar', day.calendar, 'month', day.month,
                       'number', profile.birth_day, 'leap', profile.birth_leap_month,
                       'born', profile.birth_year, 'year', day.year,
                       'day', day.day, 'lead', %(lead)s) AS facts
              FROM (VALUES %(occasions)s)
                   AS day (calendar, month, number, leap, year, day)
              JOIN crm_person_profile AS profile
                ON profile.birth_calendar = day.calendar
               AND profile.birth_month = day.month
               AND profile.birth_day = day.number AND profile.birth_day > 0
               AND COALESCE(profile.birth_leap_month, FALSE) = day.leap
              JOIN res_partner AS person
                ON person.id = profile.partner_id AND person.active
              JOIN res_partner AS customer
                ON customer.id = person.commercial_partner_id AND customer.active
         LEFT JOIN res_users AS seller ON seller.id = customer.user_id
         LEFT JOIN res_partner AS seller_person
                ON seller_person.id = seller.partner_id
              JOIN %(companies)s ON own.id = %(company)s
        CROSS JOIN LATERAL (
                   SELECT tz AS name
                     FROM (VALUES (1, customer.tz), (2, person.tz),
                                  (3, seller_person.tz), (4, own.tz))
                          AS choice (place, tz)
                    WHERE tz = ANY(%(zones)s)
                 ORDER BY place
                    LIMIT 1) AS zone
             WHERE customer.id IN (%(audience)s)
            """,
            executor=executor,
            rule=self.id,
            lead=self.lead_days,
            time=f"{round(self.time_of_day * 60)} minutes",
            zones=self._get_time_zones(),
            companies=self.env["res.partner"]._get_companies_sql("own"),
            company=self.env["res.partner"]._get_relation_company_sql("customer"),
            occasions=SQL(", ").join(
                SQL("(%s, %s, %s, %s, %s, %s::date)", *occasion)
                for occasion in occasions
            ),
            audience=self._get_audience_sql(),
        )

    @api.model
    @ormcache()
    def _get_time_zones(self):
        """Return the names of the time zones that the database knows: one that it does
        not know would refuse the tasks of everyone."""
        rows = self.env.execute_query(SQL("SELECT name FROM pg_timezone_names"))
        return [name for (name,) in rows if name in all_timezones_set]
