from odoo import api, fields, models
from odoo.tools import SQL

from .crm_key_account_nomination import STATES


class CrmKeyAccountCandidate(models.Model):
    """The 20/80 list: customers by what they bring, the greatest first, as of last
    night; with their score and whether they are key accounts already, as of now."""

    _name = "crm.key.account.candidate"
    _description = "20/80 List"
    _auto = False
    _order = "rank, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        ondelete="cascade",  # no table: keeps Odoo from looking here for links
    )
    scheme_id = fields.Many2one(
        comodel_name="crm.key.account.scheme", string="Criteria", readonly=True
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(related="scheme_id.currency_id")
    user_id = fields.Many2one(
        comodel_name="res.users", string="Salesperson", readonly=True
    )
    team_id = fields.Many2one(
        comodel_name="crm.team", string="Sales Team", readonly=True
    )
    tier_id = fields.Many2one(comodel_name="crm.tier", readonly=True)
    rank = fields.Integer(string="No.", readonly=True, aggregator=None)
    sales = fields.Monetary(string="Sales of 12 Months", readonly=True)
    share = fields.Float(
        string="Share of Sales",
        readonly=True,
        digits=(16, 4),
        help="Of all customers in the list.",
    )
    cumulative = fields.Float(
        string="Together",
        readonly=True,
        digits=(16, 4),
        aggregator=None,
        help="What this customer and all above it bring together.",
    )
    is_core = fields.Boolean(
        string="Core Customer",
        readonly=True,
        help="Belongs to those who together bring the greater part of the sales.",
    )
    score = fields.Float(readonly=True, digits=(5, 1), aggregator="avg")
    facts = fields.Json(readonly=True, export_string_translation=False)
    why = fields.Json(string="Why This Score", compute="_compute_why")
    nomination_id = fields.Many2one(
        comodel_name="crm.key.account.nomination", readonly=True
    )
    state = fields.Selection(selection=STATES, string="Key Account", readonly=True)
    since = fields.Date(string="Key Account Since", readonly=True)
    below_since = fields.Date(string="Below the Floor Since", readonly=True)

    @property
    def _table_query(self):
        names = (
            *("crm.key.account.score", "crm.key.account.nomination", "res.partner"),
            "res.users",
        )
        for name in names:
            self.env[name].flush_model()
        return SQL(
            """
            SELECT score.id, score.partner_id, score.scheme_id, score.company_id,
                   score.rank, score.sales, score.share, score.cumulative,
                   score.is_core, score.score, score.facts, score.below_since,
                   partner.user_id, owner.sale_team_id AS team_id, partner.tier_id,
                   nomination.id AS nomination_id, nomination.state, nomination.since
              FROM crm_key_account_score AS score
              JOIN res_partner AS partner
                ON partner.id = score.partner_id AND partner.active
         LEFT JOIN res_users AS owner ON owner.id = partner.user_id
         LEFT JOIN LATERAL (
                   SELECT id, state, since
                     FROM crm_key_account_nomination AS one
                    WHERE one.partner_id = score.partner_id
                      AND one.state IN ('asked', 'approved')
                 ORDER BY one.state LIMIT 1) AS nomination ON TRUE
            """
        )

    @api.depends("facts")
    @api.depends_context("lang", "uid")
    def _compute_why(self):
        renderer = self.env["crm.reason"]
        for one in self:
            one.why = renderer._explain(one.facts, rule=one.scheme_id)

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

    def action_nominate(self):
        """Open a nomination of this customer, or the one there is."""
        self.ensure_one()
        return self.partner_id.action_nominate_key_account()
