from odoo import api, fields, models
from odoo.tools import SQL


class CrmValueTotal(models.Model):
    """What all customers were worth at the end of a month, by tier, salesperson and
    layer: of the present month as of last night. What has been, stays."""

    _name = "crm.value.total"
    _description = "Value of customers by month"
    _log_access = False
    _order = "month desc, id"
    _rec_name = "month"

    month = fields.Date(required=True, readonly=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency", readonly=True, index="btree_not_null"
    )
    tier_id = fields.Many2one(
        comodel_name="crm.tier",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    owner_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    lifecycle = fields.Selection(
        selection=lambda self: self.env["res.partner"]._fields["lifecycle"].selection,
        readonly=True,
    )
    customer_count = fields.Integer(string="Customers", readonly=True)
    value_12_months = fields.Monetary(string="Value, 12 Months", readonly=True)
    lifetime_value = fields.Monetary(readonly=True)

    @api.model
    def _refresh(self):
        """Write the sums of the present month anew; one statement."""
        self.env["res.partner"].flush_model()
        self.env["crm.customer.value"].flush_model()
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH own AS MATERIALIZED (
                     SELECT id, date_trunc('month', today)::date AS month
                       FROM %(companies)s),
                     gone AS (
                     DELETE FROM crm_value_total AS old
                      USING own
                      WHERE old.company_id = own.id AND old.month = own.month)
                INSERT INTO crm_value_total
                       (month, company_id, currency_id, tier_id, owner_id, lifecycle,
                        customer_count, value_12_months, lifetime_value)
                SELECT own.month, own.id, value.currency_id, partner.tier_id,
                       partner.user_id, partner.lifecycle, count(*),
                       sum(value.value_12_months), sum(value.lifetime_value)
                  FROM crm_customer_value AS value
                  JOIN crm_value_model AS model ON model.id = value.model_id
                  JOIN own ON own.id = model.company_id
                  JOIN res_partner AS partner ON partner.id = value.partner_id
                 WHERE partner.active AND value.basis IS NOT NULL
              GROUP BY own.month, own.id, value.currency_id, partner.tier_id,
                       partner.user_id, partner.lifecycle
                """,
                companies=self.env["res.partner"]._get_companies_sql("company"),
            )
        )
        self.invalidate_model()
