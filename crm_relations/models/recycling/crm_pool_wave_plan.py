from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ...tools.batches import BATCH
from ...tools.local_moments import local_day
from ...tools.retries import retry

# A release counts in its night, wherever on earth its company lives.
LATEST_RELEASES = timedelta(days=3)


class CrmPoolWave(models.Model):
    """Who leaves in which night, where a pool takes only so many a night.

    Those who have a night keep it. The others come by the day on which they may leave,
    then by how long they have been due, and each takes the first night that has room.
    """

    _inherit = "crm.pool.wave"

    @api.model
    def _plan(self):
        """Give nights and write them into the release dates, in transactions of their
        own: killed anywhere, the next run gives the same nights to the same customers.
        """
        commit = self.env["ir.cron"]._commit_progress
        refresh = self.env["res.partner"]._refresh_release_dates
        for pool in self._get_limited_pools():
            moved = retry(self.env, lambda pool=pool: self._plan_pool(pool))
            commit(0)
            for ids in split_every(BATCH, moved):
                retry(self.env, lambda ids=ids: refresh(ids))
                commit(0)

    @api.model
    def _get_limited_pools(self):
        # Superuser: pools release for all, whoever asks.
        return self.env["crm.pool"].sudo().search([("most_per_night", ">", 0)])

    @api.model
    def _plan_pool(self, pool):
        """Give a night to each customer for whom its own has no room; two statements.

        :return: the ids of these customers
        """
        self.env.flush_all()
        if pool.most_per_night < 1:
            return []
        self._remove_void(pool)
        rows = self.env.execute_query(
            SQL(
                """
                WITH waiting AS MATERIALIZED (%(waiting)s),
                     released AS MATERIALIZED (%(released)s),
                     night AS MATERIALIZED (%(nights)s),
                     %(given)s
                INSERT INTO crm_pool_wave AS wave (partner_id, company_id, pool_id,
                       due_on, leaves_on, create_uid, create_date)
                SELECT given.id, company_id, %(pool)s, due, leaves.day, %(uid)s,
                       %(now)s
                  FROM given
            CROSS JOIN slots
            CROSS JOIN LATERAL (
                   SELECT days[width_bucket(slot, firsts)] AS day) AS leaves
                 WHERE leaves.day > given.day
           ON CONFLICT (partner_id) DO UPDATE
                   SET company_id = EXCLUDED.company_id, pool_id = EXCLUDED.pool_id,
                       due_on = EXCLUDED.due_on, leaves_on = EXCLUDED.leaves_on
             RETURNING partner_id
                """,
                waiting=self._get_waiting_sql(pool),
                released=self._get_released_sql(pool),
                nights=self._get_nights_sql(pool),
                given=self._get_given_sql(),
                pool=pool.id,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self.invalidate_model()
        return [partner_id for (partner_id,) in rows]

    @api.model
    def _get_given_sql(self):
        """Return the CTEs that give each who waits a slot in a night with room."""
        return SQL(
            """
            -- What a slot is in: nights without room have none.
            slots AS MATERIALIZED (
            SELECT array_agg(before ORDER BY day) AS firsts,
                   array_agg(day ORDER BY day) AS days
              FROM night WHERE free > 0),
            line AS (
            SELECT waiting.*, night.before,
                   row_number() OVER (
                       ORDER BY waiting.day, due, waiting.id) - 1 AS place
              FROM waiting
              JOIN night ON night.day = waiting.day
             WHERE promised IS NOT TRUE),
            -- A slot each, in order, none before the own day.
            given AS (
            SELECT line.*, place + max(before - place)
                   OVER (ORDER BY place) AS slot
              FROM line)
            """
        )

    @api.model
    def _remove_void(self, pool):
        self.env.execute_query(
            SQL(
                """
                DELETE FROM crm_pool_wave AS wave USING res_partner AS partner
                 WHERE wave.pool_id = %s AND partner.id = wave.partner_id
                   AND (partner.user_id IS NULL OR NOT partner.active)
             RETURNING wave.id
                """,
                pool.id,
            )
        )

    @api.model
    def _get_waiting_sql(self, pool):
        """Return a SELECT of who is to leave into the pool and when, with those who
        keep the night they have. Whom an open matter keeps waits for no night: it is
        looked at each night until that is settled."""
        partners = self.env["res.partner"]
        rules = self.env["crm.pool.rule"]._get_in_force()
        rules = rules.filtered(lambda rule: rule.pool_id == pool)
        return SQL(
            """
            SELECT partner.id, %(own_company)s AS company_id,
                   GREATEST(partner.pool_release_date, own.today) AS day,
                   COALESCE((partner.pool_release_facts ->> 'due')::date,
                            partner.pool_release_date) AS due,
                   wave.leaves_on = partner.pool_release_date
                   AND wave.leaves_on >= own.today AS promised
              FROM res_partner AS partner
              JOIN %(own)s
         LEFT JOIN crm_pool_wave AS wave ON wave.partner_id = partner.id
                                        AND wave.pool_id = %(pool)s
             WHERE partner.pool_release_date IS NOT NULL
               AND partner.pool_rule_id IN %(rules)s
               AND partner.user_id IS NOT NULL
               AND partner.is_managed_customer AND partner.active AND %(owned)s
               AND (partner.pool_blocked_by IS NULL
                    OR partner.pool_release_date > own.today)
            """,
            own_company=partners._get_own_company_sql("partner"),
            own=partners._get_company_of_sql("own", "partner"),
            pool=pool.id,
            rules=tuple(rules.ids) or (0,),
            owned=partners._get_owned_sql("partner"),
        )

    @api.model
    def _get_released_sql(self, pools):
        """Return a SELECT of pool_id, day and count: what the last nights released into
        these pools, an undone release included: a night is not repeated."""
        partners = self.env["res.partner"]
        return SQL(
            """
            SELECT change.to_pool_id AS pool_id, %(day)s AS day, count(*) AS count
              FROM crm_ownership_change AS change
              JOIN res_partner AS partner ON partner.id = change.partner_id
              JOIN %(own)s
             WHERE change.kind = 'release' AND change.to_pool_id = ANY(%(pools)s)
               AND change.decided_at > %(since)s
          GROUP BY 1, 2
            """,
            day=local_day(SQL("change.decided_at"), SQL("own.tz")),
            own=partners._get_company_of_sql("own", "partner"),
            pools=pools.ids,
            since=fields.Datetime.now() - LATEST_RELEASES,
        )

    @api.model
    def _get_nights_sql(self, pool):
        """Return a SELECT of day, free and before: the room of each night that can be
        needed, and all the room of the nights before it."""
        return SQL(
            """
            SELECT day, free, (sum(free) OVER (ORDER BY day) - free)::bigint AS before
              FROM (SELECT span.day::date AS day,
                           GREATEST(%(most)s - COALESCE(taken.count, 0)
                                    - COALESCE(released.count, 0), 0) AS free
                      FROM (SELECT min(day) AS first,
                                   max(day) + (count(*) / %(most)s)::int + 1 AS last
                              FROM waiting) AS bounds
                CROSS JOIN generate_series(first, last, '1 day') AS span (day)
                 LEFT JOIN (SELECT day, count(*) FROM waiting WHERE promised
                          GROUP BY day) AS taken ON taken.day = span.day::date
                 LEFT JOIN released ON released.day = span.day::date) AS room
            """,
            most=pool.most_per_night,
        )
