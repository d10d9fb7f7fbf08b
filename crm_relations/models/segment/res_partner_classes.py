from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

CLASSES = ["transaction_class", "customer_age_class", "market_class"]

# Settings: name, and what holds where nothing has been set.
NEW_DAYS = ("crm_relations.new_customer_days", 180)
MAIN_SHARE = ("crm_relations.main_customer_share", 80)
SCATTERED_ORDERS = ("crm_relations.scattered_customer_orders", 1)


class ResPartner(models.Model):
    """Three plain classes of customers: by transaction, by time, by market position.

    They follow from the stored sales figures of the last 12 months, and are written
    in the same nightly pass.
    """

    _inherit = "res.partner"

    transaction_class = fields.Selection(
        selection=[
            ("upcoming", "Upcoming"),
            ("current", "Current"),
            ("past", "Past"),
        ],
        string="By Transaction",
        readonly=True,
        copy=False,
        help="Current: ordered in the last 12 months. Past: ordered before that only. "
        "Upcoming: no order yet, but an open quotation or opportunity.",
        written_by="decided",
    )
    customer_age_class = fields.Selection(
        selection=[
            ("potential", "Potential"),
            ("new", "New"),
            ("old", "Old"),
        ],
        string="By Time",
        readonly=True,
        copy=False,
        help="New: the first order is no older than the settings say. Potential: no "
        "order yet.",
        written_by="decided",
    )
    market_class = fields.Selection(
        selection=[
            ("main", "Main"),
            ("ordinary", "Ordinary"),
            ("scattered", "Scattered"),
        ],
        string="By Market Position",
        readonly=True,
        copy=False,
        help="Main: the few who together bring most of the sales of the last 12 "
        "months. Scattered: hardly ever an order in that time. Ordinary: the others. "
        "Empty: no order yet.",
        written_by="decided",
    )

    @api.model
    def _get_class_setting(self, setting):
        """Return the number that a setting holds, at least 1."""
        name, default = setting
        # Superuser: how customers are sorted is no secret, parameters are.
        value = self.env["ir.config_parameter"].sudo().get_param(name, default)
        try:
            return max(int(value), 1)
        except ValueError:  # typed among the system parameters
            return default

    @api.model
    def _refresh_classes(self, partner_ids=None):
        """Write the classes of all customers, or of these, where they changed.

        :return: number of customers written
        """
        return self._write_classes(partner_ids, self._get_main_sales())

    @api.model
    def _get_main_sales(self):
        """Return ``{company id: sales}`` from which on a customer is a main one.

        Customers are lined up by their sales of 12 months, the greatest first; main
        are those before whom the settings' share is not reached yet. So equal ones
        stay together, and the one that crosses the share is a main one.
        """
        self.flush_model(
            [
                *["sales_12_months", "company_id", "relation_company_id"],
                *["is_managed_customer", "active"],
            ]
        )
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT company_id, min(sales)
                      FROM (SELECT company_id, sales,
                                   sum(sales) OVER company AS total,
                                   COALESCE(sum(sales) OVER (company
                                       ORDER BY sales DESC GROUPS BETWEEN
                                       UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
                                       AS before
                              FROM (SELECT %(company)s AS company_id,
                                           partner.sales_12_months AS sales
                                      FROM res_partner AS partner
                                     WHERE partner.is_managed_customer
                                       AND partner.active
                                       AND partner.sales_12_months > 0) AS sold
                            WINDOW company AS (PARTITION BY company_id)) AS ranked
                     WHERE before * 100 < %(share)s * total
                  GROUP BY company_id
                    """,
                    company=self._get_relation_company_sql("partner"),
                    share=self._get_class_setting(MAIN_SHARE),
                )
            )
        )

    @api.model
    def _write_classes(self, partner_ids, main_sales):
        only = SQL("")
        if partner_ids is not None:
            only = SQL("AND partner.id = ANY(%s)", list(partner_ids))
        today = self.env["res.company"]._get_relations_default()._get_relations_today()
        new_since = today - timedelta(days=self._get_class_setting(NEW_DAYS))
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE res_partner AS partner
                   SET (%(names)s) = ROW(%(found)s)
                  FROM (%(classes)s) AS class
                 WHERE partner.id = class.id
                   AND (%(columns)s) IS DISTINCT FROM (%(found)s)
             RETURNING partner.id
                """,
                names=SQL(", ").join(map(SQL.identifier, CLASSES)),
                columns=SQL(", ").join(SQL.identifier("partner", n) for n in CLASSES),
                found=SQL(", ").join(SQL.identifier("class", n) for n in CLASSES),
                classes=self._get_classes_sql(only, today, new_since, main_sales),
            )
        )
        changed = self.browse(number for (number,) in rows)
        changed.invalidate_recordset(CLASSES)
        return len(changed)

    @api.model
    def _get_classes_sql(self, only, today, new_since, main_sales):
        cuts = [(company, str(sales)) for company, sales in main_sales.items()]
        return SQL(
            """
            SELECT partner.id,
                   CASE WHEN last_order_on >= %(year)s THEN 'current'
                        WHEN last_order_on IS NOT NULL THEN 'past'
                        WHEN EXISTS (%(upcoming)s) THEN 'upcoming'
                        END AS transaction_class,
                   CASE WHEN first_order_on IS NULL THEN 'potential'
                        WHEN first_order_on >= %(new_since)s THEN 'new'
                        ELSE 'old' END AS customer_age_class,
                   CASE WHEN first_order_on IS NULL THEN NULL
                        WHEN sales_12_months >= cut.sales THEN 'main'
                        WHEN COALESCE(orders_12_months, 0) <= %(scattered)s
                        THEN 'scattered'
                        ELSE 'ordinary' END AS market_class
              FROM res_partner AS partner
         LEFT JOIN (VALUES %(cuts)s) AS cut (company_id, sales)
                ON cut.company_id = %(company)s
             WHERE partner.is_managed_customer %(only)s
            """,
            year=today - relativedelta(months=12) + timedelta(days=1),
            upcoming=self._get_upcoming_sql(),
            new_since=new_since,
            scattered=self._get_class_setting(SCATTERED_ORDERS),
            cuts=SQL(", ").join(
                SQL("(%s, %s::numeric)", *cut) for cut in cuts or [(0, "0")]
            ),
            company=self._get_relation_company_sql("partner"),
            only=only,
        )

    @api.model
    def _get_upcoming_sql(self):
        """Return a SELECT that has a row when ``partner`` may soon order."""
        self.env["sale.order"].flush_model(["partner_id", "state"])
        self.env["crm.lead"].flush_model(["partner_id", "type", "active", "won_status"])
        return SQL(
            """
            SELECT FROM res_partner AS contact
              JOIN sale_order AS o ON o.partner_id = contact.id
             WHERE contact.commercial_partner_id = partner.id
               AND o.state IN ('draft', 'sent')
         UNION ALL
            SELECT FROM res_partner AS contact
              JOIN crm_lead AS lead ON lead.partner_id = contact.id
             WHERE contact.commercial_partner_id = partner.id AND lead.active
               AND lead.type = 'opportunity' AND lead.won_status = 'pending'
            """
        )
