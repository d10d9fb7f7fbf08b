from odoo import api, models
from odoo.tools import SQL


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
        self.env["sale.order"].flush_model(
            ["partner_id", "state", "date_order", "company_id"]
        )
        self.flush_model(["commercial_partner_id"])
        return SQL(
            """
            SELECT partner_id, CASE row_number() OVER (
                       PARTITION BY partner_id ORDER BY day)
                       WHEN 1 THEN 'first_order' ELSE 'repeat_order' END AS kind,
                   day AS occurred_on, NULL::numeric AS factor, order_id AS res_id
              FROM (SELECT contact.commercial_partner_id AS partner_id,
                           (o.date_order AT TIME ZONE 'UTC'
                               AT TIME ZONE company.tz)::date AS day,
                           min(o.id) AS order_id
                      FROM sale_order AS o
                      JOIN res_partner AS contact ON contact.id = o.partner_id
                      JOIN %(companies)s ON company.id = o.company_id
                     WHERE o.state = 'sale' %(only)s
                  GROUP BY 1, 2) AS ordered
            """,
            companies=self._get_companies_sql("company"),
            only=self._get_evidence_filter("contact", partner_ids),
        )

    @api.model
    def _get_refund_evidence(self, partner_ids=None):
        """Return the posted credit notes that take back what was ordered."""
        self.env["account.move"].flush_model(
            ["move_type", "state", "invoice_date", "partner_id"]
        )
        self.env["account.move.line"].flush_model(["move_id", "sale_line_ids"])
        self.env["sale.order.line"].flush_model(["state", "invoice_lines"])
        return SQL(
            """
            SELECT contact.commercial_partner_id, 'refund', move.invoice_date,
                   NULL::numeric, move.id
              FROM account_move AS move
              JOIN res_partner AS contact ON contact.id = move.partner_id
             WHERE move.move_type = 'out_refund' AND move.state = 'posted' %(only)s
               AND EXISTS (
                   SELECT FROM account_move_line AS line
                     JOIN sale_order_line_invoice_rel AS link
                       ON link.invoice_line_id = line.id
                     JOIN sale_order_line AS sold ON sold.id = link.order_line_id
                    WHERE line.move_id = move.id AND sold.state = 'sale')
            """,
            only=self._get_evidence_filter("contact", partner_ids),
        )

    @api.model
    def _get_referral_evidence(self, partner_ids=None):
        """Return the customers whom a customer has referred: one piece from the day
        they came, another from their first order."""
        self.flush_model(
            ["referred_by_id", "relation_since", "first_order_on", "active"]
        )
        only = SQL("")
        if partner_ids is not None:
            only = SQL("AND referred.referred_by_id = ANY(%s)", list(partner_ids))
        referred = SQL(
            "res_partner AS referred WHERE referred.referred_by_id IS NOT NULL "
            "AND referred.is_managed_customer AND referred.active %s",
            only,
        )
        return SQL(
            """
            SELECT referred.referred_by_id, 'referral',
                   COALESCE(referred.relation_since, referred.create_date::date),
                   NULL::numeric, referred.id
              FROM %(referred)s
         UNION ALL
            SELECT referred.referred_by_id, 'referral_order', referred.first_order_on,
                   NULL::numeric, referred.id
              FROM %(referred)s AND referred.first_order_on IS NOT NULL
            """,
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
