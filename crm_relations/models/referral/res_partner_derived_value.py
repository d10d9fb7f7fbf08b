from odoo import api, fields, models
from odoo.tools import SQL

DEPTH = ("crm_relations.referral_value_depth", 3)
DEEPEST = 10


class ResPartner(models.Model):
    """Derived value: what the customers are worth whom this one has brought, and those
    whom they have brought, each once."""

    _inherit = "res.partner"

    derived_value = fields.Monetary(
        string="Value by Referrals",
        compute="_compute_derived_value",
        currency_field="relation_currency_id",
        help="The value of 12 months of the customers whom this one has brought, and "
        "of those whom they have brought, as many steps as Settings say. Each counts "
        "once.",
    )
    derived_count = fields.Integer(
        string="Customers by Referrals", compute="_compute_derived_value"
    )

    @api.depends_context("allowed_company_ids")
    def _compute_derived_value(self):
        found = self._get_derived_values()
        for partner in self:
            count, amount = found.get(partner._origin.id, (0, 0))
            partner.derived_count = count
            partner.derived_value = amount

    def _get_derived_values(self):
        """Return ``{id: (number of customers, their value in its currency)}``.

        A customer has one referrer, so that it is in a tree once; a circle that came in
        by SQL ends where it closes. Customers of companies that the reader is not in
        do not count: their sum would tell of them.
        """
        depth = self._get_derived_depth()
        if not self._origin.ids or not depth:
            return {}
        self.flush_model()
        self.env["crm.customer.value"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE tree AS (
                     SELECT root AS root_id, root AS id, 0 AS depth, ARRAY[root] AS path
                       FROM unnest(%(ids)s::int[]) AS root
                  UNION ALL
                     SELECT tree.root_id, brought.id, tree.depth + 1,
                            tree.path || brought.id
                       FROM tree
                       JOIN res_partner AS brought ON brought.referred_by_id = tree.id
                      WHERE tree.depth < %(depth)s AND brought.id <> ALL(tree.path))
                SELECT tree.root_id, count(*),
                       round(sum(value.value_12_months / own.rate * root_own.rate)
                           ::numeric, 2)::float8
                  FROM tree
                  JOIN res_partner AS partner ON partner.id = tree.id
                  JOIN crm_customer_value AS value ON value.partner_id = partner.id
                  JOIN %(own)s
                  JOIN res_partner AS root ON root.id = tree.root_id
                  JOIN %(root_own)s
                 WHERE tree.depth > 0 AND partner.active
                   AND (value.company_id IS NULL
                        OR value.company_id = ANY(%(companies)s))
              GROUP BY tree.root_id
                """,
                ids=self._origin.ids,
                depth=depth,
                own=self._get_company_of_sql("own", "partner"),
                root_own=self._get_company_of_sql("root_own", "root"),
                companies=self.env.companies._get_open().ids,
            )
        )
        return {root_id: (count, amount or 0) for root_id, count, amount in rows}

    @api.model
    def _get_derived_depth(self):
        # Superuser: how far one counts is no secret, parameters are.
        value = self.env["ir.config_parameter"].sudo().get_param(*DEPTH)
        try:
            return min(max(int(value), 0), DEEPEST)
        except ValueError:  # typed among the system parameters
            return DEPTH[1]
