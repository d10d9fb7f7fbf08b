from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ...tools.local_moments import local_day
from ...tools.what_next import OLDEST_MESSAGE_DAYS

# Documents on which a customer writes, and on which its contacts are planned.
DOCUMENTS = ("res.partner", "crm.lead", "sale.order")


class CrmNextContact(models.Model):
    """What is known of a customer: days and amounts, from which the signs are made."""

    _inherit = "crm.next.contact"

    def _get_known_sql(self):
        """Return what is joined to ``partner`` and ``own``: tables and the row
        ``known``, named as in ``tools.what_next.Customer``."""
        return SQL(
            """
         LEFT JOIN crm_usual_value AS of_tier
                ON of_tier.company_id = own.id AND of_tier.tier_id = partner.tier_id
         LEFT JOIN crm_usual_value AS of_all
                ON of_all.company_id = own.id AND of_all.tier_id IS NULL
         LEFT JOIN LATERAL (%(quotation)s) AS quotation ON TRUE
         LEFT JOIN LATERAL (%(message)s) AS message ON TRUE
         LEFT JOIN LATERAL (%(plan)s) AS plan ON TRUE
        CROSS JOIN LATERAL (SELECT %(columns)s) AS known
            """,
            quotation=self._get_quotation_sql(),
            message=self._get_message_sql(),
            plan=self._get_plan_sql(),
            columns=SQL(", ").join(
                SQL("%s AS %s", value, SQL.identifier(name))
                for name, value in self._get_known_columns().items()
            ),
        )

    def _get_known_columns(self):
        days = {
            "quotation_age": SQL("quotation.since"),
            "message_age": SQL("message.date"),
            "contacted": SQL("partner.last_followup_at"),
        }
        return {
            "sales": self._get_sales_sql(),
            "usual": SQL("COALESCE(of_tier.amount, of_all.amount)::float8"),
            "quoted": SQL("COALESCE(quotation.amount, 0)::float8"),
            "active": SQL(
                "CASE WHEN partner.activity_model_id IS NOT NULL"
                " THEN partner.active_probability / 100.0::float8 END"
            ),
            "order_days": SQL("partner.order_day_count"),
            "silent": SQL(
                "CASE WHEN partner.last_order_on IS NOT NULL"
                " THEN GREATEST(0, own.today - partner.last_order_on) END"
            ),
            # Without the condition an empty day would make an interval of one.
            "interval": SQL(
                "CASE WHEN partner.next_order_expected_on IS NOT NULL THEN"
                " GREATEST(1, partner.next_order_expected_on - partner.last_order_on)"
                " END"
            ),
            "due_since": SQL("own.today - partner.contact_due_date"),
            "release_in": SQL("partner.pool_release_date - own.today"),
            "is_planned": SQL("plan.day IS NOT NULL"),
            "is_lost": self._get_lost_sql(),
            "refuses": self._get_refuses_sql(),
            **{
                name: SQL("own.today - %s", local_day(moment, SQL("own.tz")))
                for name, moment in days.items()
            },
        }

    def _get_sales_sql(self):
        """Hook: return the SQL of what the customer ``partner`` is worth within 12
        months, in the currency of its company; nothing or less: not known."""
        return SQL("COALESCE(partner.sales_12_months, 0)::float8")

    def _get_quotation_sql(self):
        """Return the SELECT of the open quotations: since when, how much. Only of the
        company that looks after the customer: others speak for themselves."""
        return SQL(
            """
            SELECT min(o.date_order) AS since,
                   sum(o.amount_untaxed / COALESCE(NULLIF(o.currency_rate, 0), 1))
                   AS amount
              FROM res_partner AS contact
              JOIN sale_order AS o ON o.partner_id = contact.id
             WHERE contact.commercial_partner_id = partner.id
               AND o.company_id = own.id AND o.state IN ('draft', 'sent')
            """
        )

    def _get_message_sql(self):
        """Return the SELECT of the last message of the customer, if neither a colleague
        has answered it where it stands, nor a follow-up came after it."""
        return SQL(
            """
            SELECT written.date
              FROM (SELECT message.date, message.model, message.res_id
                      FROM res_partner AS contact
                      JOIN mail_message AS message ON message.author_id = contact.id
                     WHERE contact.commercial_partner_id = partner.id
                       AND contact.partner_share
                       AND message.model IN %(documents)s
                       AND message.message_type IN ('email', 'comment')
                       AND message.date >= %(since)s
                  ORDER BY message.date DESC
                     LIMIT 1) AS written
             WHERE (partner.last_followup_at IS NULL
                    OR written.date > partner.last_followup_at)
               AND NOT EXISTS (
                   SELECT FROM mail_message AS answer
                     JOIN res_partner AS colleague ON colleague.id = answer.author_id
                    WHERE answer.model = written.model
                      AND answer.res_id = written.res_id
                      AND answer.date > written.date
                      AND answer.message_type IN ('email', 'email_outgoing', 'comment')
                      AND answer.is_internal IS NOT TRUE
                      AND colleague.partner_share IS NOT TRUE)
            """,
            documents=DOCUMENTS,
            since=fields.Datetime.now() - timedelta(days=OLDEST_MESSAGE_DAYS),
        )

    def _get_plan_sql(self):
        """Return the SELECT of the first day planned by who looks after it, on the
        customer, its opportunities or its quotations."""
        return SQL(
            """
            SELECT min(activity.date_deadline) AS day
              FROM res_partner AS contact
        CROSS JOIN LATERAL (
                   SELECT 'res.partner' AS model, contact.id
                UNION ALL
                   SELECT 'crm.lead', lead.id
                     FROM crm_lead AS lead WHERE lead.partner_id = contact.id
                UNION ALL
                   SELECT 'sale.order', o.id
                     FROM sale_order AS o
                    WHERE o.partner_id = contact.id AND o.state IN ('draft', 'sent')
                   ) AS document
              JOIN mail_activity AS activity
                ON activity.res_model = document.model
               AND activity.res_id = document.id AND activity.active
               AND activity.user_id IN (partner.user_id, line.user_id)
             WHERE contact.commercial_partner_id = partner.id
            """
        )

    def _get_lost_sql(self):
        return SQL(
            """
            EXISTS (SELECT FROM crm_lost_customer AS lost
                     WHERE lost.partner_id = partner.id
                       AND lost.state IN ('lost', 'winning'))
            """
        )

    def _get_refuses_sql(self):
        """Return the SQL condition that a contact is not wanted, or better left."""
        return SQL(
            "(partner.care_opt_out IS TRUE OR partner.id IN (%s))",
            self.env["res.partner"]._get_care_pauses_sql(),
        )
