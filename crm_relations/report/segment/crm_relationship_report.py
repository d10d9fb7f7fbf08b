from odoo import fields, models
from odoo.tools import SQL

from ...models.segment.lifecycle.crm_lifecycle_layers import LAYERS
from ...models.segment.relationship.crm_relationship_levels import LEVELS


class CrmRelationshipReport(models.Model):
    """The ladder of owners and teams: how many of their customers are on which level,
    and on which on average. Customers without a level count in none."""

    _name = "crm.relationship.report"
    _description = "Relationships by salesperson and team"
    _auto = False
    _order = "stars desc, id"
    _rec_name = "partner_id"
    _depends = {
        "res.partner": [
            *["user_id", "company_id", "relation_company_id", "is_managed_customer"],
            *["active", "relationship_level", "relationship_since", "tier_id"],
            *["lifecycle", "sales_12_months"],
        ],
        "res.users": ["sale_team_id"],
    }

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        ondelete="cascade",  # no table: keeps Odoo from looking here for links
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Salesperson", readonly=True
    )
    team_id = fields.Many2one(
        comodel_name="crm.team", string="Sales Team", readonly=True
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    relationship_level = fields.Selection(selection=LEVELS, readonly=True)
    stars = fields.Float(
        string="Average Level",
        digits=(3, 2),
        readonly=True,
        aggregator="avg",
        help="1 dissatisfied to 5 recommends, over the customers with a level.",
    )
    relationship_since = fields.Date(string="Since", readonly=True)
    tier_id = fields.Many2one(comodel_name="crm.tier", readonly=True)
    lifecycle = fields.Selection(selection=LAYERS, readonly=True)
    sales_12_months = fields.Float(
        string="Sales, 1 Year", digits=(16, 2), readonly=True
    )

    @property
    def _table_query(self):
        return SQL("%s %s %s", self._select(), self._from(), self._where())

    def _select(self):
        return SQL(
            """
            SELECT partner.id, partner.id AS partner_id, partner.user_id,
                   owner.sale_team_id AS team_id,
                   %(own_company)s AS company_id,
                   partner.relationship_level,
                   partner.relationship_level::float8 AS stars,
                   partner.relationship_since, partner.tier_id, partner.lifecycle,
                   partner.sales_12_months
            """,
            own_company=self.env["res.partner"]._get_own_company_sql("partner"),
        )

    def _from(self):
        return SQL(
            """
              FROM res_partner AS partner
         LEFT JOIN res_users AS owner ON owner.id = partner.user_id
            """
        )

    def _where(self):
        return SQL("WHERE partner.is_managed_customer AND partner.active")

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()
