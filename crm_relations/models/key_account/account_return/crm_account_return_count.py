from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ....tools.retries import retry

YEARS = 3  # this one and those before: older rows stay as they were counted last
PAGE = 500
COUNTED = (
    *("document_count", "minutes", "amount", "time_cost", "unpriced_count"),
    *("unmeasured_count", "effect"),
)


class CrmAccountReturn(models.Model):
    """Count the returns of any number of customers: one statement a source."""

    _inherit = "crm.account.return"

    @api.model
    def _cron_count(self):
        """Count those of all key accounts and of customers with a plan, a page a
        transaction; then the averages of tiers, which nobody is compared with where
        nobody is counted."""
        customers = self._get_customers_to_count()
        averages = self.env["crm.account.return.average"]
        retry(self.env, lambda: self._drop_uncounted(customers))
        self.env["ir.cron"]._commit_progress(0)
        for start in range(0, len(customers), PAGE):
            page = customers[start : start + PAGE]
            retry(self.env, lambda page=page: self._count_for(page))
            self.env["ir.cron"]._commit_progress(0)
        retry(self.env, averages._refresh if customers else averages._clear)
        self.env["ir.cron"]._commit_progress(0)

    @api.model
    def _drop_uncounted(self, customers):
        """The last twelve months of who is counted no more would stand still, among
        those that end today."""
        self.search(
            [("kind", "=", "months"), ("partner_id", "not in", customers.ids)]
        ).unlink()

    @api.model
    def _drop_moved(self, plans):
        """Drop what was counted for the former customer of these plans."""
        returns = self.search([("plan_id", "in", plans.ids)])
        returns.filtered(lambda one: one.partner_id != one.plan_id.partner_id).unlink()

    @api.model
    def _get_customers_to_count(self):
        partners = self.env["res.partner"]
        plans = self.env["crm.account.plan"]._search([("state", "!=", "draft")])
        return partners.search(
            [
                *("|", ("id", "in", partners._get_key_accounts_sql())),
                ("id", "in", plans.subselect("partner_id")),
            ],
            order="id",
        )

    @api.model
    def _count_for(self, partners, plans=None):
        """Count all periods of these customers as of now, as superuser.

        :param plans: whose periods, besides those of plans that were decided on
        :return: their returns
        """
        # Superuser: figures are the customer's, whoever has them counted.
        counting = self.sudo()
        found = counting.env["crm.account.plan"].search(
            [("partner_id", "in", partners.ids), ("state", "!=", "draft")]
        )
        if plans:
            found |= plans.sudo()
        counting._drop_moved(found)
        rows = [row for one in partners.sudo() for row in self._get_periods(one)]
        rows += [
            (plan.partner_id.id, "plan", None, plan.id, plan.date_start, plan.date_end)
            for plan in found
        ]
        returns = counting._keep_rows(rows)
        returns._count_lines()
        return self.browse(returns.ids)

    def _count(self):
        """Count these as of now; their periods follow the calendar and the plan."""
        # Superuser: also of a plan that the reader of the return may not read.
        self._count_for(self.partner_id, self.sudo().plan_id)

    @api.model
    def _get_periods(self, partner):
        """Return ``[(customer id, kind, year, plan id, first, last)]``; today is the
        last of the twelve months, in the time of the company that judges it."""
        today = partner._get_relation_company()._get_relations_today()
        since = today - relativedelta(months=12) + timedelta(days=1)
        years = range(today.year - YEARS + 1, today.year + 1)
        return [
            (partner.id, "months", None, None, since, today),
            *(
                (partner.id, "year", year, None, date(year, 1, 1), date(year, 12, 31))
                for year in years
            ),
        ]

    @api.model
    def _keep_rows(self, rows):
        """Write the periods; one statement. The customer's own company keeps them: its
        rates stand behind the cost of time."""
        if not rows:
            return self.browse()
        self.flush_model()
        self.env["res.partner"].flush_model(["company_id", "relation_company_id"])
        found = self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_account_return AS kept
                       (partner_id, kind, year, plan_id, date_start, date_end,
                        period_key, company_id, currency_id, counted_at)
                SELECT given.*, COALESCE(-given.plan_id, given.year, 0),
                       %(own)s, judge.currency_id, %(now)s
                  FROM unnest(%(columns)s)
                       AS given (partner_id, kind, year, plan_id, first, last)
                  JOIN res_partner AS partner ON partner.id = given.partner_id
                  JOIN res_company AS judge ON judge.id = %(company)s
              ORDER BY given.partner_id, given.kind, given.year, given.plan_id
           ON CONFLICT (partner_id, period_key) DO UPDATE
                   SET date_start = excluded.date_start, date_end = excluded.date_end,
                       company_id = excluded.company_id,
                       currency_id = excluded.currency_id,
                       counted_at = excluded.counted_at
             RETURNING kept.id
                """,
                now=fields.Datetime.now(),
                columns=self._get_columns_sql(rows),
                own=self.env["res.partner"]._get_own_company_sql("partner"),
                company=self.env["res.partner"]._get_relation_company_sql("partner"),
            )
        )
        return self.browse(number for (number,) in found)

    @api.model
    def _get_columns_sql(self, rows):
        types = ("int", "varchar", "int", "int", "date", "date")
        return SQL(", ").join(
            SQL("%s::%s[]", list(column), SQL(kind))
            for column, kind in zip(zip(*rows, strict=True), types, strict=True)
        )

    def _count_lines(self):
        """Write the lines and sums of these; one statement a source, and two."""
        if not self:
            return
        customers = self.partner_id.ids
        sources = self._get_sources()
        for code, source in sources.items():
            self.env.execute_query(self._get_line_sql(code, source, customers))
        self._write_sums(list(sources))
        self.invalidate_model()
        self.env["crm.account.return.line"].invalidate_model()

    def _get_line_sql(self, code, source, partner_ids):
        cost = SQL("round(COALESCE(sum(doc.amount), 0)::numeric, money.decimal_places)")
        is_time = source.effect == "time"
        columns = SQL(", ").join(map(SQL.identifier, COUNTED))
        new = SQL(", ").join(SQL.identifier("excluded", name) for name in COUNTED)
        return SQL(
            """
            WITH doc AS MATERIALIZED (%(documents)s)
            INSERT INTO crm_account_return_line AS line
                   (return_id, source, %(columns)s)
            SELECT kept.id, %(code)s, count(DISTINCT doc.document_id),
                   round(COALESCE(sum(doc.minutes), 0)::numeric, 1), %(amount)s,
                   %(time)s, count(*) FILTER (WHERE doc.unpriced),
                   count(*) FILTER (WHERE doc.minutes = 0), %(effect)s
              FROM crm_account_return AS kept
              JOIN (SELECT id, %(places)s AS decimal_places FROM res_currency)
                   AS money ON money.id = kept.currency_id
         LEFT JOIN doc ON doc.partner_id = kept.partner_id
               AND doc.day BETWEEN kept.date_start AND kept.date_end
             WHERE kept.id = ANY(%(ids)s)
          GROUP BY kept.id, money.decimal_places
          ORDER BY kept.id
       ON CONFLICT (return_id, source) DO UPDATE SET (%(columns)s) = ROW(%(new)s)
             WHERE (%(old)s) IS DISTINCT FROM (%(new)s)
         RETURNING line.id
            """,
            documents=self._get_converted_sql(source.query(partner_ids)),
            columns=columns,
            new=new,
            old=SQL(", ").join(SQL.identifier("line", name) for name in COUNTED),
            code=code,
            amount=SQL("0") if is_time else cost,
            time=cost if is_time else SQL("0"),
            effect=source.effect,
            places=SQL("GREATEST(ceil(-log(rounding)), 0)::int"),
            ids=self.ids,
        )

    def _write_sums(self, codes):
        """Drop lines of what is counted no more, and sum up the others."""
        self.env.execute_query(
            SQL(
                """
                WITH gone AS (
                     DELETE FROM crm_account_return_line
                      WHERE return_id = ANY(%(ids)s) AND source <> ALL(%(codes)s)),
                     figure AS (
                     SELECT return_id, sum(minutes) AS minutes,
                            sum(time_cost) AS time_cost,
                            sum(unpriced_count) AS unpriced,
                            %(sums)s
                       FROM crm_account_return_line
                      WHERE return_id = ANY(%(ids)s) AND source = ANY(%(codes)s)
                   GROUP BY return_id)
                UPDATE crm_account_return AS kept
                   SET revenue = figure.revenue, margin = figure.margin,
                       given = figure.given, discounts = figure.included,
                       minutes = figure.minutes, time_cost = figure.time_cost,
                       unpriced_count = figure.unpriced,
                       before_time = figure.margin - figure.given,
                       cost = figure.given + figure.time_cost,
                       result = figure.margin - figure.given - figure.time_cost
                  FROM figure
                 WHERE kept.id = figure.return_id
             RETURNING kept.id
                """,
                ids=self.ids,
                codes=codes,
                sums=SQL(", ").join(
                    SQL(
                        "COALESCE(sum(amount) FILTER (WHERE effect = %s), 0) AS %s",
                        effect,
                        SQL.identifier(effect),
                    )
                    for effect in ("revenue", "margin", "given", "included")
                ),
            )
        )

    @api.model
    def _get_converted_sql(self, rows):
        """Return these rows of a source with their amounts in the currency of the
        company that judges the customer, at the rate of their day; with its id
        (judge_id) and the customer's tier_id."""
        self.env["res.currency.rate"].flush_model()
        return SQL(
            """
            SELECT doc.partner_id, doc.document_id, doc.day, doc.minutes, doc.unpriced,
                   own.id AS judge_id, partner.tier_id,
                   partner.active AND partner.is_managed_customer AS is_customer,
                   CASE WHEN doc.currency_id IS NULL THEN doc.amount * own.rate
                        WHEN doc.currency_id = judge.currency_id THEN doc.amount
                        ELSE doc.amount / NULLIF(%(from)s, 0) * %(to)s END AS amount
              FROM (%(rows)s) AS doc
              JOIN res_partner AS partner ON partner.id = doc.partner_id
              JOIN %(own)s
              JOIN res_company AS judge ON judge.id = own.id
            """,
            rows=rows,
            own=self.env["res.partner"]._get_company_of_sql("own", "partner"),
            **{
                "from": self._get_exchange_sql(SQL("doc.currency_id")),
                "to": self._get_exchange_sql(SQL("judge.currency_id")),
            },
        )

    @api.model
    def _get_exchange_sql(self, currency):
        """Return the SQL of Odoo's rate of a currency on ``doc.day``, as the company
        ``judge`` keeps it."""
        known = SQL(
            "SELECT quote.rate FROM res_currency_rate AS quote"
            " WHERE quote.currency_id = %s AND (quote.company_id IS NULL"
            " OR quote.company_id = split_part(judge.parent_path, '/', 1)::int)",
            currency,
        )
        return SQL(
            "COALESCE((%(known)s AND quote.name <= doc.day"
            " ORDER BY quote.company_id, quote.name DESC LIMIT 1),"
            " (%(known)s ORDER BY quote.company_id, quote.name LIMIT 1), 1)::float8",
            known=known,
        )
