from odoo import api, fields, models
from odoo.tools import SQL


class CrmUsualValue(models.Model):
    """What a customer who buys usually brings within 12 months, by company and tier:
    what those count with who have not bought yet. Measured every night."""

    _name = "crm.usual.value"
    _description = "Usual value of a customer"
    _order = "company_id, tier_id, id"
    _rec_name = "tier_id"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    tier_id = fields.Many2one(
        comodel_name="crm.tier",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: of all customers of the company.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(
        string="Usual Value",
        readonly=True,
        aggregator=None,
        help="Half of the customers who bought within 12 months bought for more than "
        "this, half for less.",
    )
    customer_count = fields.Integer(
        string="Customers", readonly=True, help="Who bought within 12 months."
    )

    _tier_uniq = models.UniqueIndex(
        "(company_id, COALESCE(tier_id, 0))",
        "The usual value of a tier is measured once a company.",
    )

    @api.model
    def _refresh(self):
        """Measure all of them; one statement.

        Of companies and tiers in which nobody buys any more the lines go.
        """
        self.env["res.partner"].flush_model()
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH found AS (
                     SELECT %(company)s AS company_id, tier_id, count(*) AS customers,
                            percentile_cont(0.5) WITHIN GROUP (ORDER BY sales_12_months)
                            AS amount
                       FROM res_partner AS partner
                      WHERE is_managed_customer AND active AND sales_12_months > 0
                   GROUP BY GROUPING SETS ((1, tier_id), (1))
                     HAVING GROUPING(tier_id) = 1 OR tier_id IS NOT NULL),
                     gone AS (
                     DELETE FROM crm_usual_value AS old
                      WHERE NOT EXISTS (
                            SELECT FROM found
                             WHERE found.company_id = old.company_id
                               AND found.tier_id IS NOT DISTINCT FROM old.tier_id))
                INSERT INTO crm_usual_value AS old
                       (company_id, tier_id, amount, customer_count)
                SELECT company_id, tier_id, round(amount::numeric, 2), customers
                  FROM found
           ON CONFLICT (company_id, COALESCE(tier_id, 0)) DO UPDATE
                   SET amount = EXCLUDED.amount,
                       customer_count = EXCLUDED.customer_count
                """,
                company=self.env["res.partner"]._get_relation_company_sql("partner"),
            )
        )
        self.invalidate_model()
