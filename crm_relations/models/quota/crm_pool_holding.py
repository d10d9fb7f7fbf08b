from odoo import api, fields, models
from odoo.tools import SQL

READ = [
    *["user_id", "is_managed_customer", "active", "tier_id", "company_id"],
    *["relation_company_id", "confirmed_order_count"],
]


class CrmPoolHolding(models.Model):
    """The counter of one salesperson in one quota.

    Transactions are REPEATABLE READ: a count of customers, even behind a lock, does not
    see what another transaction has just added. So everybody who takes a customer
    updates this row. Whoever comes second fails with a serialization failure and is
    repeated by Odoo, and then sees what the first has done.

    ``ceiling`` is the cap, or what was held already when the cap was lowered: customers
    can be given away above a cap, none can be added.
    """

    _name = "crm.pool.holding"
    _description = "Customers held"
    _order = "held desc, id"
    _rec_name = "user_id"
    _log_access = False

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    quota_id = fields.Many2one(
        comodel_name="crm.pool.quota",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    held = fields.Float(digits=(12, 2), required=True, readonly=True, default=0)
    cap = fields.Float(string="At Most", digits=(12, 2), readonly=True)
    ceiling = fields.Float(
        digits=(12, 2), readonly=True, export_string_translation=False
    )
    claims = fields.Integer(
        string="Claims Ever",
        readonly=True,
        required=True,
        default=0,
        help="Claims are serialised by this number.",
    )

    _one_a_quota = models.Constraint(
        "UNIQUE(user_id, quota_id)", "A salesperson has one counter in each quota."
    )
    _within_ceiling = models.Constraint(
        "CHECK(held <= ceiling)", "The salesperson holds as many customers as allowed."
    )

    @api.model
    def _settle(self, partner_ids, lift=True):
        """Let these customers count where they now belong; one statement.

        :param lift: a counter may be raised above its cap. Whoever takes a customer
            calls without: then the database refuses.
        :return: number of customers that counted wrongly before
        """
        if not partner_ids:
            return 0
        return self._settle_sql(
            SQL("SELECT unnest(%s::int[]) AS id", list(partner_ids)), lift
        )

    @api.model
    def _unseat(self, partner_ids):
        """Let customers that are about to be deleted count no more."""
        affected = SQL("SELECT unnest(%s::int[]) AS id", list(partner_ids))
        return self._settle_sql(affected, wanted=self._get_seats_sql(SQL("FALSE")))

    def _settle_sql(self, affected, lift=True, wanted=None):
        """Let seats and counters become as ``wanted``, a SELECT of seats.

        The seats of the ``affected`` that stand (``old``) give way to those wanted;
        the difference moves the counters.
        """
        if not self.env["crm.pool.quota"]._get_limits():
            return 0
        self.env["res.partner"].flush_model(READ)
        self.env["res.users"].flush_model(["sale_team_id"])
        [(count,)] = self.env.execute_query(
            SQL(
                """
                WITH affected AS MATERIALIZED (%(affected)s),
                     quota AS MATERIALIZED (%(quotas)s),
                     wanted AS MATERIALIZED (%(wanted)s),
                     old AS MATERIALIZED (
                     SELECT seat.*
                       FROM crm_pool_seat AS seat
                       JOIN affected ON affected.id = seat.partner_id),
                     removed AS (%(remove)s),
                     placed AS (%(place)s),
                     delta AS MATERIALIZED (%(delta)s),
                     counter AS MATERIALIZED (%(lock)s),
                     made AS (%(make)s),
                     written AS (%(write)s)
                SELECT (SELECT count(*) FROM removed) + (SELECT count(*) FROM placed)
                """,
                affected=affected,
                quotas=self._get_quotas_sql(),
                wanted=wanted or self._get_seats_sql(),
                remove=self._get_remove_seats_sql(),
                place=self._get_place_seats_sql(),
                delta=self._get_delta_sql(),
                lock=self._get_lock_counters_sql(),
                make=self._get_make_counters_sql(lift),
                write=self._get_write_counters_sql(lift),
            )
        )
        self.env["crm.pool.holding"].invalidate_model()
        self.env["crm.pool.seat"].invalidate_model()
        return count

    @api.model
    def _get_remove_seats_sql(self):
        return SQL(
            """
            DELETE FROM crm_pool_seat AS seat
             USING old
             WHERE seat.id = old.id AND NOT EXISTS (
                   SELECT FROM wanted WHERE wanted.partner_id = old.partner_id)
         RETURNING seat.id
            """
        )

    @api.model
    def _get_place_seats_sql(self):
        return SQL(
            """
            INSERT INTO crm_pool_seat (partner_id, user_id, quota_id, weight)
            SELECT wanted.partner_id, wanted.user_id, wanted.quota_id, wanted.weight
              FROM wanted
         LEFT JOIN old ON old.partner_id = wanted.partner_id
             WHERE (old.user_id, old.quota_id, old.weight) IS DISTINCT FROM
                   (wanted.user_id, wanted.quota_id, wanted.weight)
       ON CONFLICT (partner_id) DO UPDATE
               SET user_id = excluded.user_id, quota_id = excluded.quota_id,
                   weight = excluded.weight
         RETURNING id
            """
        )

    @api.model
    def _get_delta_sql(self):
        """Return a SELECT of user_id, quota_id and by how much the counter changes."""
        return SQL(
            """
            SELECT user_id, quota_id, sum(weight) AS weight
              FROM (SELECT user_id, quota_id, weight FROM wanted
                 UNION ALL
                    SELECT user_id, quota_id, -weight FROM old) AS part
          GROUP BY user_id, quota_id
            """
        )

    @api.model
    def _get_lock_counters_sql(self):
        """Return the counters that change, locked in one order: of two transactions
        that need the same ones none waits for the other."""
        return SQL(
            """
            SELECT holding.*
              FROM crm_pool_holding AS holding
              JOIN delta USING (user_id, quota_id)
             WHERE delta.weight <> 0
          ORDER BY user_id, quota_id
               FOR NO KEY UPDATE OF holding
            """
        )

    @api.model
    def _get_make_counters_sql(self, lift):
        return SQL(
            """
            INSERT INTO crm_pool_holding (user_id, quota_id, held, cap, ceiling, claims)
            SELECT delta.user_id, delta.quota_id, delta.weight, quota.cap,
                   CASE WHEN %s THEN GREATEST(quota.cap, delta.weight)
                   ELSE quota.cap END, 0
              FROM delta
              JOIN quota ON quota.id = delta.quota_id
             WHERE NOT EXISTS (
                   SELECT FROM crm_pool_holding AS holding
                    WHERE holding.user_id = delta.user_id
                      AND holding.quota_id = delta.quota_id)
          ORDER BY delta.user_id, delta.quota_id
       ON CONFLICT DO NOTHING
            """,
            lift,
        )

    @api.model
    def _get_write_counters_sql(self, lift):
        return SQL(
            """
            UPDATE crm_pool_holding AS holding
               SET held = %(held)s, cap = quota.cap,
                   ceiling = CASE
                   WHEN %(lift)s THEN GREATEST(quota.cap, %(held)s)
                   ELSE GREATEST(quota.cap, LEAST(holding.held, %(held)s))
                   END
              FROM counter
              JOIN delta USING (user_id, quota_id)
         LEFT JOIN quota ON quota.id = counter.quota_id
             WHERE holding.id = counter.id
            """,
            lift=lift,
            held=SQL("holding.held + delta.weight"),
        )
