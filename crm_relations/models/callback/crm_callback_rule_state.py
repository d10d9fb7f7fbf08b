from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ...tools.local_moments import local_day, utc_moment


class CrmCallbackRule(models.Model):
    """Occasions that are a state rather than an event: they hold on until somebody
    calls, so nothing is ever too old to be caught up; before the rule's start they
    count from there."""

    _inherit = "crm.callback.rule"

    def _get_interval_occasions_sql(self, first):
        """No contact for the interval of the rule, or no callback for that of the tier:
        once for each further interval."""
        partners = self.env["res.partner"]
        # A day begins early or late around the world.
        latest = fields.Datetime.now() + timedelta(days=1)
        silent = self._get_uncalled_sql()
        if self.interval_days:
            silent = partners._get_silent_sql(self.interval_days, None, latest)
        return SQL(
            """
            SELECT silence.id AS customer_id, NULL::int AS person_id,
                   %(kind)s || silence.local_since || '-'
                       || silence.lasted / silence.days AS occasion,
                   GREATEST(%(start)s, %(turn)s) AS at,
                   silence.days AS source
              FROM (SELECT silent.id, silent.days, own.tz, local.since AS local_since,
                           own.today - local.since AS lasted
                      FROM (%(silent)s) AS silent
                      JOIN %(own)s
                CROSS JOIN LATERAL (SELECT %(since_day)s AS since) AS local) AS silence
             WHERE silence.lasted >= silence.days AND silence.days > 0
            """,
            start=self._get_start(first),
            turn=utc_moment(
                SQL(
                    "(silence.local_since + silence.lasted"
                    " - silence.lasted %% silence.days)::timestamp"
                ),
                SQL("silence.tz"),
            ),
            since_day=local_day(SQL("silent.since"), SQL("own.tz")),
            kind="silent-" if self.interval_days else "uncalled-",
            silent=silent,
            own=partners._get_company_of_sql("own", "silent"),
        )

    def _get_uncalled_sql(self):
        """Return a SELECT of id, company_id, relation_company_id, since and days of the
        customers of tiers that are called back in intervals."""
        self.env["crm.tier"].flush_model(["callback_interval_days"])
        return SQL(
            """
            SELECT customer.id, customer.company_id, customer.relation_company_id,
                   %(since)s AS since, tier.callback_interval_days AS days
              FROM crm_tier AS tier
              JOIN res_partner AS customer
                ON customer.tier_id = tier.id AND customer.is_managed_customer
         LEFT JOIN (SELECT partner_id, max(done_at) AS at
                      FROM crm_callback
                     WHERE state = 'done'
                  GROUP BY partner_id) AS called
                ON called.partner_id = customer.id
             WHERE tier.callback_interval_days > 0
            """,
            since=self.env["res.partner"]._get_silence_sql(
                "customer", SQL("called.at")
            ),
        )

    def _get_dormant_occasions_sql(self, first):
        partners = self.env["res.partner"]
        return SQL(
            """
            SELECT customer.id AS customer_id, NULL::int AS person_id,
                   'dormant-' || customer.lifecycle_since AS occasion,
                   GREATEST(%(start)s, %(since)s) AS at,
                   NULL::int AS source
              FROM res_partner AS customer
              JOIN %(own)s
             WHERE customer.is_managed_customer AND customer.lifecycle = 'dormant'
               AND customer.lifecycle_since IS NOT NULL
            """,
            start=self._get_start(first),
            since=utc_moment(SQL("customer.lifecycle_since::timestamp"), SQL("own.tz")),
            own=partners._get_company_of_sql("own", "customer"),
        )

    def _get_lost_occasions_sql(self, first):
        """Who is registered as lost and has not been won back."""
        return SQL(
            """
            SELECT lost.partner_id AS customer_id, NULL::int AS person_id,
                   'lost-' || lost.id AS occasion,
                   GREATEST(%(start)s, lost.registered_at) AS at, lost.id AS source
              FROM crm_lost_customer AS lost
             WHERE lost.state <> 'won_back'
            """,
            start=self._get_start(first),
        )

    def _get_start(self, first):
        """Return the moment from which on the deadlines of this rule count."""
        if not self.start_date:
            return first
        company = self.company_id or self.env["res.company"]._get_relations_default()
        start = company._get_relations_day_start(self.start_date)
        return min(start, fields.Datetime.now())
