from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.retries import retry
from ....tools.sentences import join_sentences, join_words


class CrmTierScheme(models.Model):
    """How a company decides the tier of its customers.

    By cumulative share: customers are lined up by the measure, the greatest first; a
    customer belongs to the first tier whose cut lies above the share that the
    customers with *more* bring together. So equal customers stay together, and the
    one that crosses a cut belongs to the better tier. A negative value counts as
    none; a customer without any is taken by a cut of 100 %.

    By fixed thresholds: a customer belongs to the best tier whose threshold it
    reaches ("at least").

    By RFM: day of the last order, number of orders and measure of the window give 1
    to 5 points each, by fifths of the population: one point more for each fifth of
    the customers that have less. Equal customers get the same points; where all are
    equal, 3. By weighted score: see its criteria. Both reach tiers by points ("at
    least").

    Each customer is judged by one scheme, the first in order of precedence. A tier
    that was set by hand stands until it expires, whatever the scheme says.
    """

    _name = "crm.tier.scheme"
    _description = "Tier scheme"
    _inherit = ["crm.rule.mixin", "crm.decision.queue"]
    _keeps_runs = True
    _sums_up_all = True

    is_in_force = fields.Boolean(
        string="In Force",
        default=True,
        help="It decides tiers every night. One scheme is in force for the same "
        "customers; others serve as comparison and write nothing.",
    )
    method = fields.Selection(
        selection=[
            ("share", "Cumulative share"),
            ("threshold", "Fixed thresholds"),
            ("rfm", "RFM (recency, frequency, money)"),
            ("score", "Weighted score"),
        ],
        required=True,
        default="share",
        help="Cumulative share: the few customers who bring most of it. Fixed "
        "thresholds: everyone who reaches a value. RFM: 1 to 5 points each for the "
        "last order, the number of orders and the measure, by fifths of all "
        "customers. Weighted score: criteria of your choice, also rated ones.",
    )
    measure = fields.Selection(
        selection=[
            ("revenue", "Order revenue"),
            ("margin", "Margin"),
            ("paid", "Paid amount"),
            ("orders", "Number of orders"),
        ],
        required=True,
        default="revenue",
        help="Order revenue: confirmed orders without taxes, less credit notes on "
        "them. Margin: revenue less the cost of what was sold, of goods with a known "
        "cost and their part of price reductions. Paid amount: money received, with "
        "taxes, less money paid back. Number of orders: confirmed ones.",
    )
    criterion_ids = fields.One2many(
        comodel_name="crm.tier.criterion",
        inverse_name="scheme_id",
        string="Criteria",
        copy=True,
    )
    minimum_population = fields.Integer(
        string="Compare from (customers)",
        help="With fewer customers the thresholds of the cuts apply: shares and ranks "
        "among a handful mean nothing. 0: always compare.",
    )
    window_months = fields.Integer(
        string="Window (months)",
        required=True,
        default=12,
        help="What happened in so many months up to today counts.",
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
    border_band_percent = fields.Float(
        string="Border Band (%)",
        digits=(5, 2),
        help="A customer keeps its tier while it misses the border by no more than "
        "this part of it, so that it does not change to and fro. 0: no band.",
    )
    downgrade_after_months = fields.Integer(
        string="Downgrade After (months)",
        help="A customer goes down only after it has stayed below the border for so "
        "many months. 0: at once. Going up never waits.",
    )
    newcomer_days = fields.Integer(
        string="Judge New Customers After (days)",
        help="A customer is not judged until so many days after its first order, or, "
        "without any order, after it was created. 0: at once.",
    )
    last_run_at = fields.Datetime(string="Last Run", readonly=True, copy=False)
    last_run_count = fields.Integer(
        string="Changed by the Last Run", readonly=True, copy=False
    )
    change_ids = fields.One2many(
        comodel_name="crm.tier.change", inverse_name="scheme_id", string="Changes"
    )
    warning = fields.Char(compute="_compute_warning")

    @api.depends("company_id")
    def _compute_currency_id(self):
        default = self.env["res.company"]._get_relations_default()
        for scheme in self:
            # Superuser: the currency of a company is no secret.
            scheme.currency_id = (scheme.company_id or default).sudo().currency_id

    @api.depends("audience_count", "measure", "method", "is_in_force")
    @api.depends_context("lang")
    def _compute_warning(self):
        for scheme in self:
            scheme.warning = scheme._get_warning()

    def _get_warning(self):
        """Return what keeps the scheme from deciding as one expects, "" for nothing."""
        self.ensure_one()
        warnings = []
        if not self.audience_count:
            warnings.append(
                self.env._(
                    "No customer fits the audience today: the scheme decides nothing."
                )
            )
        missing = self.env["res.company"]._get_currencies_without_rate()
        if missing:
            warnings.append(
                self.env._(
                    "No exchange rate is known for %(currencies)s: amounts in it count "
                    "one to one.",
                    currencies=join_words(self.env, missing.mapped("name")),
                )
            )
        return join_sentences(warnings)

    @api.constrains(
        *["is_in_force", "active", "company_id", "domain"],
        *["team_ids", "category_ids", "tier_ids", "lifecycle"],
    )
    def _check_one_in_force(self):
        for scheme in self.filtered(
            lambda scheme: scheme.active and scheme.is_in_force
        ):
            other = scheme._get_others_of_audience().filtered("is_in_force")[:1]
            if other:
                raise ValidationError(
                    self.env._(
                        "“%(other)s” is in force for the same customers already. "
                        "Narrow the audience, or keep “%(scheme)s” for comparison: "
                        "not in force.",
                        other=other.name,
                        scheme=scheme.name,
                    )
                )

    def _get_others_of_audience(self):
        """Return the other active schemes that judge the same customers."""
        self.ensure_one()
        key = self._get_audience_key()
        # Superuser: schemes of companies that the caller does not see count as well.
        active = self.sudo().search([])  # pylint: disable=no-search-all
        return (active - self).filtered(lambda other: other._get_audience_key() == key)

    @api.model
    def _get_in_force(self):
        return super()._get_in_force().filtered("is_in_force")

    def copy_data(self, default=None):
        """A copy serves as comparison: its customers have their scheme already."""
        return super().copy_data({"is_in_force": False} | dict(default or {}))

    def run(self):
        """Decide the tiers of the customers of these schemes and write the changes.

        All of it in the caller's transaction.

        :raise ValidationError: a scheme serves as comparison only
        :return: number of customers changed
        """
        self.check_access("write")
        for scheme in self.filtered(lambda scheme: not scheme.is_in_force):
            raise ValidationError(
                self.env._(
                    "“%(scheme)s” serves as comparison. Put it in force first.",
                    scheme=scheme.name,
                )
            )
        # Superuser: all customers are decided, and decided fields written by nobody.
        return sum(scheme.sudo()._run_queue() for scheme in self)

    def action_put_in_force(self):
        """Let this scheme decide, instead of the one for the same customers."""
        self.ensure_one()
        self.check_access("write")
        self._get_others_of_audience().is_in_force = False
        self.is_in_force = True

    def action_compare(self):
        """Show how many would enter and leave each tier, by this scheme and by those
        for the same customers."""
        self.ensure_one()
        others = self._get_others_of_audience().with_env(self.env)
        return self.env["crm.tier.forecast"]._open(self | others)

    def _get_run_message(self, changed):
        return self.env._("Customers that changed their tier: %s.", changed)

    def action_view_changes(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_tier_change_action"
        )
        return {**action, "domain": [("scheme_id", "=", self.id)]}

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
