from odoo import api, fields, models
from odoo.tools.misc import formatLang

from .crm_account_return import MANAGER

FEWEST = 3  # an average of fewer would tell what a single one brings


class CrmAccountReturn(models.Model):
    """What is left of the revenue, and what is left on average of the tier."""

    _inherit = "crm.account.return"

    before_time_share = fields.Char(
        string="Left Before Time, of Revenue", compute="_compute_before_time_share"
    )
    result_share = fields.Char(
        string="Left, of Revenue",
        compute="_compute_result_share",
        compute_sudo=True,
        groups=MANAGER,
    )
    tier_count = fields.Integer(
        string="Customers of the Tier", compute="_compute_tier_figures"
    )
    tier_revenue = fields.Monetary(
        string="Average Revenue of the Tier", compute="_compute_tier_figures"
    )
    tier_margin = fields.Monetary(
        string="Average Margin of the Tier", compute="_compute_tier_figures"
    )
    tier_given = fields.Monetary(
        string="Given on Average", compute="_compute_tier_figures"
    )
    tier_before_time = fields.Monetary(
        string="Left Before Time on Average", compute="_compute_tier_figures"
    )
    tier_minutes = fields.Float(
        string="Minutes on Average", digits=(16, 1), compute="_compute_tier_figures"
    )
    tier_before_time_share = fields.Char(
        string="Left Before Time, of Revenue of the Tier",
        compute="_compute_tier_figures",
    )
    tier_time_cost = fields.Monetary(
        string="Cost of Time on Average",
        compute="_compute_tier_results",
        compute_sudo=True,
        groups=MANAGER,
    )
    tier_result = fields.Monetary(
        string="Left on Average",
        compute="_compute_tier_results",
        compute_sudo=True,
        groups=MANAGER,
    )
    tier_result_share = fields.Char(
        string="Left, of Revenue of the Tier",
        compute="_compute_tier_results",
        compute_sudo=True,
        groups=MANAGER,
    )

    @api.depends("revenue", "before_time")
    @api.depends_context("lang")
    def _compute_before_time_share(self):
        for one in self:
            one.before_time_share = self._tell_share(one.before_time, one.revenue)

    @api.depends("revenue", "result")
    @api.depends_context("lang")
    def _compute_result_share(self):
        for one in self:
            one.result_share = self._tell_share(one.result, one.revenue)

    @api.model
    def _tell_share(self, amount, revenue):
        """Return which part of the revenue an amount is, in words where there is
        none."""
        if revenue <= 0:
            return self.env._("No sales")
        return f"{formatLang(self.env, 100 * amount / revenue, digits=1)} %"

    @api.depends("partner_id", "kind", "year", "revenue")
    @api.depends_context("lang")
    def _compute_tier_figures(self):
        averages = self._find_averages()
        for one in self:
            mean = averages.get(one.id, lambda *_names: 0)
            one.tier_count = mean("customer_count")
            one.tier_revenue = mean("revenue")
            one.tier_margin = mean("margin")
            one.tier_given = mean("given")
            one.tier_minutes = mean("minutes")
            one.tier_before_time = one.tier_margin - one.tier_given
            one.tier_before_time_share = bool(one.tier_count) and self._tell_share(
                one.tier_before_time, one.tier_revenue
            )

    @api.depends("partner_id", "kind", "year", "revenue")
    @api.depends_context("lang")
    def _compute_tier_results(self):
        averages = self._find_averages()
        for one in self:
            mean = averages.get(one.id, lambda *_names: 0)
            one.tier_time_cost = mean("time_cost")
            one.tier_result = mean("margin") - mean("given") - one.tier_time_cost
            one.tier_result_share = bool(mean("customer_count")) and self._tell_share(
                one.tier_result, mean("revenue")
            )

    def _find_averages(self):
        """Return ``{id: a figure of an average customer of the tier, by name}``; a plan
        is compared with the last twelve months. None where the tier is too small."""
        # Superuser: sums of a tier, to who may read the return.
        averages = self.env["crm.account.return.average"].sudo()
        known = self.sudo()
        found = averages.search(
            [
                ("tier_id", "in", known.tier_id.ids),
                ("customer_count", ">=", FEWEST),
            ]
        )
        rows = {(one.tier_id, one.company_id, one.kind, one.year): one for one in found}
        means = {}
        for one in known:
            company = one.partner_id._get_relation_company()
            kind = "year" if one.kind == "year" else "months"
            row = rows.get((one.tier_id, company, kind, one.year or 0))
            if row:
                means[one.id] = row._get_mean
        return means
