import logging

from odoo import api, models
from odoo.tools import SQL, split_every

from ...tools.retries import retry

_logger = logging.getLogger(__name__)

PAGE = 20  # salespeople, each with some thousand customers


class CrmPoolHolding(models.Model):
    """Count anew from the customers themselves, and tell what did not agree."""

    _inherit = "crm.pool.holding"

    @api.model
    def _cron_recount(self):
        """Count every salesperson anew, a few in a transaction; log each difference."""
        for user_ids in split_every(PAGE, self._get_holder_ids()):
            retry(self.env, lambda ids=user_ids: self._recount_and_tell(ids))
            self.env["ir.cron"]._commit_progress(0)

    @api.model
    def _recount_and_tell(self, user_ids):
        wrong = self._recount(list(user_ids))
        if wrong:
            _logger.warning(
                "Holdings healed: %s customers or counters of the users %s did not "
                "agree with the owners",
                wrong,
                user_ids,
            )

    @api.model
    def _recount(self, user_ids):
        """Count the customers of these users anew.

        :return: how many customers and counters were wrong
        """
        if not user_ids:
            return 0
        users = SQL("user_id = ANY(%s)", list(user_ids))
        self.env["res.partner"].flush_model(["user_id"])
        return self._settle_sql(self._get_counted_sql(users)) + self._heal(users)

    @api.model
    def _recount_all(self):
        """Count everybody anew: a quota, or a weight, has changed."""
        self.env["res.partner"].flush_model(["user_id"])
        everybody = SQL("user_id IS NOT NULL")
        if self.env["crm.pool.quota"]._get_limits():
            self._settle_sql(self._get_counted_sql(everybody))
        else:
            self.env.execute_query(SQL("DELETE FROM crm_pool_seat RETURNING id"))
        self._heal(everybody)

    @api.model
    def _get_counted_sql(self, users):
        """Return a SELECT of the ids of the customers that these users own, or that
        count for them."""
        return SQL(
            """
            SELECT id FROM res_partner WHERE is_managed_customer AND %(users)s
             UNION
            SELECT partner_id FROM crm_pool_seat WHERE %(users)s
            """,
            users=users,
        )

    @api.model
    def _heal(self, users):
        """Let counters say the sum of their seats, and know their cap.

        :return: how many said another sum
        """
        rows = self.env.execute_query(
            SQL(
                """
                WITH quota AS MATERIALIZED (%(quotas)s),
                     counter AS MATERIALIZED (
                     SELECT holding.id, holding.held AS said, quota.cap,
                            COALESCE((SELECT sum(seat.weight)
                                        FROM crm_pool_seat AS seat
                                       WHERE seat.user_id = holding.user_id
                                         AND seat.quota_id = holding.quota_id), 0)
                            AS held
                       FROM (SELECT * FROM crm_pool_holding WHERE %(users)s) AS holding
                  LEFT JOIN quota ON quota.id = holding.quota_id)
                UPDATE crm_pool_holding AS holding
                   SET held = counter.held, cap = counter.cap,
                       ceiling = GREATEST(counter.cap, counter.held)
                  FROM counter
                 WHERE holding.id = counter.id
                   AND (holding.held, holding.cap, holding.ceiling) IS DISTINCT FROM
                       (counter.held, counter.cap, GREATEST(counter.cap, counter.held))
             RETURNING counter.said <> counter.held
                """,
                quotas=self._get_quotas_sql(),
                users=users,
            )
        )
        self.env["crm.pool.holding"].invalidate_model()
        return sum(wrong for (wrong,) in rows)

    @api.model
    def _get_holder_ids(self):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM res_users AS holder
                 WHERE EXISTS (SELECT FROM res_partner AS partner
                                WHERE partner.user_id = holder.id
                                  AND partner.is_managed_customer)
                    OR EXISTS (SELECT FROM crm_pool_holding AS holding
                                WHERE holding.user_id = holder.id)
              ORDER BY id
                """
            )
        )
        return [number for (number,) in rows]
