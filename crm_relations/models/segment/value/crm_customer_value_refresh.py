from odoo import api, models
from odoo.tools import SQL

from ....tools.activity_model import Parameters as Activity
from ....tools.retries import retry

SALES = ["company_id", "model_id", "currency_id", "order_days", "sales", "repeat_sales"]
WORTH = [
    *["basis", "expected_orders", "order_value", "value_12_months", "lifetime_value"]
]
DIGITS = 3


class CrmCustomerValue(models.Model):
    """Write what customers have brought and are worth, by statements over a set.

    First what they have brought is read from the orders, then the averages of each
    company from that, then what follows for each customer, from its row alone.
    """

    _inherit = "crm.customer.value"

    @api.model
    def _refresh(self, partner_ids=None):
        """Bring the rows of all customers, or of these, up to date.

        :return: number of rows whose value changed
        """
        ids = self._get_all_customers() if partner_ids is None else list(partner_ids)
        self.env["crm.value.model"]._create_missing()
        self._write_sales(ids)
        if partner_ids is None:
            self._measure_averages()
        return self._write_values(ids)

    @api.model
    def _get_all_customers(self):
        self.env["res.partner"].flush_model(["is_managed_customer"])
        rows = self.env.execute_query(
            SQL("SELECT id FROM res_partner WHERE is_managed_customer")
        )
        return [number for (number,) in rows]

    @api.model
    def _cron_refresh(self):
        """Bring all rows up to date, page by page, each a transaction of its own."""
        partners = self.env["res.partner"]
        retry(self.env, self.env["crm.value.model"]._create_missing)
        retry(self.env, self._drop_strangers)
        partners._for_pages_of_customers(self._write_sales)
        retry(self.env, self._measure_averages)
        retry(self.env, self.env["crm.value.curve"]._forget)
        self.env["ir.cron"]._commit_progress(0)
        partners._for_pages_of_customers(self._write_values)

    @api.model
    def _drop_strangers(self, partner_ids=None):
        """Drop the rows of those, of all or of these, who are no managed customers any
        more, or whose only orders were cancelled."""
        self.env["res.partner"].flush_model(["is_managed_customer", "order_day_count"])
        self.flush_model()
        only = SQL("")
        if partner_ids is not None:
            only = SQL("AND value.partner_id = ANY(%s)", list(partner_ids))
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM crm_customer_value AS value
                 USING res_partner AS partner
                 WHERE partner.id = value.partner_id %s
                   AND (partner.is_managed_customer IS NOT TRUE
                        OR COALESCE(partner.order_day_count, 0) = 0)
                """,
                only,
            )
        )
        self.invalidate_model()

    @api.model
    def _write_sales(self, partner_ids):
        """Write what these customers have brought, where it changed."""
        self.env["res.partner"].flush_model()
        self.env["res.company"].flush_model(["currency_id"])
        self.env["crm.value.model"].flush_model()
        self.flush_model()
        names = SQL(", ").join(map(SQL.identifier, SALES))
        new = SQL(", ").join(SQL.identifier("excluded", name) for name in SALES)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_customer_value AS value (partner_id, %(names)s)
                SELECT partner_id, %(names)s FROM (%(found)s) AS found
           ON CONFLICT (partner_id) DO UPDATE SET (%(names)s) = ROW(%(new)s)
                 WHERE (%(old)s) IS DISTINCT FROM (%(new)s)
                """,
                found=self._get_sales_sql(partner_ids),
                names=names,
                new=new,
                old=SQL(", ").join(SQL.identifier("value", name) for name in SALES),
            )
        )
        self.invalidate_model()

    @api.model
    def _get_sales_sql(self, partner_ids):
        """Return a SELECT of what those of these customers have brought who have
        ordered. What one ordered on its first day is no repeat order.

        Each counts by a row of its own with that day, and from the sums one looks for
        the customer (hence OFFSET), as in ``_get_figured_sql`` of customers: for want
        of statistics, PostgreSQL would sum up everything again for each of them.
        """
        partners = self.env["res.partner"]
        return SQL(
            """
            SELECT partner.id AS partner_id, %(own_company)s AS company_id,
                   model.id AS model_id, company.currency_id,
                   partner.order_day_count AS order_days,
                   round((money.amount * own.rate)::numeric, 2) AS sales,
                   round((COALESCE(money.repeated, 0) * own.rate)::numeric, 2)
                       AS repeat_sales
              FROM (
                   SELECT partner_id, sum(amount) AS amount,
                          sum(amount) FILTER (WHERE day > first) AS repeated
                     FROM (SELECT got.*, max(starts) OVER (PARTITION BY partner_id)
                                  AS first
                             FROM (SELECT partner_id, day, amount, NULL::date AS starts
                                     FROM (%(money)s) AS money
                                UNION ALL
                                   SELECT buyer.id, NULL::date, 0, buyer.first_order_on
                                     FROM res_partner AS buyer
                                    WHERE buyer.id = ANY(%(ids)s)) AS got) AS got
                 GROUP BY partner_id) AS money
        CROSS JOIN LATERAL (
                   SELECT partner.id, partner.company_id, partner.relation_company_id,
                          partner.order_day_count
                     FROM res_partner AS partner
                    WHERE partner.id = money.partner_id
                      AND partner.is_managed_customer AND partner.order_day_count > 0
                   OFFSET 0) AS partner
              JOIN %(own)s
              JOIN res_company AS company ON company.id = own.id
              JOIN crm_value_model AS model ON model.company_id = own.id
            """,
            own_company=partners._get_own_company_sql("partner"),
            own=partners._get_company_of_sql("own", "partner"),
            money=self._get_money_sql(partner_ids),
            ids=list(partner_ids),
        )

    @api.model
    def _get_money_sql(self, partner_ids=None):
        """Return a SELECT of what orders brought, by the measure of Settings:
        partner_id, day of the order, amount in the default company's currency.

        What was taken back of an order lessens it, on whatever day that was.
        """
        partners = self.env["res.partner"]
        if self.env["crm.value.terms"]._get_measure() == "margin":
            return SQL(
                "SELECT partner_id, ordered_on AS day, amount FROM (%s) AS margin",
                partners._get_margin_sql(partner_ids),
            )
        return SQL(
            """
            SELECT partner_id, day, amount FROM (%s) AS bought
         UNION ALL
            SELECT partner_id, ordered_on, -amount FROM (%s) AS returned
            """,
            partners._get_purchases_sql(partner_ids),
            partners._get_returns_sql(partner_ids),
        )

    @api.model
    def _measure_averages(self):
        """Write what an order brings and how many there are a year, on average."""
        models = self.env["crm.value.model"]
        models.flush_model()
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH found AS (
                     SELECT model.id,
                            COALESCE(round(sum(value.sales)
                                / NULLIF(sum(value.order_days), 0), 2), 0) AS amount,
                            COALESCE(round(avg(partner.orders_12_months), 2), 0)
                                AS orders
                       FROM crm_value_model AS model
                  LEFT JOIN crm_customer_value AS value ON value.model_id = model.id
                  LEFT JOIN res_partner AS partner ON partner.id = value.partner_id
                   GROUP BY model.id)
                UPDATE crm_value_model AS model
                   SET average_order_value = found.amount, average_orders = found.orders
                  FROM found
                 WHERE model.id = found.id
                   AND (model.average_order_value, model.average_orders)
                       IS DISTINCT FROM (found.amount, found.orders)
                """
            )
        )
        models.invalidate_model(["average_order_value", "average_orders"])

    @api.model
    def _write_values(self, partner_ids):
        """Write what these customers are worth, where it changed.

        :return: number of rows written
        """
        self.env["crm.value.curve"]._add_missing(partner_ids)
        self.env["crm.value.model"].flush_model()
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_customer_value AS value
                   SET (%(names)s) = ROW(%(new)s)
                  FROM (SELECT id, basis, %(orders)s AS expected_orders,
                               round(order_value::numeric, 2) AS order_value,
                               %(year)s AS value_12_months,
                               %(lifetime)s AS lifetime_value
                          FROM (%(worth)s) AS exactly) AS found
                 WHERE value.id = found.id AND (%(old)s) IS DISTINCT FROM (%(new)s)
                """,
                names=SQL(", ").join(map(SQL.identifier, WORTH)),
                new=SQL(", ").join(SQL.identifier("found", name) for name in WORTH),
                old=SQL(", ").join(SQL.identifier("value", name) for name in WORTH),
                orders=self._shorten(SQL("orders"), 3),
                year=self._shorten(SQL("orders * order_value"), 2),
                lifetime=self._shorten(SQL("discounted * order_value"), 2),
                worth=self._get_worth_sql(partner_ids),
            )
        )
        changed = self.env.cr.rowcount
        self.invalidate_model()
        return changed

    @api.model
    def _shorten(self, number, decimals):
        """Return the SQL of a number with its first three digits, and no more decimals
        than these."""
        return SQL(
            "CASE WHEN abs(%(number)s) < 1e-6 THEN 0 ELSE round((%(number)s)::numeric, "
            "LEAST(%(decimals)s, %(digits)s - 1"
            " - floor(log(abs(%(number)s)))::int)) END",
            number=number,
            decimals=decimals,
            digits=DIGITS,
        )

    @api.model
    def _get_worth_sql(self, partner_ids):
        """Return a SELECT of the rows of these customers, exact: id, partner_id, basis,
        orders (of 12 months), discounted (those of the horizon), order_value.

        Nothing is read but the rows, the customers and what the models say. Where only
        averages are known, nothing is known beyond the 12 months.
        """
        partners, curves = self.env["res.partner"], self.env["crm.value.curve"]
        terms = self.env["crm.value.terms"]
        return SQL(
            """
            SELECT value.id, value.partner_id,
                   CASE WHEN curve.terms IS NULL THEN 'average'
                        WHEN each.fits THEN 'model' ELSE 'average_value' END AS basis,
                   COALESCE(active.share * curve.orders_12_months,
                            model.average_orders) AS orders,
                   COALESCE(active.share * curve.orders_discounted,
                            model.average_orders) AS discounted,
                   %(each)s AS order_value
              FROM crm_customer_value AS value
              JOIN res_partner AS partner ON partner.id = value.partner_id
              JOIN %(own)s
              JOIN crm_value_model AS model ON model.id = value.model_id
         LEFT JOIN crm_activity_model AS activity
                ON activity.company_id = own.id AND activity.r > 0
         LEFT JOIN crm_value_curve AS curve
                ON curve.activity_model_id = activity.id
               AND curve.repeat_orders = partner.order_day_count - 1
               AND curve.age_days = %(age)s AND curve.terms = %(key)s
        CROSS JOIN LATERAL (
                   SELECT %(active)s AS share) AS active
        CROSS JOIN LATERAL (
                   SELECT COALESCE(model.p > 0 AND model.measure = %(measure)s
                          AND model.currency_id = value.currency_id, FALSE) AS fits
                   ) AS each
             WHERE value.partner_id = ANY(%(ids)s)
            """,
            own=partners._get_company_of_sql("own", "partner"),
            age=curves._get_age_sql(),
            key=terms._get_key_sql("activity"),
            active=self._get_active_sql(),
            each=self._get_order_value_sql(),
            measure=terms._get_measure(),
            ids=list(partner_ids),
        )

    @api.model
    def _get_order_value_sql(self):
        """Return the SQL of ``tools.order_value.expected_value``, or of the average."""
        return SQL(
            """
            CASE WHEN each.fits THEN
                 model.p * (model.gamma + CASE WHEN value.order_days > 1
                     THEN value.repeat_sales::float8 ELSE 0 END)
                 / (model.p * (value.order_days - 1) + model.q - 1)
                 ELSE model.average_order_value::float8 END
            """
        )

    @api.model
    def _get_active_sql(self):
        probability = self.env["crm.activity.model"]._get_probability_sql(
            SQL("partner.first_order_on"),
            SQL("partner.last_order_on"),
            SQL("partner.order_day_count"),
            SQL("own.today"),
        )
        # Written for a row ``model``; here that is the model of values.
        parameters = SQL(", ").join(
            SQL("activity.%s", SQL.identifier(name)) for name in Activity._fields
        )
        return SQL("(SELECT %s FROM (SELECT %s) AS model)", probability, parameters)
