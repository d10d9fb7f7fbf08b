import logging

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.retries import retry

_logger = logging.getLogger(__name__)

LONGEST_MONTHS = 240


class CrmTierScheme(models.Model):
    """How a company decides the tier of its customers.

    By cumulative share: customers are lined up by the measure, the greatest first; a
    customer belongs to the first tier whose cut lies above the share that the
    customers with *more* bring together. So equal customers stay together, and the
    one that crosses a cut belongs to the better tier. A negative value counts as
    none; a customer without any is taken by a cut of 100 %.

    By fixed thresholds: a customer belongs to the best tier whose threshold it
    reaches ("at least").

    Each customer is judged by one scheme, the first in order of precedence. A tier
    that was set by hand stands until it expires, whatever the scheme says.
    """

    _name = "crm.tier.scheme"
    _description = "Tier scheme"
    _inherit = ["crm.rule.mixin", "crm.decision.queue"]

    method = fields.Selection(
        selection=[
            ("share", "Cumulative share"),
            ("threshold", "Fixed thresholds"),
        ],
        required=True,
        default="share",
        help="Cumulative share: the few customers who bring most of it. Fixed "
        "thresholds: everyone who reaches a value.",
    )
    measure = fields.Selection(
        selection=[
            ("revenue", "Order revenue"),
            ("orders", "Number of orders"),
        ],
        required=True,
        default="revenue",
        help="Order revenue: confirmed orders without taxes, less credit notes on "
        "them. Number of orders: confirmed ones.",
    )
    minimum_population = fields.Integer(
        string="Shares from (customers)",
        help="With fewer customers the thresholds of the cuts apply: shares of a "
        "handful mean nothing. 0: always by share.",
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
        for scheme in self:
            if scheme.window_months < 1:
                raise ValidationError(
                    self.env._("The window is empty: it is at least one month long.")
                )
            if scheme.window_months > LONGEST_MONTHS:
                raise ValidationError(
                    self.env._(
                        "The window is at most %(months)s months long.",
                        months=LONGEST_MONTHS,
                    )
                )

    @api.constrains("minimum_population")
    def _check_minimum_population(self):
        if any(scheme.minimum_population < 0 for scheme in self):
            raise ValidationError(
                self.env._("The number of customers cannot be negative.")
            )

    @api.constrains("cut_ids", "method", "minimum_population")
    def _check_cut_ids(self):
        for scheme in self:
            problem = scheme._get_cut_problem()
            if problem:
                raise ValidationError(problem)

    def _get_cut_problem(self):
        """Return what is wrong with the cuts, "" when nothing is."""
        self.ensure_one()
        cuts = self.cut_ids.sorted(lambda cut: (cut.tier_id.sequence, cut.tier_id.id))
        if not cuts:
            return self.env._("“%(scheme)s” has no cuts.", scheme=self.name)
        if len(cuts.tier_id) < len(cuts):
            return self.env._("Each tier stands in a scheme once.")
        problem = ""
        if self.method == "share":
            problem = self._get_share_problem(cuts.mapped("share"))
        if not problem and (self.method == "threshold" or self.minimum_population):
            problem = self._get_threshold_problem(cuts.mapped("at_least"))
        return problem

    def _get_share_problem(self, shares):
        if min(shares) <= 0 or max(shares) > 100:
            return self.env._("Cuts lie above 0 % and do not exceed 100 %.")
        if any(high <= low for low, high in zip(shares, shares[1:], strict=False)):
            return self.env._(
                "Cuts rise from the best tier to the last: each is greater than the "
                "one before it."
            )
        return ""

    def _get_threshold_problem(self, thresholds):
        if min(thresholds) < 0:
            return self.env._("Thresholds cannot be negative.")
        if any(
            low >= high for high, low in zip(thresholds, thresholds[1:], strict=False)
        ):
            return self.env._(
                "Thresholds fall from the best tier to the last: each is smaller than "
                "the one before it."
            )
        return ""

    def run(self):
        """Decide the tiers of the customers of these schemes and write the changes.

        All of it in the caller's transaction.

        :return: number of customers changed
        """
        self.check_access("write")
        return sum(scheme.sudo()._run_queue() for scheme in self)

    def _get_run_message(self, changed):
        return self.env._("%(count)s customers changed their tier.", count=changed)

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
        main_sales = partners._get_main_sales()
        partners._for_pages_of_customers(
            lambda ids: partners._write_classes(ids, main_sales)
        )
        for scheme in self._get_in_force()._get_started():
            if problem := scheme._get_cut_problem():
                _logger.warning("Tier scheme %s is left out: %s", scheme.id, problem)
                continue
            scheme._run_queue(commit=True)
        partners._refresh_relationship(commit=True)
        self.env["crm.lifecycle.rule"]._cron_run_rules()  # may ask for a level

    def _run_queue(self, commit=False, partner_ids=None):
        changed = super()._run_queue(commit=commit, partner_ids=partner_ids)
        if partner_ids is not None:  # no run of the scheme
            return changed
        if commit:  # somebody may be editing the scheme
            retry(self.env, lambda: self._note_run(changed))
            self.env["ir.cron"]._commit_progress(0, remaining=0)
        else:
            self._note_run(changed)
        return changed

    def _note_run(self, changed):
        self.write({"last_run_at": fields.Datetime.now(), "last_run_count": changed})
        self.env.flush_all()
