from odoo import api, models
from odoo.tools import SQL

# What the statements read of a customer.
READ = [
    *["user_id", "owner_since", "last_followup_at", "active", "is_managed_customer"],
    *["last_order_on", "company_id", "relation_company_id", "commercial_partner_id"],
    "pool_kept_until",
]
NOBODY = SQL(
    "SELECT NULL::int AS partner_id, NULL::int AS rule_id, NULL::date AS release_date,"
    " NULL::jsonb AS facts WHERE FALSE"
)


class CrmPoolRule(models.Model):
    """Release dates, decided by one statement."""

    _inherit = "crm.pool.rule"

    @api.model
    def _get_release_dates(self, partner_ids):
        """Return ``{partner id: (date, rule id, facts)}``; one query."""
        dates = self._get_in_force()._get_dates_sql(partner_ids=partner_ids)
        if dates is NOBODY:
            return {}
        rows = self.env.execute_query_dict(dates)
        return {
            row["partner_id"]: (row["release_date"], row["rule_id"], row["facts"])
            for row in rows
        }

    def _get_dates_sql(self, partner_ids=None, as_started=(), as_owned=False):
        """Return a SELECT of partner_id, rule_id, release_date and facts.

        One row for each owned customer that one of these rules takes, decided by
        the first of them in order of precedence; none where its clock stands still. A
        rule that starts later counts for those whom the rules of today would keep
        until then. Nobody is released before the day until which it is kept, or before
        the night that it was given where a pool takes only so many a night.

        :param as_started: rules whose start date, and whose nights, are left out of
            account (preview)
        :param as_owned: as if every company regulated who has its customers
        """
        candidates = self._get_candidates_sql(partner_ids, as_started, as_owned)
        if not candidates:
            return NOBODY
        return SQL(
            """
            SELECT partner_id, rule_id, leaving.day AS release_date,
                   facts || jsonb_build_object('release', leaving.day)
                   || CASE WHEN kept > release_date
                      THEN jsonb_build_object('kept', kept) ELSE '{}' END
                   || CASE WHEN due IS NOT NULL
                      THEN jsonb_build_object('due', due) ELSE '{}' END
                   || CASE WHEN wave > GREATEST(release_date, kept)
                      THEN jsonb_build_object('wave', wave) ELSE '{}' END AS facts
              FROM (%(ranked)s) AS ranked
        CROSS JOIN LATERAL (
                   SELECT GREATEST(release_date, kept, wave) AS day) AS leaving
             WHERE choice = 1 AND release_date < 'infinity'
            """,
            ranked=self._get_ranked_sql(candidates),
        )

    def _get_ranked_sql(self, candidates):
        """Return the candidates that count, with their ``choice``: 1 decides."""
        return SQL(
            """
            SELECT candidate.*, row_number() OVER (
                   PARTITION BY partner_id ORDER BY place) AS choice
              FROM (SELECT candidate.*, first_value(release_date) OVER (
                           PARTITION BY partner_id
                           ORDER BY NOT started, place) AS today_date,
                           bool_or(started) OVER (PARTITION BY partner_id)
                           AS judged_today
                      FROM (%(candidates)s) AS candidate) AS candidate
             WHERE started OR NOT judged_today OR today_date >= start_date
            """,
            candidates=candidates,
        )

    def _get_candidates_sql(self, partner_ids, as_started=(), as_owned=False):
        """Return what each of these rules says of the customers it takes, or None."""
        rules = self.filtered("pool_id.active")._filter_readable()
        rules = rules._sort_by_precedence()
        if not rules:
            return None
        self.env["res.partner"].flush_model(READ)
        started = rules._get_started() | rules.browse(rule.id for rule in as_started)
        return SQL(" UNION ALL ").join(
            rule._get_candidate_sql(
                place,
                rule in started,
                rule in as_started,
                rule._get_taken_sql(partner_ids, as_owned),
                rule._get_joins_sql(partner_ids),
                rule._get_days_sql(partner_ids),
            )
            for place, rule in enumerate(rules)
        )

    def _get_candidate_sql(self, place, started, ignore_start, taken, joins, counted):
        """Return what this rule says of its audience, whatever other rules say.

        :param taken: see ``_get_taken_sql``
        :param joins: see ``_get_joins_sql``
        :param counted: see ``_get_days_sql``

        Facts hold local dates: they are shown, and the rule counts them. A clock that
        stands still ends at infinity.
        """
        partners = self.env["res.partner"]
        start = None if ignore_start else self.start_date or None
        days_join, due_day, day_facts = counted
        wave_join, due, wave = self._get_wave_sql(due_day, ignore_start)
        return SQL(
            """
            (SELECT partner.id AS partner_id, %(place)s AS place, %(rule)s AS rule_id,
                   %(started)s AS started, %(start)s::date AS start_date,
                   partner.pool_kept_until AS kept, %(due)s AS due, %(wave)s AS wave,
                   CASE WHEN %(stops)s THEN 'infinity'
                        ELSE GREATEST(%(due_day)s, %(start)s::date)
                        END AS release_date,
                   %(facts)s || %(day_facts)s AS facts
              FROM res_partner AS partner
              JOIN %(own)s
                   %(joins)s
        CROSS JOIN LATERAL (%(clock)s) AS clock
                   %(days_join)s
                   %(wave_join)s
             WHERE %(taken)s)
            """,
            place=place,
            rule=self.id,
            started=started,
            start=start,
            own=partners._get_company_of_sql("own", "partner"),
            clock=self._get_clock_sql(),
            facts=self._get_facts_sql(),
            joins=joins,
            stops=self._get_stops_sql(),
            taken=taken,
            days_join=days_join,
            due_day=due_day,
            due=due,
            wave=wave,
            wave_join=wave_join,
            day_facts=day_facts,
        )

    def _get_clock_sql(self):
        """Return since when the clock of ``partner`` runs: its ``event``, the day since
        which it is ``owned``, and the later of them as ``start``."""
        return SQL(
            """
            SELECT %(event)s AS event, %(owned)s AS owned,
                   GREATEST(%(event)s, %(owned)s) AS start
            """,
            event=self._get_event_sql(),
            owned=self._get_local_day_sql(
                SQL("COALESCE(partner.owner_since, partner.create_date)")
            ),
        )

    def _get_taken_sql(self, partner_ids, as_owned=False):
        """Return the condition that this rule takes ``partner``."""
        only = SQL("")
        if partner_ids is not None:
            only = SQL("AND partner.id IN %s", tuple(partner_ids) or (0,))
        return SQL(
            """
            partner.user_id IS NOT NULL
            AND partner.active AND partner.is_managed_customer AND %(regulated)s
            AND partner.id IN (%(audience)s) %(takes)s %(exempt)s %(only)s
            """,
            regulated=SQL("TRUE")
            if as_owned
            else self.env["res.partner"]._get_owned_sql("partner"),
            audience=self._get_audience_sql(),
            takes=self._get_takes_sql(),
            exempt=self._get_exempt_sql(),
            only=only,
        )

    def _get_facts_sql(self):
        """Return the SQL of what the sentence on a release date is made of."""
        return SQL(
            """
            jsonb_build_object('code', %(code)s, 'days', %(days)s, %(event_facts)s,
                'user', partner.user_id, 'pool', %(pool)s)
            """,
            code=f"pool_{self.clock}",
            days=self.days,
            event_facts=self._get_event_facts_sql(),
            pool=self.pool_id.id,
        )
