from odoo import api, models
from odoo.tools import SQL

UNDELIVERED = SQL(
    """
    o.state = 'sale' AND EXISTS (
        SELECT FROM sale_order_line AS line
         WHERE line.order_id = o.id AND line.display_type IS NULL
           AND line.qty_delivered < line.product_uom_qty)
    """
)


class ResPartner(models.Model):
    """The open matters that can keep a customer beyond its release date."""

    _inherit = "res.partner"

    @api.model
    def _get_release_blockers(self):
        """Return what can block a release, in the order in which it is named.

        Extend it where a room or an addon has open matters of a customer, together
        with the tick on ``crm.pool.rule`` that respects them.

        :return: ``[{"code", "label", "field", "rows"}]``: ``field`` is the tick of the
            rule, ``rows`` the SELECT of the customers (``partner_id``) who have such a
            matter, out of ``customer`` (id, user_id)
        """
        return [
            {
                "code": "quotation",
                "label": self.env._("an open quotation"),
                "field": "block_quotation",
                "rows": self._get_open_orders_sql(SQL("o.state IN ('draft', 'sent')")),
            },
            {
                "code": "delivery",
                "label": self.env._("an order not fully delivered"),
                "field": "block_delivery",
                "rows": self._get_open_orders_sql(UNDELIVERED),
            },
            {
                "code": "payment",
                "label": self.env._("an unpaid order or invoice"),
                "field": "block_payment",
                "rows": self._get_unpaid_sql(),
            },
            {
                "code": "plan",
                "label": self.env._("a planned step of the salesperson"),
                "field": "block_plan",
                "rows": self._get_planned_steps_sql(),
            },
        ]

    @api.model
    def _get_planned_steps_sql(self):
        return SQL(
            """
            SELECT customer.id AS partner_id
              FROM customer
              JOIN res_partner AS contact ON contact.commercial_partner_id = customer.id
              JOIN mail_activity AS activity
                ON activity.res_model = 'res.partner'
               AND activity.res_id = contact.id AND activity.active
               AND activity.user_id = customer.user_id
            """
        )

    @api.model
    def _get_open_orders_sql(self, condition):
        return SQL(
            """
            SELECT customer.id AS partner_id
              FROM customer
              JOIN res_partner AS contact ON contact.commercial_partner_id = customer.id
              JOIN sale_order AS o ON o.partner_id = contact.id
             WHERE %s
            """,
            condition,
        )

    @api.model
    def _get_unpaid_sql(self):
        """Confirmed orders still to be invoiced, and invoices still to be paid."""
        return SQL(
            """
            %s
         UNION ALL
            SELECT customer.id
              FROM customer
              JOIN res_partner AS contact ON contact.commercial_partner_id = customer.id
              JOIN account_move AS move ON move.partner_id = contact.id
             WHERE move.move_type = 'out_invoice' AND move.state = 'posted'
               AND move.payment_state IN ('not_paid', 'partial')
            """,
            self._get_open_orders_sql(
                SQL("o.state = 'sale' AND o.invoice_status = 'to invoice'")
            ),
        )
