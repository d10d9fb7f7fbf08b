from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class CrmPool(models.Model):
    """Which customers belong into a pool: its territory.

    The audience of a rule, by region too. Of several pools the one of the customer's
    company wins, then the more specific, then the lower sequence. A pool without
    conditions takes whoever belongs nowhere else.
    """

    _name = "crm.pool"
    _inherit = ["crm.pool", "crm.rule.mixin"]

    # Nothing to look at before a territory may act.
    start_date = fields.Date(default=False, copy=True)
    country_ids = fields.Many2many(
        comodel_name="res.country",
        ondelete="restrict",
        context={"active_test": False},
        string="Countries",
        help="Only customers in one of these countries.",
    )
    state_ids = fields.Many2many(
        comodel_name="res.country.state",
        ondelete="restrict",
        context={"active_test": False},
        string="States",
        help="Only customers in one of these states or provinces.",
    )

    def _get_sentence_words(self):
        words = self.env._("Takes in: %(whom)s.", whom=self._get_audience_words())
        return [words, *super()._get_sentence_words()]

    def _get_audience_fields(self):
        return [*super()._get_audience_fields(), "country_ids", "state_ids"]

    def _get_audience(self):
        audience = super()._get_audience()
        if self.country_ids:
            audience &= Domain("country_id", "in", self.country_ids.ids)
        if self.state_ids:
            audience &= Domain("state_id", "in", self.state_ids.ids)
        return audience

    def _get_left_alone(self):
        return Domain("pool_id", "=", self.id)

    @api.model
    def _get_best_pools(self, partner_ids):
        """Return ``{customer id: id of the pool}`` into which they belong; one
        statement. Missing: no pool takes it."""
        pools = self._get_in_force()._get_started()
        if not pools or not partner_ids:
            return {}
        chosen = Domain("id", "in", list(partner_ids))
        return dict(self.env.execute_query(pools._get_best_sql(chosen)))

    def _get_best_sql(self, chosen):
        """Return a SELECT of id and pool_id of the customers ``chosen`` (a domain) who
        belong into one of these pools, given in their order of precedence."""
        # Superuser: who belongs where is a matter of the pools, not of the caller.
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        fits = SQL(" UNION ALL ").join(
            SQL(
                "SELECT id, %s::int AS pool_id, %s::int AS place FROM (%s) AS fit",
                pool.id,
                place,
                partners._search(pool._get_held_audience() & chosen).select(),
            )
            for place, pool in enumerate(self)
        )
        return SQL(
            "SELECT DISTINCT ON (id) id, pool_id FROM (%s) AS fits ORDER BY id, place",
            fits,
        )

    def _get_value_models(self):
        return {"old": "crm.pool", "new": "crm.pool"}

    def _get_decision_sql(self):
        """Customers of other pools who belong into these."""
        pools = self._get_in_force()._get_started()
        best = pools._get_best_sql(Domain("is_in_pool", "=", True))
        return SQL(
            """
            SELECT best.id AS partner_id, partner.pool_id AS old, best.pool_id AS new,
                   NULL::int AS rule_id, jsonb_build_object('code', 'pool_territory',
                   'pool', best.pool_id) AS facts
              FROM (%s) AS best
              JOIN res_partner AS partner ON partner.id = best.id
             WHERE best.pool_id IN %s AND partner.pool_id <> best.pool_id
            """,
            best,
            tuple(self.ids) or (0,),
        )
