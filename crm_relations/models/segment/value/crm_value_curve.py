from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ....tools.activity_model import DAYS_A_WEEK, LARGEST_EXPONENT, Parameters
from ....tools.order_outlook import FLAT, SLOPES, SMALL, SPREADS, STEP, WEEKS_A_YEAR

KEPT_DAYS = 30
# A parameter typed smaller than any history tells would overflow.
LEAST = 1e-9


class CrmValueCurve(models.Model):
    """How many orders an active customer places from now on, by its history.

    Of a history this depends on the number of repeat orders and the days since the
    first one alone: few of a million customers differ in both. So each pair is
    computed once, by the sum of ``tools/order_outlook.py``, and looked up by all who
    share it, also in the nights that follow, as long as the parameters stay.
    """

    _name = "crm.value.curve"
    _description = "Orders expected by history"
    _log_access = False
    _rec_name = "age_days"

    activity_model_id = fields.Many2one(
        comodel_name="crm.activity.model",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    # Parameters, years and discount.
    terms = fields.Char(required=True, readonly=True, export_string_translation=False)
    repeat_orders = fields.Integer(
        required=True, readonly=True, export_string_translation=False
    )
    age_days = fields.Integer(
        required=True, readonly=True, export_string_translation=False
    )
    orders_12_months = fields.Float(readonly=True, export_string_translation=False)
    orders_discounted = fields.Float(readonly=True, export_string_translation=False)
    computed_on = fields.Date(readonly=True, export_string_translation=False)

    _history_uniq = models.UniqueIndex(
        "(activity_model_id, repeat_orders, age_days, terms)",
        "The outlook of a history is computed once.",
    )

    @api.model
    def _add_missing(self, partner_ids):
        """Compute the pairs of these customers that are not there yet; one statement.

        :return: number of pairs added
        """
        for model in ("res.partner", "crm.activity.model", self._name):
            self.env[model].flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH pair AS MATERIALIZED (%(pairs)s),
                     shape AS (%(shapes)s),
                     nodes AS MATERIALIZED (
                     SELECT activity_model_id, repeat_orders,
                            array_agg(p) AS p, array_agg(weight) AS weights
                       FROM (%(nodes)s) AS node
                   GROUP BY activity_model_id, repeat_orders)
                INSERT INTO crm_value_curve
                       (activity_model_id, terms, repeat_orders, age_days, computed_on,
                        orders_12_months, orders_discounted)
                SELECT activity_model_id, terms, repeat_orders, age_days, today,
                       outlook.year, outlook.discounted
                  FROM pair
                  JOIN nodes USING (activity_model_id, repeat_orders)
            CROSS JOIN LATERAL (
                       SELECT pair.r + repeat_orders AS rate,
                              1 / (pair.alpha + age_days / %(week)s::float8) AS reach
                       OFFSET 0) AS own
            CROSS JOIN LATERAL (
                       SELECT sum(weight * (%(year)s)) AS year,
                              sum(weight * (%(discounted)s)) AS discounted
                         FROM unnest(nodes.p, nodes.weights) AS node (p, weight)
                      ) AS outlook
           ON CONFLICT DO NOTHING
                """,
                pairs=self._get_missing_sql(partner_ids),
                shapes=self._get_shapes_sql(),
                nodes=self._get_nodes_sql(),
                week=DAYS_A_WEEK,
                year=self._get_orders_sql(WEEKS_A_YEAR),
                discounted=self._get_discounted_sql(),
            )
        )
        return self.env.cr.rowcount

    @api.model
    def _get_missing_sql(self, partner_ids):
        return SQL(
            """
            SELECT DISTINCT model.id AS activity_model_id, %(terms)s AS terms,
                   GREATEST(partner.order_day_count - 1, 0) AS repeat_orders,
                   %(age)s AS age_days, own.today, %(parameters)s
              FROM res_partner AS partner
              JOIN %(own)s
              JOIN crm_activity_model AS model ON model.company_id = own.id
             WHERE partner.id = ANY(%(ids)s) AND partner.is_managed_customer
               AND partner.order_day_count > 0 AND model.r > 0
               AND NOT EXISTS (
                   SELECT FROM crm_value_curve AS known
                    WHERE known.activity_model_id = model.id
                      AND known.repeat_orders
                          = GREATEST(partner.order_day_count - 1, 0)
                      AND known.age_days = %(age)s AND known.terms = %(terms)s)
            """,
            terms=self.env["crm.value.terms"]._get_key_sql("model"),
            age=self._get_age_sql(),
            parameters=SQL(", ").join(
                SQL("GREATEST(%s, %s) AS %s", SQL.identifier("model", n), LEAST, name)
                for n in Parameters._fields
                for name in [SQL.identifier(n)]
            ),
            own=self.env["res.partner"]._get_company_of_sql("own", "partner"),
            ids=list(partner_ids),
        )

    @api.model
    def _get_age_sql(self):
        """Return the SQL of the days from a customer's first order to today."""
        return SQL(
            "(GREATEST(own.today, partner.last_order_on) - partner.first_order_on)"
        )

    @api.model
    def _get_shapes_sql(self):
        """Return a SELECT of where the nodes are for each number of repeat orders."""
        years = self.env["crm.value.terms"]._get_horizon_years()
        return SQL(
            """
            SELECT one.*, %(step)s * LEAST(1, spread) AS step,
                   GREATEST(centre - %(spreads)s * spread - %(slopes)s / a,
                            LEAST(centre, -ln(GREATEST(1, orders))) - %(flat)s)
                   AS first,
                   LEAST(centre + %(spreads)s * spread + %(slopes)s / rest,
                         GREATEST(centre, 0) + %(flat)s) AS last
              FROM (SELECT DISTINCT activity_model_id, repeat_orders, a,
                           b + repeat_orders AS rest,
                           ln(a / (b + repeat_orders)) AS centre,
                           sqrt(1 / a + 1 / (b + repeat_orders)) AS spread,
                           (r + repeat_orders + 1) * %(weeks)s::float8
                               / (alpha + repeat_orders / %(week)s::float8) AS orders
                      FROM pair) AS one
            """,
            step=STEP,
            spreads=SPREADS,
            slopes=SLOPES,
            flat=FLAT,
            weeks=years * WEEKS_A_YEAR,
            week=DAYS_A_WEEK,
        )

    @api.model
    def _get_nodes_sql(self):
        """Return a SELECT of p and its weight, those of a shape sum to 1."""
        return SQL(
            """
            SELECT activity_model_id, repeat_orders,
                   exp(GREATEST(-%(largest)s, leaves)) AS p,
                   mass / sum(mass) OVER (
                       PARTITION BY activity_model_id, repeat_orders) AS weight
              FROM (SELECT *, exp(GREATEST(-%(largest)s, log - max(log) OVER (
                              PARTITION BY activity_model_id, repeat_orders))) AS mass
                      FROM (SELECT activity_model_id, repeat_orders, leaves,
                                   a * leaves + rest * stays - CASE number
                                   WHEN 0 THEN ln(1 - exp(GREATEST(
                                       -%(largest)s, -a * step)))
                                   WHEN steps THEN ln(1 - exp(GREATEST(
                                       -%(largest)s, -rest * step)))
                                   ELSE 0 END AS log
                              FROM (SELECT shape.*, number, steps,
                                           CASE WHEN q > -30 THEN -ln(1 + exp(-q))
                                                ELSE q END AS leaves,
                                           CASE WHEN q < 30 THEN -ln(1 + exp(q))
                                                ELSE -q END AS stays
                                      FROM shape
                                CROSS JOIN LATERAL (
                                           SELECT ceil((last - first) / step)::int
                                                  AS steps OFFSET 0) AS many
                                CROSS JOIN generate_series(0, steps) AS number
                                CROSS JOIN LATERAL (
                                           SELECT first + number * step AS q
                                           OFFSET 0) AS place) AS placed
                           ) AS weighed) AS massed
            """,
            largest=LARGEST_EXPONENT,
        )

    @api.model
    def _get_orders_sql(self, weeks):
        """Return the SQL of the orders within so many weeks of customers who leave with
        the chance ``p``; ``rate`` and ``reach`` are those of the history."""
        return SQL(
            """
            CASE WHEN rate * p * reach * %(weeks)s < %(small)s
                 THEN rate * reach * %(weeks)s * (1 - (rate + 1) * p * reach * %(weeks)s
                      * (0.5 - (rate + 2) * p * reach * %(weeks)s / 6))
                 ELSE (1 - exp(GREATEST(-%(largest)s,
                       -rate * ln(1 + p * reach * %(weeks)s)))) / p END
            """,
            weeks=SQL("%s::float8", weeks),
            small=SMALL,
            largest=LARGEST_EXPONENT,
        )

    @api.model
    def _get_discounted_sql(self):
        factors = self.env["crm.value.terms"]._get_discounts()
        return SQL(" + ").join(
            SQL(
                "%s::float8 * (%s)",
                factor,
                self._get_orders_sql((year + 1) * WEEKS_A_YEAR),
            )
            for year, factor in enumerate(factors)
        )

    @api.model
    def _forget(self):
        """Drop what no longer holds, and once a month what nobody may need now."""
        self.flush_model()
        today = fields.Date.today()
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM crm_value_curve AS curve
                 USING crm_activity_model AS model
                 WHERE model.id = curve.activity_model_id
                   AND (curve.terms <> %s OR curve.computed_on < %s)
                """,
                self.env["crm.value.terms"]._get_key_sql("model"),
                today - timedelta(days=KEPT_DAYS),
            )
        )
        self.invalidate_model()
