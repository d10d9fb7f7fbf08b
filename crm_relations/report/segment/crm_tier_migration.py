from odoo import fields, models
from odoo.tools import SQL

from ...tools.local_moments import local_time


class CrmTierMigration(models.Model):
    """From which tier to which one customers went in a month, and who stayed.

    What counts is the tier at the beginning and at the end of the month: one that
    went there and back has stayed. A customer that moved is a line of its own; those
    of a salesperson who stayed in a tier are one line together. A month begins where
    the one before it has ended, also where two ledgers were joined by a merge. How
    many had a tier at the end of a month is what there is now, less what came later
    and with what left later. Company and salesperson are those of today.
    """

    _name = "crm.tier.migration"
    _description = "Migration of tiers"
    _auto = False
    _order = "month desc, id"
    _rec_name = "partner_id"

    month = fields.Date(readonly=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", readonly=True
    )
    from_tier_id = fields.Many2one(comodel_name="crm.tier", readonly=True)
    to_tier_id = fields.Many2one(comodel_name="crm.tier", readonly=True)
    direction = fields.Selection(
        selection=[
            ("up", "Up"),
            ("same", "Stayed"),
            ("down", "Down"),
            ("in", "First tier"),
            ("out", "Without tier"),
        ],
        readonly=True,
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    owner_id = fields.Many2one(
        comodel_name="res.users", string="Salesperson", readonly=True
    )
    customer_count = fields.Integer(string="Customers", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            WITH %(moved)s, %(flow)s, %(stayed)s,
                 line AS (
                 SELECT 2 * id AS id, month, partner_id, from_tier_id, to_tier_id,
                        company_id, owner_id, 1 AS customer_count
                   FROM moved
              UNION ALL
                 SELECT 2 * row_number() OVER (
                            ORDER BY month, tier_id, company_id, owner_id) + 1,
                        month, NULL, tier_id, tier_id, company_id, owner_id, customers
                   FROM stayed
                  WHERE customers > 0)
            SELECT line.*, CASE WHEN from_tier_id = to_tier_id THEN 'same'
                                WHEN from_tier_id IS NULL THEN 'in'
                                WHEN to_tier_id IS NULL THEN 'out'
                                WHEN (new.sequence, new.id) < (old.sequence, old.id)
                                THEN 'up' ELSE 'down' END AS direction
              FROM line
         LEFT JOIN crm_tier AS old ON old.id = line.from_tier_id
         LEFT JOIN crm_tier AS new ON new.id = line.to_tier_id
            """,
            moved=self._get_moved_sql(),
            flow=self._get_flow_sql(),
            stayed=self._get_stayed_sql(),
        )

    def _get_moved_sql(self):
        """Return the table ``moved``: who ended a month in another tier."""
        company = self.env["res.company"]._get_relations_default()
        return SQL(
            """
            ended AS (
                 SELECT min(change.id) AS id, change.partner_id,
                        date_trunc('month', %(decided)s)::date AS month,
                        (array_agg(change.old_tier_id
                            ORDER BY change.decided_at, change.id))[1] AS from_tier_id,
                        (array_agg(change.new_tier_id ORDER BY change.decided_at DESC,
                            change.id DESC))[1] AS to_tier_id
                   FROM crm_tier_change AS change
               GROUP BY change.partner_id, 3),
                 changed AS (
                 SELECT id, partner_id, month, to_tier_id,
                        CASE WHEN row_number() OVER history = 1 THEN from_tier_id
                             ELSE lag(to_tier_id) OVER history END AS from_tier_id
                   FROM ended
                 WINDOW history AS (PARTITION BY partner_id ORDER BY month)),
                 moved AS (
                 SELECT changed.*, partner.user_id AS owner_id,
                        %(own_company)s AS company_id
                   FROM changed
                   JOIN res_partner AS partner ON partner.id = changed.partner_id
                  WHERE partner.is_managed_customer AND partner.active
                    AND from_tier_id IS DISTINCT FROM to_tier_id)
            """,
            own_company=self.env["res.partner"]._get_own_company_sql("partner"),
            decided=local_time(SQL("change.decided_at"), company._get_relations_tz()),
        )

    def _get_flow_sql(self):
        """Return the table ``flow``: how many came into a tier in a month, and how many
        more that is than went; a row for each month, also where nobody moved."""
        return SQL(
            """
            present AS (
                 SELECT tier_id, user_id AS owner_id,
                        %(own_company)s AS company_id,
                        count(*) AS customers
                   FROM res_partner
                  WHERE is_managed_customer AND active AND tier_id IS NOT NULL
               GROUP BY 1, 2, 3),
                 move AS (
                 SELECT month, to_tier_id AS tier_id, owner_id, company_id, 1 AS came,
                        0 AS went
                   FROM moved WHERE to_tier_id IS NOT NULL
              UNION ALL
                 SELECT month, from_tier_id, owner_id, company_id, 0, 1
                   FROM moved WHERE from_tier_id IS NOT NULL),
                 grid AS (
                 SELECT cell.*, month
                   FROM (SELECT tier_id, owner_id, company_id FROM present
                          UNION
                         SELECT tier_id, owner_id, company_id FROM move) AS cell
             CROSS JOIN (SELECT DISTINCT month FROM changed) AS months),
                 flow AS (
                 SELECT grid.*, COALESCE(sum(came), 0) AS came,
                        COALESCE(sum(came) - sum(went), 0) AS net
                   FROM grid
              LEFT JOIN move
                     ON move.month = grid.month AND move.tier_id = grid.tier_id
                    AND move.owner_id IS NOT DISTINCT FROM grid.owner_id
                    AND move.company_id IS NOT DISTINCT FROM grid.company_id
               GROUP BY grid.tier_id, grid.owner_id, grid.company_id, grid.month)
            """,
            own_company=self.env["res.partner"]._get_own_company_sql("res_partner"),
        )

    def _get_stayed_sql(self):
        """Return the table ``stayed``: how many kept a tier through a month, which are
        those of today, less who came into it in this month or moved later."""
        return SQL(
            """
            stayed AS (
                 SELECT flow.month, flow.tier_id, flow.owner_id, flow.company_id,
                        COALESCE(present.customers, 0) - flow.came
                        - COALESCE(sum(flow.net) OVER (
                              PARTITION BY flow.tier_id, flow.owner_id, flow.company_id
                              ORDER BY flow.month DESC
                              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
                        AS customers
                   FROM flow
              LEFT JOIN present
                     ON present.tier_id = flow.tier_id
                    AND present.owner_id IS NOT DISTINCT FROM flow.owner_id
                    AND present.company_id IS NOT DISTINCT FROM flow.company_id)
            """
        )
