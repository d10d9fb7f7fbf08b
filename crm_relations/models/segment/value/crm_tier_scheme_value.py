from odoo import fields, models
from odoo.tools import SQL, format_list

# What lies ahead: no window of the past bounds it.
AHEAD = ("value_12_months", "lifetime_value")
LABELS = [
    ("value_12_months", "Expected value of 12 months"),
    ("lifetime_value", "Lifetime value"),
]


class CrmTierScheme(models.Model):
    """Tiers by what customers are going to be worth."""

    _inherit = "crm.tier.scheme"

    measure = fields.Selection(
        selection_add=LABELS,
        ondelete=dict.fromkeys(AHEAD, "set default"),
    )

    def _tell_method(self):
        if self.measure not in AHEAD or self.method not in ("share", "threshold"):
            return super()._tell_method()
        cuts = self._sort_cuts().filtered("tier_id")
        return self.env._(
            "%(whom)s by %(measure)s: %(cuts)s.",
            whom=self._get_audience_words(),
            measure=self._tell_measure(),
            cuts=format_list(self.env, [self._tell_cut(cut) for cut in cuts]),
        )

    def _get_figure_sql(self, name):
        if name not in AHEAD:
            return super()._get_figure_sql(name)
        return SQL(
            "GREATEST(round((COALESCE(worth.%s, 0) * scheme_company.rate)::numeric, 2),"
            " 0)",
            SQL.identifier(name),
        )

    def _get_sources(self, names):
        sources = super()._get_sources(names)
        if not set(AHEAD) & set(names):
            return sources
        self.env["crm.customer.value"].flush_model()
        partners = self.env["res.partner"]
        return [
            *sources,
            SQL(
                """
             LEFT JOIN (
                       SELECT value.partner_id,
                              value.value_12_months / own.rate AS value_12_months,
                              value.lifetime_value / own.rate AS lifetime_value
                         FROM crm_customer_value AS value
                         JOIN res_partner AS partner ON partner.id = value.partner_id
                         JOIN %s) AS worth
                    ON worth.partner_id = population.id
                """,
                partners._get_company_of_sql("own", "partner"),
            ),
        ]
