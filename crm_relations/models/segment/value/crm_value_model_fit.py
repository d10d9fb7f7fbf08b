from odoo import api, fields, models
from odoo.tools import SQL

from ....tools import order_value
from ....tools.likelihood import LEAST_CUSTOMERS

# The parameters of so many customers are known to a percent or two.
LARGEST_SAMPLE = 50_000
# From here on how often and how much one orders go together too much for the model.
STRONG_CORRELATION = 0.3


class CrmValueModel(models.Model):
    """Fit the parameters on the averages of the company's customers.

    As the authors do, of their repeat orders: a first order often is another one, a
    trial. Customers whose repeat orders brought nothing or less are left out, as the
    model knows no such values. The period is that of the company's activity model.
    """

    _inherit = "crm.value.model"

    customer_count = fields.Integer(
        help="Customers with repeat orders. Of very many an even sample is taken.",
    )
    left_out_count = fields.Integer(
        string="Customers Left Out",
        readonly=True,
        help="Customers whose repeat orders brought nothing, or less than nothing: the "
        "model knows no such values.",
    )
    correlation = fields.Float(
        digits=(4, 2),
        readonly=True,
        help="Between the number of repeat orders and their average value, -1 to 1. "
        "The model takes it for 0: that how often one orders says nothing about how "
        "much.",
    )

    @api.depends("correlation", *order_value.Parameters._fields)
    def _compute_notice(self):
        return super()._compute_notice()

    def _get_doubt(self):
        if self.p and not self._get_parameters():
            return "other"
        if self.source == "fitted" and abs(self.correlation) > STRONG_CORRELATION:
            return "correlated"
        return super()._get_doubt()

    def _find_parameters(self):
        averages, left_out, correlation = self._get_averages()
        found = order_value.fit(averages)
        return {
            **found.parameters._asdict(),
            "customer_count": sum(count for *_history, count in averages),
            "left_out_count": left_out,
            "correlation": correlation,
            "log_likelihood": found.log_likelihood,
        }

    def _get_averages(self):
        """Return ``[(x, average of x repeat orders, number of customers), …]`` of those
        who brought something, how many did not, and the correlation of the two."""
        self.ensure_one()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT x, mean::float8, count(*), max(corr), mean > 0 AS counts
                  FROM (SELECT *, corr(x, mean::float8) FILTER (WHERE mean > 0) OVER ()
                               AS corr
                          FROM (%(averages)s) AS average
                         WHERE (hashint4(partner_id) & 2147483647)
                               %% ((customers - 1) / %(sample)s + 1) = 0) AS sample
              GROUP BY x, mean
              ORDER BY x, mean
                """,
                averages=self._get_averages_sql(),
                sample=LARGEST_SAMPLE,
            )
        )
        left_out = sum(count for *_own, count, _corr, counts in rows if not counts)
        averages = [(x, mean, n) for x, mean, n, _corr, counts in rows if counts]
        return averages, left_out, (rows[0][3] if rows else 0) or 0

    def _get_averages_sql(self):
        """Return a SELECT of the company's customers with repeat orders: partner_id, x,
        mean, and customers, how many there are."""
        partners = self.env["res.partner"]
        activity = self.env["crm.activity.model"].search(
            [("company_id", "=", self.company_id.id)]
        )
        today = self.company_id._get_relations_today()
        return SQL(
            """
            SELECT bought.partner_id, x,
                   sum(got.amount) FILTER (WHERE got.day > first) * max(own.rate) / x
                       AS mean,
                   count(*) OVER () AS customers
              FROM (SELECT partner_id, count(DISTINCT day)::int - 1 AS x,
                           min(day) AS first
                      FROM (%(purchases)s) AS purchase
                     WHERE orders = 1 AND day <= %(until)s
                  GROUP BY partner_id) AS bought
              JOIN res_partner AS partner ON partner.id = bought.partner_id
              JOIN %(own)s
              JOIN (%(money)s) AS got ON got.partner_id = bought.partner_id
               AND got.day <= %(until)s
             WHERE x > 0 AND partner.is_managed_customer AND own.id = %(company)s
               AND (%(since)s::date IS NULL OR first >= %(since)s)
          GROUP BY bought.partner_id, x
            """,
            purchases=partners._get_purchases_sql(),
            money=self.env["crm.customer.value"]._get_money_sql(),
            own=partners._get_company_of_sql("own", "partner"),
            company=self.company_id.id,
            until=min(activity.orders_until or today, today),
            since=activity.orders_from or None,
        )

    def _get_words_of_problems(self):
        return super()._get_words_of_problems() | {
            "few": self.env._(
                "The last fit failed: fewer than %(least)s customers with repeat "
                "orders. Until then the average of all orders stands for each of them.",
                least=LEAST_CUSTOMERS,
            ),
            "diverged": self.env._(
                "The last fit failed: the values of the orders do not tell customers "
                "apart. Until then the average of all orders stands for each of them."
            ),
            "other": self.env._(
                "These parameters hold for another measure or currency than the "
                "present one. Fit them anew: until then the average of all orders "
                "stands for each of them."
            ),
            "correlated": self.env._(
                "How often customers order and how much go together here "
                "(correlation %(correlation)s). The model takes them to be "
                "independent: values of those who order often are too low or too high.",
                correlation=f"{self.correlation:.2f}",
            ),
        }
