from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ...tools.local_moments import local_day
from ...tools.sharing_out import PARTS


class CrmCallbackRule(models.Model):
    """Find whom to call, and why: one SELECT a rule.

    A trigger is a method ``_get_<trigger>_occasions_sql(first)`` that returns
    customer_id, person_id (may be empty), occasion (its key, unique by rule and
    customer), at (naive UTC) and source (an id, for the reason) of what happened
    since ``first``.
    """

    _inherit = "crm.callback.rule"

    def _get_value_models(self):
        return {"old": "res.partner", "new": "res.users"}

    def _get_preview_sql(self):
        return self._get_decision_sql(as_started=True)

    def _get_decision_sql(self, as_started=False):
        """Return the callbacks that are not there yet, one a customer: besides the
        usual columns person_id, company_id, occasion, occurred_at. ``old`` is whom to
        call, ``new`` stays empty: who calls is decided when the call is made."""
        self.ensure_one()
        partners = self.env["res.partner"]
        self.env.flush_all()
        return SQL(
            """
            SELECT DISTINCT ON (occasion.customer_id) %(columns)s
              FROM (%(occasions)s) AS occasion
              JOIN res_partner AS customer ON customer.id = occasion.customer_id
             WHERE customer.active AND customer.id IN (%(audience)s)
               AND NOT (%(refused)s) AND customer.id NOT IN (%(paused)s)
               AND %(sampled)s AND %(rested)s
               AND NOT EXISTS (
                   SELECT FROM crm_callback AS known
                    WHERE known.rule_id = %(rule)s
                      AND known.partner_id = occasion.customer_id
                      AND known.occasion = occasion.occasion)
          ORDER BY occasion.customer_id, occasion.at DESC, occasion.occasion
            """,
            columns=self._get_callback_columns_sql(self.trigger),
            rule=self.id,
            occasions=self._get_occasions_sql(as_started),
            audience=self._get_audience_sql(),
            refused=partners._get_opt_out_sql("callback", "customer"),
            paused=self._get_paused_sql(),
            sampled=self._get_sampled_sql(),
            rested=self._get_rested_sql(),
        )

    def _get_callback_columns_sql(self, code):
        """Return the columns of a decision on ``occasion`` and ``customer``."""
        partners = self.env["res.partner"]
        return SQL(
            """
            occasion.customer_id AS partner_id,
            COALESCE(occasion.person_id, occasion.customer_id) AS old,
            NULL::int AS new, %(rule)s AS rule_id,
            NULLIF(occasion.person_id, occasion.customer_id) AS person_id,
            %(own_company)s AS company_id, %(company)s AS relation_company_id,
            occasion.occasion, occasion.at AS occurred_at,
            jsonb_build_object('code', 'callback_' || %(code)s::text,
                'at', occasion.at, 'source', occasion.source,
                'key', occasion.occasion) AS facts
            """,
            rule=self.id,
            own_company=partners._get_own_company_sql("customer"),
            company=partners._get_relation_company_sql("customer"),
            code=code,
        )

    def _get_occasions_sql(self, as_started=False):
        """Return what has happened of late, whether it has been served or not."""
        self.ensure_one()
        company = self.company_id or self.env["res.company"]._get_relations_default()
        today = company._get_relations_today()
        first = today - timedelta(days=self.catch_up_days)
        if self.start_date and not as_started:
            first = max(first, self.start_date)
        method = getattr(self, f"_get_{self.trigger}_occasions_sql")
        return method(company._get_relations_day_start(first))

    def _get_paused_sql(self):
        """Return a SELECT of the customers who are left alone while something serious
        is open; when that is closed, the call about it is no disturbance."""
        if self.trigger == "complaint":
            return SQL("SELECT NULL::int WHERE FALSE")
        return self.env["res.partner"]._get_care_pauses_sql()

    def _get_sampled_sql(self):
        """Return the condition that an occasion belongs to the sample; the same as
        ``tools.sharing_out.is_sampled``."""
        if self.sample_percent >= 100:
            return SQL("TRUE")
        return SQL(
            """
            ('x' || substr(md5(%(rule)s || '-' || occasion.customer_id || '-'
                               || occasion.occasion), 1, 8))::bit(32)::bigint
            %% %(parts)s < %(most)s
            """,
            rule=str(self.id),
            parts=PARTS,
            most=round(self.sample_percent * PARTS / 100),
        )

    def _get_rested_sql(self):
        """Return the condition that the customer is not being called anyway."""
        if not self.rest_days:
            return SQL("TRUE")
        return SQL(
            """
            NOT EXISTS (
                SELECT FROM crm_callback AS other
                 WHERE other.partner_id = occasion.customer_id
                   AND other.state <> 'dropped'
                   AND other.occurred_at > occasion.at - %(rest)s
                   AND other.occurred_at < occasion.at + %(rest)s)
            """,
            rest=SQL("%s * interval '1 day'", self.rest_days),
        )

    def _get_visit_occasions_sql(self, first):
        """Visits and receptions after which nothing has been ordered; several on one
        day are one."""
        return SQL(
            """
            SELECT DISTINCT ON (visit.customer_id, day.day) visit.customer_id,
                   visit.partner_id AS person_id, 'visit-' || day.day AS occasion,
                   visit.date AS at, visit.id AS source
              FROM crm_followup AS visit
              JOIN crm_followup_kind AS kind
                ON kind.id = visit.kind_id AND kind.channel IN ('visit', 'reception')
              JOIN res_partner AS host ON host.id = visit.customer_id
              JOIN %(own)s
        CROSS JOIN LATERAL (SELECT %(day)s AS day) AS day
             WHERE visit.date >= %(first)s
               AND NOT EXISTS (%(purchases)s)
          ORDER BY visit.customer_id, day.day, visit.date DESC, visit.id DESC
            """,
            day=local_day(SQL("visit.date"), SQL("own.tz")),
            own=self.env["res.partner"]._get_company_of_sql("own", "host"),
            first=first,
            purchases=self._get_purchases_sql(SQL("visit.customer_id"), "visit.date"),
        )

    def _get_purchases_sql(self, customer, moment):
        """Return a SELECT of the orders of a customer since the day before a moment:
        an order is often typed while the visitor is still there."""
        return SQL(
            """
            SELECT FROM sale_order AS o
              JOIN res_partner AS contact ON contact.id = o.partner_id
             WHERE contact.commercial_partner_id = %s AND %s
               AND o.date_order >= %s - interval '12 hours'
            """,
            customer,
            self.env["sale.order"]._get_purchase_sql("o"),
            SQL.identifier(*moment.split(".")),
        )

    def _get_delivery_occasions_sql(self, first):
        """Orders whose goods have arrived: when the stock says so where there is one,
        else as promised."""
        orders = self.env["sale.order"]
        delivered = SQL("o.commitment_date")
        if "effective_date" in orders._fields:
            delivered = SQL("COALESCE(o.effective_date, o.commitment_date)")
        return SQL(
            """
            SELECT contact.commercial_partner_id AS customer_id,
                   contact.id AS person_id, 'order-' || o.id AS occasion,
                   delivered.at, o.id AS source
              FROM sale_order AS o
        CROSS JOIN LATERAL (SELECT %(delivered)s AS at) AS delivered
              JOIN res_partner AS contact ON contact.id = o.partner_id
             WHERE %(purchase)s AND delivered.at >= %(first)s
               AND delivered.at <= %(now)s
            """,
            delivered=delivered,
            purchase=orders._get_purchase_sql("o"),
            first=first,
            now=fields.Datetime.now(),
        )

    def _get_complaint_occasions_sql(self, first):
        """Hook: none; the addon of complaints gives those that were closed."""
        return SQL(
            "SELECT NULL::int AS customer_id, NULL::int AS person_id, ''::text AS "
            "occasion, %s::timestamp AS at, NULL::int AS source WHERE FALSE",
            first,
        )
