from odoo import api, models
from odoo.tools import SQL

from ....tools.retries import retry
from ..lifecycle.crm_lifecycle_rule import FALLBACK_INTERVAL_DAYS

DECIDED = ["next_order_expected_on", "active_probability", "activity_model_id"]


class ResPartner(models.Model):
    """Write when the next order is expected and how probably there will be one.

    The only inputs are columns of the customer and the parameters of its company: the
    orders themselves are not read again. A probability changes with every day, so it
    is kept in whole percent: a night writes only those for whom that one changes.
    """

    _inherit = "res.partner"

    @api.model
    def _cron_refresh_activity(self):
        """Let all customers follow the figures of the night, page by page."""
        retry(self.env, self._refresh_usual_intervals)
        self.env["ir.cron"]._commit_progress(0)
        self._for_pages_of_customers(self._refresh_activity)
        retry(self.env, self.env["crm.lost.customer"]._find_won_back)
        self.env["ir.cron"]._commit_progress(0)

    @api.model
    def _refresh_usual_intervals(self):
        """Write the median rhythm of each company's customers; one statement."""
        models = self.env["crm.activity.model"]
        models._create_missing()
        models.flush_model()
        self.env["res.partner"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH usual AS (
                     SELECT %(company)s AS company_id, round((percentile_cont(0.5)
                            WITHIN GROUP (ORDER BY order_interval_days))::numeric, 1)
                            AS days
                       FROM res_partner AS partner
                      WHERE is_managed_customer AND active
                        AND order_interval_days > 0
                   GROUP BY 1),
                     found AS (
                     SELECT model.id, COALESCE(usual.days, 0) AS days
                       FROM crm_activity_model AS model
                  LEFT JOIN usual ON usual.company_id = model.company_id)
                UPDATE crm_activity_model AS model
                   SET usual_interval_days = found.days
                  FROM found
                 WHERE model.id = found.id
                   AND model.usual_interval_days IS DISTINCT FROM found.days
                """,
                company=self._get_relation_company_sql("partner"),
            )
        )
        models.invalidate_model(["usual_interval_days"])

    @api.model
    def _refresh_activity(self, partner_ids=None):
        """Write what changed for all customers, or for these; one statement.

        The sales figures and the rhythm are up to date by then.

        :return: number of customers written
        """
        self.env["res.partner"].flush_model()
        self.env["crm.activity.model"].flush_model()
        only = SQL("")
        if partner_ids is not None:
            only = SQL("AND partner.id IN %s", tuple(partner_ids) or (0,))
        rows = self.env.execute_query(
            SQL(
                """
                WITH found AS (%(found)s)
                UPDATE res_partner AS partner
                   SET (%(names)s) = ROW(%(figures)s)
                  FROM found
                 WHERE partner.id = found.id
                   AND (%(columns)s) IS DISTINCT FROM (%(figures)s)
             RETURNING partner.id
                """,
                found=self._get_activity_sql(only),
                names=SQL(", ").join(map(SQL.identifier, DECIDED)),
                figures=SQL(", ").join(SQL.identifier("found", n) for n in DECIDED),
                columns=SQL(", ").join(SQL.identifier("partner", n) for n in DECIDED),
            )
        )
        changed = self.browse(number for (number,) in rows)
        changed.invalidate_recordset(DECIDED)
        return len(changed)

    @api.model
    def _get_activity_sql(self, only):
        """Return a SELECT of id and ``DECIDED`` for the managed customers ``only``."""
        return SQL(
            """
            SELECT partner.id, CASE WHEN partner.last_order_on IS NOT NULL THEN LEAST(
                       DATE '9999-12-31', partner.last_order_on + GREATEST(1, round(
                           COALESCE(NULLIF(partner.order_interval_days, 0),
                           NULLIF(model.usual_interval_days, 0), %(fallback)s)))::int)
                       END AS next_order_expected_on,
                   CASE WHEN judged.yes THEN round((100 * (%(probability)s))::numeric)
                       END::int AS active_probability,
                   CASE WHEN judged.yes THEN model.id END AS activity_model_id
              FROM res_partner AS partner
              JOIN %(own)s
         LEFT JOIN crm_activity_model AS model ON model.company_id = own.id
        CROSS JOIN LATERAL (SELECT model.r > 0 AND partner.order_day_count > 0
                                   AS yes) AS judged
             WHERE partner.is_managed_customer %(only)s
            """,
            fallback=FALLBACK_INTERVAL_DAYS,
            probability=self.env["crm.activity.model"]._get_probability_sql(
                SQL("partner.first_order_on"),
                SQL("partner.last_order_on"),
                SQL("partner.order_day_count"),
                SQL("own.today"),
            ),
            own=self._get_company_of_sql("own", "partner"),
            only=only,
        )
