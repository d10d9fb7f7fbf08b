from odoo import api, models
from odoo.tools import SQL

from ....tools.local_moments import local_day


class ResPartner(models.Model):
    """What the archive and the orders say about a relationship."""

    _inherit = "res.partner"

    @api.model
    def _get_relationship_evidence(self, partner_ids=None):
        """Hook: return the SELECT of all evidence, of all customers or of these.

        Columns: partner_id (the customer), kind (code of a kind of evidence),
        occurred_on (date), factor (numeric by which the kind's points are multiplied,
        NULL for 1: how strong this piece is, negative when it speaks against), res_id
        (id of the document, of the kind's ``source_model``). A document is a piece of
        one kind once at most. Rooms extend it::

            def _get_relationship_evidence(self, partner_ids=None):
                return SQL("%s UNION ALL %s", super()…(partner_ids), SQL(…))
        """
        return SQL(" UNION ALL ").join(
            (
                self._get_order_evidence(partner_ids),
                self._get_refund_evidence(partner_ids),
                self._get_referral_evidence(partner_ids),
            )
        )

    @api.model
    def _get_order_evidence(self, partner_ids=None):
        """Return the first day with confirmed orders, and each further one: an order
        that was split into ten is no tenfold proof."""
        return SQL(
            """
            SELECT partner_id, CASE row_number() OVER (
                       PARTITION BY partner_id ORDER BY day)
                       WHEN 1 THEN 'first_order' ELSE 'repeat_order' END AS kind,
                   day AS occurred_on, NULL::numeric AS factor, order_id AS res_id
              FROM (SELECT partner_id, day, min(order_id) AS order_id
                      FROM (%s) AS bought
                     WHERE orders = 1
                  GROUP BY partner_id, day) AS ordered
            """,
            self._get_purchases_sql(partner_ids),
        )

    @api.model
    def _get_refund_evidence(self, partner_ids=None):
        """Return the documents that took back what was ordered, and the credit note of
        each order that gives money back; what only corrects paper proves nothing."""
        return SQL(
            """
            SELECT partner_id, 'refund', day, NULL::numeric, move_id
              FROM (%(returns)s) AS returned
          GROUP BY partner_id, day, move_id
            HAVING sum(amount) > 0
             UNION
            SELECT bought.partner_id, 'refund', min(move.invoice_date), NULL::numeric,
                   min(move.id) FILTER (WHERE move.move_type = 'out_refund')
              FROM (%(purchases)s) AS bought
        CROSS JOIN LATERAL (
                   SELECT DISTINCT move.id, move.move_type, move.invoice_date
                     FROM sale_order_line AS sold
                     JOIN sale_order_line_invoice_rel AS link
                       ON link.order_line_id = sold.id
                     JOIN account_move_line AS line ON line.id = link.invoice_line_id
                     JOIN account_move AS move ON move.id = line.move_id
                    WHERE sold.order_id = bought.order_id AND move.state = 'posted'
                      AND move.move_type IN ('out_invoice', 'out_refund')) AS move
             WHERE bought.orders = 0
          GROUP BY bought.partner_id, bought.order_id
            HAVING sum(CASE move.move_type WHEN 'out_refund' THEN 1 ELSE -1 END) > 0
            """,
            returns=self._get_returns_sql(partner_ids),
            purchases=self._get_purchases_sql(partner_ids),
        )

    @api.model
    def _get_referral_evidence(self, partner_ids=None):
        """Return the customers whom a customer has referred: one piece from the day
        they came, another from their first order."""
        self.flush_model(
            [
                *["referred_by_id", "relation_since", "first_order_on", "active"],
                *["company_id", "relation_company_id"],
            ]
        )
        only = SQL("")
        if partner_ids is not None:
            only = SQL("AND referred.referred_by_id = ANY(%s)", list(partner_ids))
        referred = SQL(
            "referred.referred_by_id IS NOT NULL "
            "AND referred.is_managed_customer AND referred.active %s",
            only,
        )
        return SQL(
            """
            SELECT referred.referred_by_id, 'referral',
                   COALESCE(referred.relation_since, %(created)s),
                   NULL::numeric, referred.id
              FROM res_partner AS referred
         LEFT JOIN %(own)s
             WHERE %(referred)s
         UNION ALL
            SELECT referred.referred_by_id, 'referral_order', referred.first_order_on,
                   NULL::numeric, referred.id
              FROM res_partner AS referred
             WHERE %(referred)s AND referred.first_order_on IS NOT NULL
            """,
            own=self._get_company_of_sql("own", "referred"),
            created=local_day(
                SQL("referred.create_date"), SQL("COALESCE(own.tz, 'UTC')")
            ),
            referred=referred,
        )

    @api.model
    def _get_evidence_filter(self, contact, partner_ids):
        """Return the condition (from AND on) that the partner ``contact`` belongs to
        one of the customers, nothing for all of them."""
        if partner_ids is None:
            return SQL("")
        customer = SQL.identifier(contact, "commercial_partner_id")
        return SQL("AND %s = ANY(%s)", customer, list(partner_ids))
