from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class CrmAccountUnderstanding(models.Model):
    """How well each key account is known, the least known first, as of now."""

    _name = "crm.account.understanding"
    _description = "Understanding of key accounts"
    _auto = False
    _order = "rate, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        ondelete="cascade",  # no table: keeps Odoo from looking here for links
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users", string="Salesperson", readonly=True
    )
    team_id = fields.Many2one(
        comodel_name="crm.team", string="Sales Team", readonly=True
    )
    rate = fields.Integer(
        string="Understanding (%)",
        readonly=True,
        aggregator="avg",
        help="Of what must be known of a key account, by weights, this share is "
        "filled in.",
    )
    missing_count = fields.Integer(
        string="Missing", readonly=True, help="So many things are not known yet."
    )
    missing_ids = fields.Many2many(
        comodel_name="crm.archive.requirement",
        string="Not Known Yet",
        compute="_compute_missing_ids",
    )

    @property
    def _table_query(self):
        for name in ("crm.key.account.nomination", "res.users"):
            self.env[name].flush_model()
        partners = self.env["res.partner"]
        return SQL(
            """
            SELECT known.id, known.id AS partner_id, partner.company_id,
                   partner.user_id, owner.sale_team_id AS team_id,
                   known.rate::int AS rate, cardinality(known.missing) AS missing_count
              FROM (%s) AS known
              JOIN res_partner AS partner ON partner.id = known.id
         LEFT JOIN res_users AS owner ON owner.id = partner.user_id
            """,
            partners._get_understanding_sql(
                Domain("is_key_account", "=", True) & Domain("active", "=", True)
            ),
        )

    @api.depends("partner_id")
    def _compute_missing_ids(self):
        rows = self.partner_id._get_understanding()
        for one in self:
            one.missing_ids = rows.get(one.partner_id.id, {}).get("missing")

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()
