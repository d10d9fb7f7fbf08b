from odoo import models
from odoo.tools import SQL


class CrmNextContact(models.Model):
    """What a customer is expected to bring, instead of what it brought, where the
    company wants that: only where its own history tells it."""

    _inherit = "crm.next.contact"
    _depends = {
        "crm.customer.value": ["partner_id", "basis", "value_12_months"],
        "res.company": ["next_by_value"],
    }

    def _get_sales_sql(self):
        return SQL("COALESCE(%s, %s)", self._get_worth_sql(), super()._get_sales_sql())

    def _get_source_sql(self):
        return SQL(
            "CASE WHEN known.quoted < result.value AND %s IS NOT NULL"
            " THEN 'expected' ELSE %s END",
            self._get_worth_sql(),
            super()._get_source_sql(),
        )

    def _get_worth_sql(self):
        """Return the SQL of the value of 12 months; NULL where it does not count. It is
        above nothing: else what is usual of others would stand for it."""
        return SQL(
            """
            CASE WHEN settings.next_by_value THEN (
                 SELECT GREATEST(worth.value_12_months, 0.01)::float8
                   FROM crm_customer_value AS worth
                  WHERE worth.partner_id = partner.id AND worth.basis = 'model') END
            """
        )
