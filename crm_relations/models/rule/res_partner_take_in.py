from odoo import api, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """Who of the contacts that were there already is a customer."""

    _inherit = "res.partner"

    @api.model
    def _take_in(self, first, last):
        """Make customers of those with ids from ``first`` to ``last`` who trade with
        us, and fill what the suite stores of contacts; to be extended by each room.

        :return: the ids of the new customers
        """
        self.env.flush_all()
        values = self._get_taken_in_values()
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE res_partner AS customer
                   SET %(values)s
                 WHERE customer.id BETWEEN %(first)s AND %(last)s
                   AND %(is_customer)s
             RETURNING customer.id
                """,
                values=SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(name), value)
                    for name, value in values.items()
                ),
                first=first,
                last=last,
                is_customer=self._get_to_take_in_sql(),
            )
        )
        ids = [number for (number,) in rows]
        self.browse(ids).invalidate_recordset(list(values))
        return ids

    @api.model
    def _count_to_take_in(self):
        ((count,),) = self.env.execute_query(
            SQL(
                "SELECT count(*) FROM res_partner AS customer WHERE %s",
                self._get_to_take_in_sql(),
            )
        )
        return count

    @api.model
    def _get_taken_in_values(self):
        """Return ``{column: SQL}`` of a new ``customer``. To be extended."""
        return {"is_managed_customer": SQL("TRUE")}

    @api.model
    def _get_to_take_in_sql(self):
        """Return the condition that ``customer`` trades with us and has not been
        decided yet: neither by this nor by anybody, as nobody writes NULL."""
        return SQL(
            """
            customer.is_managed_customer IS NULL
            AND customer.commercial_partner_id = customer.id
            AND customer.partner_share AND customer.employee IS NOT TRUE
            AND NOT EXISTS (SELECT FROM res_company AS company
                             WHERE company.partner_id = customer.id)
            AND (customer.customer_rank > 0
                 OR EXISTS (
                    SELECT FROM res_partner AS contact
                      JOIN sale_order AS o ON o.partner_id = contact.id
                     WHERE contact.commercial_partner_id = customer.id
                       AND o.state = 'sale')
                 OR EXISTS (
                    SELECT FROM res_partner AS contact
                      JOIN crm_lead AS lead ON lead.partner_id = contact.id
                     WHERE contact.commercial_partner_id = customer.id
                       AND lead.type = 'opportunity'))
            """
        )
