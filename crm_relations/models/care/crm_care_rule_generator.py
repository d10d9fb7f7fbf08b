import logging
from time import monotonic

from psycopg2 import DataError
from pytz import all_timezones_set

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, ormcache

from ...tools.local_moments import local_day, utc_moment
from ...tools.retries import retry

_logger = logging.getLogger(__name__)


class CrmCareRule(models.Model):
    """Find who has an occasion and make the tasks.

    One statement a rule, whose cost follows what is due: the rule tells in which
    span its occasions lie, and an index leads to them. Each task is unique by rule,
    customer, person and occasion, so that whatever is restarted or run twice makes it
    once. The same statement moves a planned task whose occasion has moved, drops one
    whose occasion is gone, takes it up again when it is back, and marks as missed what
    a standstill has passed over.
    """

    _inherit = "crm.care.rule"

    @api.model
    def _cron_create_tasks(self):
        """Make the tasks of all started rules; each is dispatched at its minute."""
        self._create_tasks_of(self._get_in_force()._get_started())

    @api.model
    def _cron_create_event_tasks(self):
        """The same, several times an hour, for what happens during the day."""
        rules = self._get_in_force()._get_started()
        self._create_tasks_of(rules.filtered(lambda rule: rule._is_event_rule()))

    @api.model
    def _create_tasks_of(self, rules):
        commit = self.env["ir.cron"]._commit_progress
        for rule in rules:
            commit(rule._try_to_create_tasks(), remaining=0)
        self.env["crm.care.dispatch"]._trigger_next()

    def _try_to_create_tasks(self):
        """Make the tasks of one rule; what is wrong with it stands on it, and the
        other rules go on."""
        self.ensure_one()
        try:
            return retry(self.env, self._create_tasks)
        except (UserError, DataError, ValueError) as error:
            self.env.cr.rollback()
            self.env.invalidate_all()
            _logger.warning("Care rule %s makes no tasks: %s", self.id, error)
            self.problem = str(error)
            return 0

    def _create_tasks(self):
        """Bring the tasks of this rule up to date; return how many were made, moved
        or taken up again."""
        self.ensure_one()
        if not self._has_occasions():
            return 0
        # Whom a rule means nobody can tell any more keeps the tasks it has.
        self._check_readable()
        started = monotonic()
        self.env.flush_all()
        rows = self.env.execute_query(self._get_upsert_sql())
        self.env["crm.care.task"].invalidate_model()
        self._note_run()
        self._rules_ran({self.id: len(rows)}, monotonic() - started)
        return len(rows)

    def _note_run(self):
        """Remember until when nothing was passed over; an hour more or less is all the
        same, and the row is spared."""
        now = fields.Datetime.now()
        if self.problem or not self.generated_at or self.generated_at.hour != now.hour:
            self.write({"generated_at": now, "problem": False})
        elif self.generated_at.date() != now.date():
            self.generated_at = now

    def _has_occasions(self):
        """Hook: return whether the job makes the tasks of this rule."""
        return True

    def _is_event_rule(self):
        """Hook: return whether occasions of this rule come up during the day."""
        return False

    def _get_upsert_sql(self):
        """Return the statement. Whether an occasion has moved is told by the facts:
        the dispatcher may have put off the task itself."""
        return SQL(
            """
            WITH occasion AS MATERIALIZED (%(occasions)s),
                 gone AS (%(drop_gone)s)
            INSERT INTO crm_care_task (rule_id, partner_id, person_id, company_id,
                   occasion, occasion_date, due_at, user_id, state, facts, res_model,
                   res_id, create_uid, create_date, write_uid, write_date)
            SELECT rule_id, partner_id, person_id, company_id, occasion, occasion_date,
                   due_at, new, state, facts, res_model, res_id,
                   %(uid)s, %(now)s, %(uid)s, %(now)s
              FROM occasion
       ON CONFLICT (rule_id, partner_id, COALESCE(person_id, 0), occasion) DO UPDATE
               SET due_at = EXCLUDED.due_at, occasion_date = EXCLUDED.occasion_date,
                   facts = EXCLUDED.facts, state = 'planned', is_gone = FALSE,
                   done_at = NULL, first_due_at = NULL, channel = NULL,
                   dispatch_facts = NULL, write_uid = %(uid)s, write_date = %(now)s
             WHERE EXCLUDED.state = 'planned'
               AND (crm_care_task.is_gone
                    OR %(conflicting)s
                       AND crm_care_task.facts ->> 'due'
                           IS DISTINCT FROM EXCLUDED.facts ->> 'due')
         RETURNING id
            """,
            occasions=self._get_occasions_sql(),
            drop_gone=self._get_drop_gone_sql(),
            conflicting=self.env["crm.care.task"]._get_undispatched_sql(
                "crm_care_task"
            ),
            uid=self.env.uid,
            now=fields.Datetime.now(),
        )

    def _get_drop_gone_sql(self):
        """Return the UPDATE of the planned tasks that no row of ``occasion`` asks for
        any more."""
        lower, _limit, upper = self._get_served_span()
        return SQL(
            """
            UPDATE crm_care_task AS task
               SET state = 'dropped', is_gone = TRUE, done_at = %(now)s,
                   write_uid = %(uid)s, write_date = %(now)s
             WHERE task.rule_id = %(rule)s AND %(open)s
               AND %(due)s < %(upper)s
               AND (%(due)s >= %(lower)s OR task.occasion_date > %(lower)s::date)
               -- A hashed list: a join would be planned for a single occasion.
               AND (task.partner_id, COALESCE(task.person_id, 0), task.occasion)
                   NOT IN (SELECT partner_id, COALESCE(person_id, 0), occasion
                             FROM occasion)
            """,
            open=self.env["crm.care.task"]._get_undispatched_sql("task"),
            # When it was due by its occasion: it may have been put off.
            due=SQL("COALESCE((task.facts ->> 'due')::timestamp, task.due_at)"),
            rule=self.id,
            lower=lower,
            upper=upper,
            uid=self.env.uid,
            now=fields.Datetime.now(),
        )

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
             WHERE occasion.state = 'planned' AND NOT EXISTS (
                   SELECT FROM crm_care_task AS task
                    WHERE task.rule_id = occasion.rule_id
                      AND task.partner_id = occasion.partner_id
                      AND task.person_id IS NOT DISTINCT FROM occasion.person_id
                      AND task.occasion = occasion.occasion
                      AND task.is_gone IS NOT TRUE)
            """,
            self._get_occasions_sql(as_started),
        )

    def _get_occasions_sql(self, as_started=False):
        """Return a task for everyone who has an occasion now, whether it has been made
        or not (its unique key tells): besides the usual columns person_id, occasion,
        occasion_date, due_at, state, company_id, res_model, res_id. ``old`` is the
        person, ``new`` who does it."""
        self.ensure_one()
        lower, limit, upper = self._get_served_span(as_started)
        based = self._get_based_sql(*self._get_event_span(lower, upper))
        due, join = self._get_due_sql(based)
        return SQL(
            """
            SELECT partner_id, person_id AS old, doer AS new, %(rule)s AS rule_id,
                   person_id, company_id, occasion, day AS occasion_date, due_at,
                   CASE WHEN due_at >= %(limit)s OR ends_at > %(limit)s
                        THEN 'planned' ELSE 'missed' END AS state,
                   facts || jsonb_build_object('day', day, 'number', %(number)s,
                       'unit', %(unit)s, 'side', %(side)s,
                       'due', to_char(due_at, 'YYYY-MM-DD HH24:MI')) AS facts,
                   %(model)s AS res_model, source_id AS res_id
              FROM (SELECT placed.*, %(due)s AS due_at
                      FROM (%(based)s) AS placed
                    %(join)s) AS timed
             WHERE due_at < %(upper)s AND (due_at >= %(lower)s OR ends_at > %(lower)s)
               AND NOT (%(served)s)
            """,
            served=self._get_served_sql("timed"),
            rule=self.id,
            limit=limit,
            lower=lower,
            upper=upper,
            due=due,
            join=join,
            based=based,
            number=self.offset_number,
            unit=self.offset_unit,
            side=self.offset_side,
            model=self._get_source_model() or None,
        )

    def _get_served_sql(self, alias):
        """Hook: return the condition that another task has done the same already."""
        return SQL("FALSE")

    def _get_source_model(self):
        """Hook: return the model of what ``source_id`` names, "" for none."""
        return ""

    def _get_based_sql(self, first, last):
        """Return the occasions of this rule's audience from ``first`` to ``last`` with
        the day and the moment that the offset counts from, in the customer's zone.

        The occasions are found before anyone is asked whose they are: left to itself,
        PostgreSQL takes a company to be rare and begins with all customers.
        """
        self.env["res.partner"].flush_model(["user_id", "active", "company_id", "tz"])
        partners, zone = self.env["res.partner"], SQL("zone.name")
        time = f"{round(self.time_of_day * 60)} minutes"
        return SQL(
            """
              WITH candidate AS MATERIALIZED (%(candidates)s)
            SELECT candidate.customer_id AS partner_id, candidate.person_id,
                   candidate.source_id, candidate.occasion, candidate.facts,
                   %(executor)s AS doer, zone.name AS zone, own.id AS own_id,
                   %(own_company)s AS company_id,
                   COALESCE(candidate.day, %(local_day)s) AS day,
                   COALESCE(candidate.moment, %(time_of_day)s) AS moment,
                   COALESCE(candidate.moment, %(midnight)s) AS ends_at
              FROM candidate
              JOIN res_partner AS customer
                ON customer.id = candidate.customer_id AND customer.active
         LEFT JOIN res_partner AS person ON person.id = candidate.person_id
         LEFT JOIN res_users AS seller ON seller.id = customer.user_id
         LEFT JOIN res_partner AS seller_person
                ON seller_person.id = seller.partner_id
              JOIN %(own)s
        CROSS JOIN LATERAL (%(zone)s) AS zone
             WHERE COALESCE(person.active, TRUE)
               AND customer.id IN (%(audience)s)
            """,
            own_company=self.env["res.partner"]._get_own_company_sql("customer"),
            executor=self._get_executor_sql(),
            local_day=local_day(SQL("candidate.moment"), zone),
            time_of_day=utc_moment(SQL("(candidate.day + %s::interval)", time), zone),
            midnight=utc_moment(SQL("(candidate.day + 1)::timestamp"), zone),
            candidates=self._get_candidates(first, last),
            zone=self._get_zone_sql(),
            own=partners._get_company_of_sql("own", "customer"),
            audience=self._get_audience_sql(),
        )

    def _get_zone_sql(self):
        """Return a SELECT of the ``name`` of the zone in which somebody is taken to
        live: the first one known of the customer, the person, the salesperson and the
        company."""
        return SQL(
            """
            SELECT tz AS name
              FROM (VALUES (1, customer.tz), (2, person.tz),
                           (3, seller_person.tz), (4, own.tz), (5, 'UTC'))
                   AS choice (place, tz)
             WHERE tz = ANY(%s)
          ORDER BY place
             LIMIT 1
            """,
            self._get_time_zones(),
        )

    def _get_executor_sql(self):
        """Return the SQL of who does the care of the customer (alias ``customer``):
        the id of a user who has not left, or NULL as long as nobody is in charge."""
        self.ensure_one()
        stand_in = SQL("%s", self.user_id.filtered("active").id or None)
        if self.executor == "user":
            return stand_in
        return SQL(
            """
            COALESCE((SELECT owner.id
                        FROM res_users AS owner
                       WHERE owner.id = customer.user_id AND owner.active), %s)
            """,
            stand_in,
        )

    def _get_candidates(self, first, last):
        """Return a SELECT of customer_id, person_id, source_id, occasion (text, unique
        by rule, customer and person), day (date) or moment (naive UTC), and facts."""
        return getattr(self, f"_candidates_{self.trigger}")(first, last)

    @api.model
    @ormcache(cache="stable")
    def _get_time_zones(self):
        """Return the names of the time zones that the database knows: one that it does
        not know would refuse the tasks of everyone."""
        rows = self.env.execute_query(SQL("SELECT name FROM pg_timezone_names"))
        return [name for (name,) in rows if name in all_timezones_set]
