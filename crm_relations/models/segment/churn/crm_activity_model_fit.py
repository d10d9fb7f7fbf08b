from importlib.util import find_spec

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ....tools import activity_model
from ....tools.activity_model import DAYS_A_WEEK, LEAST_CUSTOMERS, FitError
from ....tools.retries import retry

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
        string="Customers Fitted",
        readonly=True,
        help="Of very many customers an even sample is taken.",
    )
    repeat_order_count = fields.Integer(string="Repeat Orders Fitted", readonly=True)
    log_likelihood = fields.Float(digits=(16, 1), readonly=True)
    fit_problem = fields.Selection(
        selection=[
            ("scipy", "scipy is missing"),
            ("few", "Too few customers"),
            ("no_repeats", "No repeat order"),
            ("diverged", "No end found"),
        ],
        string="Last Fit",
        readonly=True,
    )
    notice = fields.Char(compute="_compute_notice")

    @api.depends("fit_problem", "source")
    @api.depends_context("lang")
    def _compute_notice(self):
        lacking = not self._can_fit()
        for model in self:
            problem = "scipy" if lacking else model.fit_problem
            model.notice = model._get_problem_words(problem)

    def action_fit(self):
        """Fit now, and say what came of it.

        :raise UserError: the history allows no fit, or scipy is missing
        """
        self.ensure_one()
        self.check_access("write")
        # Superuser: parameters are fitted on all orders, and written by nobody.
        if problem := self.sudo()._fit():
            raise UserError(self._get_problem_words(problem))
        return self._notify(
            self.env._(
                "Fitted on %(customers)s customers. All of them follow tonight, or now "
                "by “Apply now”.",
                customers=self.customer_count,
            )
        )

    @api.model
    def _cron_fit(self):
        """Fit each company whose parameters were not typed; each commits."""
        self._create_missing()
        for model in self.search([("refits", "=", True), ("source", "!=", "typed")]):
            retry(self.env, model._fit)
            self.env["ir.cron"]._commit_progress(0)

    @api.model
    def _can_fit(self):
        return bool(find_spec("scipy"))

    def _fit(self):
        """Fit and write the parameters, or else only what was in the way.

        :return: "" or the code of the problem
        """
        self.ensure_one()
        histories = self._get_histories()
        try:
            found = activity_model.fit(histories)
        except FitError as error:
            self.fit_problem = error.code
            return error.code
        self.write(
            {
                **found.parameters._asdict(),
                "source": "fitted",
                "parameters_on": self.company_id._get_relations_today(),
                "customer_count": sum(count for *_history, count in histories),
                "repeat_order_count": sum(x * count for x, *_, count in histories),
                "log_likelihood": found.log_likelihood,
                "fit_problem": False,
            }
        )
        return ""

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

    def _get_problem_words(self, problem):
        words = {
            "scipy": self.env._(
                "Parameters cannot be fitted here: the Python library scipy is not "
                "installed on the server. The present parameters stay in use; others "
                "can be typed."
            ),
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
        return words.get(problem, "")
