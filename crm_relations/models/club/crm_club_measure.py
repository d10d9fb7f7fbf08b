from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.tools import SQL

from ...tools.local_moments import local_day


class CrmClub(models.Model):
    """What members earned or bought in the period that counts for their levels."""

    _inherit = "crm.club"

    def _get_measured_sql(self):
        """Return a SELECT of the active members: all columns of the membership, value
        and the days (measured_from, measured_to) in which it came together.

        Of a calendar year and a year of membership the year before counts as well,
        whichever brought more.
        """
        self.ensure_one()
        today = self._get_today()
        return SQL(
            """
            WITH member AS MATERIALIZED (
                 SELECT membership.*, %(start)s AS start, %(before)s AS before
                   FROM crm_club_membership AS membership
                  WHERE membership.club_id = %(club)s
                    AND membership.state = 'active'),
                 summed AS (
                 SELECT id, round(COALESCE(sum(amount) FILTER (
                                WHERE day >= start), 0), 2) AS now_sum,
                        round(COALESCE(sum(amount) FILTER (
                                WHERE day < start AND day >= before), 0), 2)
                            AS before_sum
                   FROM (%(events)s) AS event
                  WHERE day <= %(today)s
               GROUP BY id)
            SELECT member.*, GREATEST(now_sum, before_sum, 0) AS value,
                   CASE WHEN before_sum > now_sum THEN before ELSE start
                        END AS measured_from,
                   CASE WHEN before_sum > now_sum THEN start - 1 ELSE %(today)s
                        END AS measured_to
              FROM member
         LEFT JOIN summed USING (id)
            """,
            start=self._get_period_start_sql(today),
            before=self._get_period_before_sql(today),
            club=self.id,
            today=today,
            events=self._get_qualifying_events_sql(today),
        )

    def _get_period_start_sql(self, today):
        if self.qualify_period == "calendar":
            return SQL("%s::date", date(today.year, 1, 1))
        if self.qualify_period == "membership":
            return SQL(
                """
                (membership.joined_on + make_interval(years => date_part('year',
                    age(%s::date, membership.joined_on))::int))::date
                """,
                today,
            )
        return SQL("%s::date", today - relativedelta(years=1, days=-1))

    def _get_period_before_sql(self, today):
        if self.qualify_period == "calendar":
            return SQL("%s::date", date(today.year - 1, 1, 1))
        if self.qualify_period == "membership":
            start = self._get_period_start_sql(today)
            return SQL("(%s - interval '1 year')::date", start)
        return SQL("NULL::date")

    def _get_qualifying_events_sql(self, today):
        """Return a SELECT of what counts for the level of each ``member``: its id,
        start and before, day and amount."""
        if self.qualify_by == "spend":
            return self._get_sales_sql()
        self.env["loyalty.history"].flush_model()
        company = self.company_id or self.env["res.company"]._get_relations_default()
        return SQL(
            """
            SELECT member.id, member.start, member.before, %(day)s AS day,
                   line.qualifying::numeric AS amount
              FROM member
              JOIN loyalty_history AS line ON line.card_id = member.card_id
             WHERE date_trunc('second', line.create_date) >= %(first)s
               AND line.qualifying <> 0
            """,
            day=local_day(SQL("line.create_date"), company._get_relations_tz()),
            first=today - relativedelta(years=2, days=2),
        )

    def _get_sales_sql(self):
        """Return the same of what customers of members bought, less what they
        returned."""
        partners = self.env["res.partner"]
        company = self.company_id.id
        return SQL(
            """
            SELECT member.id, member.start, member.before, sold.day, sold.amount
              FROM member
              JOIN (SELECT partner_id, day, order_id, amount::numeric
                      FROM (%(purchases)s) AS bought
                 UNION ALL
                    SELECT partner_id, day, order_id, -amount::numeric
                      FROM (%(returns)s) AS back) AS sold
                ON sold.partner_id = member.customer_id
              JOIN sale_order AS o ON o.id = sold.order_id
             WHERE %(only)s
            """,
            purchases=partners._get_purchases_sql(),
            returns=partners._get_returns_sql(),
            only=SQL("o.company_id = %s", company) if company else SQL("TRUE"),
        )
