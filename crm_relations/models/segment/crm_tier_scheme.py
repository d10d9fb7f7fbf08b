import logging
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

_logger = logging.getLogger(__name__)


class CrmTierScheme(models.Model):
    """How a company decides the tier of its customers.

    By cumulative share: customers are lined up by revenue, the greatest first; a
    customer belongs to the first tier whose cut lies above the share that the
    customers with *more* revenue bring together. So customers of equal revenue stay
    together, and the one that crosses a cut belongs to the better tier. Negative
    revenue counts as none; a customer without revenue is taken by a cut of 100 %.

    Each customer is judged by one scheme, the first in order of precedence.
    """

    _name = "crm.tier.scheme"
    _description = "Tier scheme"
    _inherit = ["crm.rule.mixin", "crm.decision.queue"]

    method = fields.Selection(
        selection=[("share", "Cumulative share")],
        required=True,
        default="share",
        help="Cumulative share: the few customers who bring most of the revenue.",
    )
    measure = fields.Selection(
        selection=[("revenue", "Order revenue")],
        required=True,
        default="revenue",
        help="Order revenue: confirmed orders without taxes, less credit notes.",
    )
    window_months = fields.Integer(
        string="Window (months)",
        required=True,
        default=12,
        help="Orders of so many months up to today count.",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency", compute="_compute_currency_id"
    )
    cut_ids = fields.One2many(
        comodel_name="crm.tier.cut",
        inverse_name="scheme_id",
        string="Cuts",
        copy=True,
    )
    last_run_at = fields.Datetime(string="Last Run", readonly=True, copy=False)
    last_run_count = fields.Integer(
        string="Changed by the Last Run", readonly=True, copy=False
    )
    change_ids = fields.One2many(
        comodel_name="crm.tier.change", inverse_name="scheme_id", string="Changes"
    )

    @api.depends("company_id")
    def _compute_currency_id(self):
        default = self.env["res.company"]._get_relations_default()
        for scheme in self:
            scheme.currency_id = (scheme.company_id or default).sudo().currency_id

    @api.constrains("window_months")
    def _check_window_months(self):
        if any(scheme.window_months < 1 for scheme in self):
            raise ValidationError(
                self.env._("The window is empty: it is at least one month long.")
            )

    @api.constrains("cut_ids")
    def _check_cut_ids(self):
        for scheme in self:
            problem = scheme._get_cut_problem()
            if problem:
                raise ValidationError(problem)

    def _get_cut_problem(self):
        """Return what is wrong with the cuts, "" when nothing is."""
        self.ensure_one()
        cuts = self.cut_ids.sorted(lambda cut: (cut.tier_id.sequence, cut.tier_id.id))
        shares = cuts.mapped("share")
        if not cuts:
            return self.env._("“%(scheme)s” has no cuts.", scheme=self.name)
        if len(cuts.tier_id) < len(cuts):
            return self.env._("Each tier stands in a scheme once.")
        if min(shares) <= 0 or max(shares) > 100:
            return self.env._("Cuts lie above 0 % and do not exceed 100 %.")
        if any(high <= low for low, high in zip(shares, shares[1:], strict=False)):
            return self.env._(
                "Cuts rise from the best tier to the last: each is greater than the "
                "one before it."
            )
        return ""

    def run(self):
        """Decide the tiers of the customers of these schemes and write the changes.

        All of it in the caller's transaction.

        :return: number of customers changed
        """
        self.check_access("write")
        return sum(scheme.sudo()._run_queue() for scheme in self)

    def action_run(self):
        changed = self.run()
        message = self.env._("%(count)s customers changed their tier.", count=changed)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_view_changes(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_tier_change_action"
        )
        return {**action, "domain": [("scheme_id", "=", self.id)]}

    @api.model
    def _cron_run_schemes(self):
        """Bring the sales figures up to date, then run every started scheme."""
        partners = self.env["res.partner"]
        partners._for_pages_of_customers(partners._refresh_sales_figures)
        for scheme in self._get_in_force()._get_started():
            if problem := scheme._get_cut_problem():
                _logger.warning("Tier scheme %s is left out: %s", scheme.id, problem)
                continue
            scheme._run_queue(commit=True)
        self.env["crm.lifecycle.rule"]._cron_run_rules()

    def _run_queue(self, commit=False):
        changed = super()._run_queue(commit=commit)
        self.write({"last_run_at": fields.Datetime.now(), "last_run_count": changed})
        return changed

    def _get_value_models(self):
        return {"old": "crm.tier", "new": "crm.tier"}

    def _get_decision_sql(self):
        self.ensure_one()
        self._check_cut_ids()  # a line may have been written alone
        today = (
            self.company_id or self.env["res.company"]._get_relations_default()
        )._get_relations_today()
        since = today - relativedelta(months=self.window_months) + timedelta(days=1)
        return SQL(
            """
            WITH population AS (%(population)s),
                 sales AS (
                 SELECT partner_id, sum(amount) AS revenue
                   FROM (%(sales)s) AS sale
                  WHERE day BETWEEN %(since)s AND %(today)s
               GROUP BY partner_id),
                 measured AS (
                 SELECT population.id, population.tier_id,
                        GREATEST(round((COALESCE(sales.revenue, 0)
                            * scheme_company.rate)::numeric, 2), 0) AS revenue
                   FROM population
                   JOIN %(companies)s ON scheme_company.id = %(company)s
              LEFT JOIN sales ON sales.partner_id = population.id),
                 ranked AS (
                 SELECT id, tier_id, revenue,
                        rank() OVER (ORDER BY revenue DESC) AS place,
                        count(*) OVER () AS customers,
                        sum(revenue) OVER () AS total,
                        COALESCE(sum(revenue) OVER (ORDER BY revenue DESC
                            GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
                            AS before
                   FROM measured),
                 decided AS (
                 SELECT ranked.*, cut.tier_id AS new, cut.share AS cut
                   FROM ranked
              LEFT JOIN LATERAL (
                        SELECT tier_id, share
                          FROM (VALUES %(cuts)s) AS cut (tier_id, share)
                         WHERE share = 100 OR before * 100 < share * total
                      ORDER BY share
                         LIMIT 1) AS cut ON TRUE)
            SELECT id AS partner_id, tier_id AS old, new, %(scheme)s AS rule_id,
                   jsonb_build_object('code', 'tier_share', 'revenue', revenue,
                       'place', place, 'customers', customers, 'cut', cut,
                       'before', round(before / NULLIF(total, 0), 6),
                       'currency', %(currency)s, 'from', %(since)s::text,
                       'to', %(today)s::text, 'tier', new) AS facts
              FROM decided
             WHERE new IS DISTINCT FROM tier_id
            """,
            population=self._get_population_sql(),
            sales=self.env["res.partner"]._get_sales_sql(),
            since=since,
            today=today,
            companies=self.env["res.partner"]._get_companies_sql("scheme_company"),
            company=(
                self.company_id or self.env["res.company"]._get_relations_default()
            ).id,
            cuts=SQL(", ").join(
                SQL("(%s, %s::numeric)", cut.tier_id.id, str(cut.share))
                for cut in self.cut_ids.sorted("share")
            ),
            scheme=self.id,
            currency=self.currency_id.id,
        )

    def _get_population_sql(self):
        """Return a SELECT of id and tier of the customers that this scheme judges:
        its audience without that of the schemes which come before it."""
        self.env["res.partner"].flush_model(["tier_id"])
        before = (self._get_in_force() - self)._get_started()
        before = (before + self)._sort_by_precedence()
        # Not "NOT IN": beyond what fits into memory PostgreSQL would go through the
        # whole list for each customer.
        taken = [
            SQL(
                "AND NOT EXISTS (SELECT FROM (%s) AS taken (id) "
                "WHERE taken.id = partner.id)",
                scheme._get_audience_sql(),
            )
            for scheme in before[: before.ids.index(self.id)]
        ]
        return SQL(
            "SELECT partner.id, partner.tier_id FROM res_partner AS partner "
            "WHERE partner.id IN (%s) %s",
            self._get_audience_sql(),
            SQL(" ").join(taken),
        )

    def _get_apply_sql(self, batch):
        return SQL(
            """
            UPDATE res_partner AS partner
               SET tier_id = batch.new, tier_since = %(today)s
              FROM (%(batch)s) AS batch
             WHERE partner.id = batch.partner_id
               AND partner.tier_id IS NOT DISTINCT FROM batch.old
         RETURNING partner.id, COALESCE(partner.company_id, partner.relation_company_id)
                   AS company_id
            """,
            today=self.env["res.company"]
            ._get_relations_default()
            ._get_relations_today(),
            batch=batch,
        )

    def _get_ledger_sql(self, batch, written):
        return SQL(
            """
            INSERT INTO crm_tier_change (partner_id, company_id, decided_at, scheme_id,
                   old_tier_id, new_tier_id, facts, create_uid, create_date)
            SELECT batch.partner_id, written.company_id, %(now)s, batch.rule_id,
                   batch.old, batch.new, batch.facts, %(uid)s, %(now)s
              FROM %(batch)s AS batch
              JOIN %(written)s AS written ON written.id = batch.partner_id
         RETURNING partner_id
            """,
            now=fields.Datetime.now(),
            uid=self.env.uid,
            batch=batch,
            written=written,
        )

    def _decisions_applied(self, partner_ids):
        self.env["crm.tier.change"].invalidate_model()
        partners = self.env["res.partner"].browse(partner_ids)
        partners.invalidate_recordset(["tier_id", "tier_since"])
        partners._segment_changed()
