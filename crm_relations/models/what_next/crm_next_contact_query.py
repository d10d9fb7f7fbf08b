from odoo import models
from odoo.tools import SQL

from .res_company import WEIGHTS

# The id of a line tells whose it is: of a customer, or beyond this of a share. So a
# line that was opened is found by the index of its table.
SHARES_FROM = 1_000_000_000


class CrmNextContact(models.Model):
    """One statement for all lists. What is known of a customer is looked up customer by
    customer, by indexes: the cost follows the lines asked for, whatever the database
    holds."""

    _inherit = "crm.next.contact"
    _depends = {
        "res.partner": [
            *["user_id", "active", "is_managed_customer", "commercial_partner_id"],
            *["company_id", "relation_company_id", "tier_id", "lifecycle"],
            *["sales_12_months", "last_order_on", "next_order_expected_on"],
            *["order_day_count", "active_probability", "activity_model_id"],
            *["last_followup_at", "contact_due_date", "pool_release_date"],
            *["care_opt_out", "partner_share"],
        ],
        "res.users": ["sale_team_id"],
        "res.company": [*WEIGHTS, "currency_id"],
        "crm.customer.share": ["partner_id", "user_id", "active"],
        "crm.usual.value": ["company_id", "tier_id", "amount"],
        "crm.not.now": ["partner_id", "active", "until"],
        "crm.lost.customer": ["partner_id", "state"],
        "crm.lead": ["partner_id"],
        "sale.order": [
            *["partner_id", "company_id", "state", "date_order"],
            *["amount_untaxed", "currency_rate"],
        ],
        "mail.activity": ["res_model", "res_id", "active", "user_id", "date_deadline"],
        "mail.message": [
            *["author_id", "model", "res_id", "date", "message_type", "is_internal"],
        ],
    }

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT line.id, line.partner_id, line.user_id, line.is_shared,
                   person.sale_team_id AS team_id, partner.company_id,
                   settings.currency_id, partner.tier_id, partner.lifecycle,
                   partner.last_followup_at, partner.contact_due_date,
                   partner.pool_release_date, result.value, result.chance,
                   result.influence, result.chance * result.influence AS urgency,
                   result.value * result.chance * result.influence AS at_stake,
                   result.value * result.chance * result.influence / own.rate AS score,
                   %(facts)s AS facts
              FROM (%(lines)s) AS line
              JOIN res_partner AS partner ON partner.id = line.partner_id
              JOIN %(own)s
              JOIN res_company AS settings ON settings.id = own.id
         LEFT JOIN res_users AS person ON person.id = line.user_id
                   %(known)s
        CROSS JOIN LATERAL (SELECT %(signs)s) AS sign
        CROSS JOIN LATERAL (SELECT %(result)s) AS result
             WHERE partner.is_managed_customer AND partner.active
               AND partner.user_id IS NOT NULL
               AND result.influence > 0 AND NOT (%(put_off)s)
            """,
            facts=self._get_facts_sql(),
            lines=self._get_lines_sql(),
            own=self.env["res.partner"]._get_company_of_sql("own", "partner"),
            known=self._get_known_sql(),
            signs=self._get_signs_sql(),
            result=self._get_result_sql(),
            put_off=self._get_put_off_sql(),
        )

    def _get_lines_sql(self):
        """Return the SELECT of whose lists the customers are in: of their salesperson,
        and of the colleagues with whom they are shared."""
        return SQL(
            """
            SELECT id, id AS partner_id, user_id, FALSE AS is_shared
              FROM res_partner
             WHERE user_id IS NOT NULL AND is_managed_customer
         UNION ALL
            SELECT id + %s, partner_id, user_id, TRUE
              FROM crm_customer_share
             WHERE active
            """,
            SHARES_FROM,
        )

    def _get_put_off_sql(self):
        return SQL(
            """
            EXISTS (SELECT FROM crm_not_now AS put_off
                     WHERE put_off.partner_id = partner.id AND put_off.active
                       AND put_off.until > own.today)
            """
        )
