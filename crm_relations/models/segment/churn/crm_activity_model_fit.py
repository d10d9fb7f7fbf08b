from odoo import fields, models
from odoo.tools import SQL

from ....tools import activity_model
from ....tools.activity_model import DAYS_A_WEEK
from ....tools.likelihood import LEAST_CUSTOMERS

# The parameters of so many customers are known to a percent or two; more would only
# cost memory and time.
LARGEST_SAMPLE = 50_000


class CrmActivityModel(models.Model):
    """Fit the parameters on the company's own orders.

    A transaction of the model is a day with confirmed orders: merging the orders of a
    day is what leads to the figures that the authors published for CDNOW.
    """

    _inherit = "crm.activity.model"

    customer_count = fields.Integer(
        help="Of very many customers an even sample is taken."
    )
    repeat_order_count = fields.Integer(string="Repeat Orders Fitted", readonly=True)

    def _find_parameters(self):
        histories = self._get_histories()
        found = activity_model.fit(histories)
        return {
            **found.parameters._asdict(),
            "customer_count": sum(count for *_history, count in histories),
            "repeat_order_count": sum(x * count for x, *_, count in histories),
            "log_likelihood": found.log_likelihood,
        }

    def _get_histories(self):
        """Return ``[(x, t_x, T, number of customers), …]``, times in weeks."""
        self.ensure_one()
        partners = self.env["res.partner"]
        sales = partners._get_sales_sql()
        today = self.company_id._get_relations_today()
        until = min(self.orders_until or today, today)
        rows = self.env.execute_query(
            SQL(
                """
                WITH history AS (
                     SELECT partner_id, count(DISTINCT day)::int - 1 AS x,
                            min(day) AS first, max(day) AS last
                       FROM (%(sales)s) AS sale
                      WHERE orders = 1 AND day <= %(until)s
                   GROUP BY partner_id),
                     own AS (
                     SELECT history.*, count(*) OVER () AS customers
                       FROM history
                       JOIN res_partner AS partner ON partner.id = partner_id
                      WHERE partner.is_managed_customer AND %(company)s = %(own)s
                        AND (%(since)s::date IS NULL OR first >= %(since)s))
                SELECT x, last - first, %(until)s::date - first, count(*)
                  FROM own
                 WHERE (hashint4(partner_id) & 2147483647)
                       %% ((customers - 1) / %(sample)s + 1) = 0
              GROUP BY 1, 2, 3
              ORDER BY 1, 2, 3
                """,
                sales=sales,
                until=until,
                since=self.orders_from or None,
                company=partners._get_relation_company_sql("partner"),
                own=self.company_id.id,
                sample=LARGEST_SAMPLE,
            )
        )
        return [
            (x, silent / DAYS_A_WEEK, age / DAYS_A_WEEK, count)
            for x, silent, age, count in rows
        ]

    def _get_words_of_problems(self):
        return super()._get_words_of_problems() | {
            "few": self.env._(
                "The last fit failed: fewer than %(least)s customers with orders.",
                least=LEAST_CUSTOMERS,
            ),
            "no_repeats": self.env._(
                "The last fit failed: no customer has ordered on a second day yet."
            ),
            "diverged": self.env._(
                "The last fit failed: the history does not tell customers apart who "
                "left from those who order seldom. A longer one may."
            ),
        }
