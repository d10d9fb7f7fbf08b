from odoo import fields, models
from odoo.tools import SQL

from ...models.referral.crm_referral import STATES
from ...models.referral.crm_referral_register import MOST_GENERATIONS


class CrmReferralReport(models.Model):
    """The trees of referrals: a line for each customer below a referrer, whether he
    brought it himself or somebody whom he brought, with what it has bought."""

    _name = "crm.referral.report"
    _description = "Tree of referrals"
    _auto = False
    _order = "partner_id, generation, id"
    _rec_name = "referred_id"
    _depends = {
        "crm.referral": [
            *["partner_id", "referred_id", "referrer_id", "state", "company_id"],
            *["registered_on", "points"],
        ],
        "res.partner": ["referred_by_id", "is_managed_customer"],
    }

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Referrer",
        readonly=True,
        ondelete="cascade",  # no table: keeps Odoo from looking here for links
    )
    owner_id = fields.Many2one(
        comodel_name="res.users", string="Salesperson", readonly=True
    )
    referred_id = fields.Many2one(
        comodel_name="res.partner",
        string="New Customer",
        readonly=True,
        ondelete="cascade",
    )
    through_id = fields.Many2one(
        comodel_name="res.partner",
        string="Brought By",
        readonly=True,
        ondelete="cascade",
    )
    generation = fields.Integer(
        readonly=True,
        aggregator="max",
        help="1: brought by the referrer itself; 2: by whom the referrer brought; and "
        "so on.",
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    registered_on = fields.Date(readonly=True)
    state = fields.Selection(selection=STATES, string="Status", readonly=True)
    customer_count = fields.Integer(string="Customers", readonly=True)
    direct_count = fields.Integer(string="Direct", readonly=True)
    paid_count = fields.Integer(string="Have Paid", readonly=True)
    points = fields.Float(
        string="Points Given", readonly=True, help="To who brought it directly."
    )
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    sales = fields.Monetary(
        readonly=True,
        help="Net sales of the new customer in all, without taxes, less returns, in "
        "the currency of the main company.",
    )
    direct_sales = fields.Monetary(
        readonly=True,
        help="The same of customers that the referrer brought itself.",
    )

    @property
    def _table_query(self):
        company = self.env["res.company"]._get_relations_default()
        return SQL(
            """
            WITH RECURSIVE edge AS MATERIALIZED (%(edges)s),
                 tree AS (%(tree)s),
                 sold AS MATERIALIZED (%(sales)s)
            SELECT row_number() OVER (ORDER BY tree.partner_id, tree.generation,
                                      tree.referred_id)::int AS id,
                   tree.partner_id, top.user_id AS owner_id, tree.referred_id,
                   tree.through_id, tree.generation,
                   COALESCE(referral.company_id, top.company_id) AS company_id,
                   referral.registered_on, referral.state,
                   1 AS customer_count,
                   (tree.generation = 1)::int AS direct_count,
                   COALESCE(referral.state = 'paid', FALSE)::int AS paid_count,
                   CASE WHEN tree.generation = 1 THEN COALESCE(referral.points, 0)
                        ELSE 0 END AS points,
                   %(currency)s AS currency_id, COALESCE(sold.amount, 0) AS sales,
                   CASE WHEN tree.generation = 1 THEN COALESCE(sold.amount, 0)
                        ELSE 0 END AS direct_sales
              FROM tree
         LEFT JOIN crm_referral AS referral ON referral.id = tree.id
              JOIN res_partner AS top ON top.id = tree.partner_id
         LEFT JOIN sold ON sold.partner_id = tree.referred_id
            """,
            edges=self._get_edges_sql(),
            tree=self._get_tree_sql(),
            sales=self._get_sales_sql(),
            # Superuser: the currency of a company is no secret.
            currency=company.sudo().currency_id.id,
        )

    def _get_tree_sql(self):
        """Return the recursive SELECT of all whom each has brought, through others
        too, nobody twice on a path."""
        return SQL(
            """
            SELECT partner_id, id, partner_id AS through_id, referred_id,
                   1 AS generation, ARRAY[partner_id, referred_id] AS path
              FROM edge WHERE partner_id <> referred_id
         UNION ALL
            SELECT tree.partner_id, edge.id, edge.partner_id, edge.referred_id,
                   tree.generation + 1, tree.path || edge.referred_id
              FROM tree
              JOIN edge ON edge.partner_id = tree.referred_id
             WHERE tree.generation < %s
               AND edge.referred_id <> ALL(tree.path)
            """,
            MOST_GENERATIONS,
        )

    def _get_edges_sql(self):
        """Return a SELECT of who brought whom, customer by customer: by referrals, and
        by what only the archive says."""
        return SQL(
            """
            SELECT referral.id, referral.partner_id,
                   referred.commercial_partner_id AS referred_id
              FROM crm_referral AS referral
              JOIN res_partner AS referred ON referred.id = referral.referred_id
             WHERE referral.state <> 'refused'
         UNION ALL
            SELECT NULL, referred.referred_by_id, referred.id
              FROM res_partner AS referred
             WHERE referred.referred_by_id IS NOT NULL AND referred.is_managed_customer
               AND NOT EXISTS (
                   SELECT FROM crm_referral AS referral
                    WHERE referral.referred_id = referred.id
                      AND referral.state <> 'refused')
            """
        )

    def _get_sales_sql(self):
        """Return a SELECT of the net sales of each customer that was brought."""
        partners = self.env["res.partner"]
        brought = SQL("SELECT referred_id FROM edge")
        return SQL(
            """
            SELECT partner_id, sum(amount) AS amount
              FROM (SELECT partner_id, amount FROM (%(purchases)s) AS bought
                     WHERE partner_id IN (%(brought)s)
                 UNION ALL
                    SELECT partner_id, -amount FROM (%(returns)s) AS back
                     WHERE partner_id IN (%(brought)s)) AS moved
          GROUP BY partner_id
            """,
            purchases=partners._get_purchases_sql(),
            returns=partners._get_returns_sql(),
            brought=brought,
        )
