from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

ADMINISTRATORS = "crm_relations.group_administrator"
MOST_DAYS = 365


class CrmPoolFirstDay(models.TransientModel):
    """Set up a pool from what the company really holds.

    It proposes, shows who would leave, installs, lists what it did, and can be undone.
    A second run changes what differs and doubles nothing.
    """

    _name = "crm.pool.first.day"
    _description = "First day of the pool"
    _rec_name = "pool_id"

    state = fields.Selection(
        selection=[("proposal", "Proposed Rules"), ("preview", "Who Would Leave")],
        string="Status",
        default="proposal",
        readonly=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        help="Its customers are regulated: recycling rules, quota and notices are for "
        "them.",
    )
    customers_are_owned = fields.Boolean(related="company_id.customers_are_owned")
    pool_id = fields.Many2one(
        comodel_name="crm.pool",
        string="Public Pool",
        domain="[('company_id', 'in', (False, company_id))]",
        compute="_compute_pool_id",
        store=True,
        readonly=False,
        help="Customers that nobody looks after go here. Empty: a new pool.",
    )
    member_ids = fields.Many2many(
        comodel_name="res.users",
        relation="crm_pool_first_day_member_rel",
        string="Members",
        domain="[('share', '=', False)]",
        compute="_compute_people",
        store=True,
        readonly=False,
        help="They see the customers of the pool and may claim them. Empty: everybody.",
    )
    manager_ids = fields.Many2many(
        comodel_name="res.users",
        relation="crm_pool_first_day_manager_rel",
        string="Managers",
        domain="[('share', '=', False)]",
        compute="_compute_people",
        store=True,
        readonly=False,
        help="They assign and distribute its customers and see what is hidden.",
    )
    left_out = fields.Char(compute="_compute_left_out")
    hides_numbers = fields.Boolean(
        string="Hide Numbers and Addresses",
        compute="_compute_terms",
        store=True,
        readonly=False,
        help="Phone numbers and e-mail addresses of its customers and their contact "
        "persons are moved away until somebody has claimed the customer.",
    )
    cool_down_days = fields.Integer(
        string="Closed to Former Owners (days)",
        compute="_compute_terms",
        store=True,
        readonly=False,
        help="Whoever lost a customer may not claim it again for so many days.",
    )
    max_customers = fields.Integer(
        string="Most Customers a Person",
        compute="_compute_max_customers",
        store=True,
        readonly=False,
        help="Each salesperson may hold at most this many. 0: no limit.",
    )
    cap_reason = fields.Char(compute="_compute_cap_reason")
    first_notice_days = fields.Integer(
        string="First Notice",
        compute="_compute_notices",
        store=True,
        readonly=False,
        help="Days before a customer leaves on which its salesperson is told.",
    )
    second_notice_days = fields.Integer(
        string="Second Notice",
        compute="_compute_notices",
        store=True,
        readonly=False,
        help="0: no such notice.",
    )
    last_notice_days = fields.Integer(
        string="Last Notice",
        compute="_compute_notices",
        store=True,
        readonly=False,
        help="The leader is told as well. 0: no such notice.",
    )
    grace_days = fields.Integer(
        string="Days of Grace",
        default=7,
        help="Nobody leaves before: time to follow up, and to be told.",
    )
    most_per_night = fields.Integer(
        string="Most a Night",
        compute="_compute_waves",
        store=True,
        readonly=False,
        help="So many customers at most leave in one night, who has been due longest "
        "first. 0: all who are due.",
    )
    wave_reason = fields.Char(compute="_compute_wave_reason")
    tier_line_ids = fields.One2many(
        comodel_name="crm.pool.first.day.tier",
        inverse_name="wizard_id",
        string="Days Without a Follow-up",
        compute="_compute_tier_line_ids",
        store=True,
        readonly=False,
    )
    last_setup_id = fields.Many2one(
        comodel_name="crm.pool.setup", compute="_compute_last_setup_id"
    )
    customer_count = fields.Integer(string="Customers", readonly=True)
    leaving_count = fields.Integer(string="Would Leave Today", readonly=True)
    overview = fields.Text(compute="_compute_overview")
    owner_line_ids = fields.One2many(
        comodel_name="crm.pool.first.day.leaving",
        inverse_name="wizard_id",
        string="By Salesperson",
        domain=[("kind", "=", "owner")],
        readonly=True,
    )
    tier_leaving_ids = fields.One2many(
        comodel_name="crm.pool.first.day.leaving",
        inverse_name="wizard_id",
        string="By Tier",
        domain=[("kind", "=", "tier")],
        readonly=True,
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Propose at once: what waits to be computed is lost when the preview is taken
        back."""
        wizards = super().create(vals_list)
        self.env.flush_all()
        wizards.invalidate_recordset()
        return wizards

    @api.depends("company_id")
    def _compute_last_setup_id(self):
        for wizard in self:
            wizard.last_setup_id = self.env["crm.pool.setup"].search(
                [
                    ("company_id", "=", wizard.company_id.id),
                    ("state", "=", "installed"),
                ],
                limit=1,
            )

    @api.constrains("grace_days", "most_per_night", "cool_down_days", "max_customers")
    def _check_numbers(self):
        for wizard in self:
            numbers = wizard.most_per_night, wizard.cool_down_days, wizard.max_customers
            if min(numbers) < 0 or not 0 <= wizard.grace_days <= MOST_DAYS:
                raise ValidationError(
                    self.env._(
                        "Numbers cannot be negative, and grace ends after %(days)s "
                        "days at most.",
                        days=MOST_DAYS,
                    )
                )

    @api.constrains("first_notice_days", "second_notice_days", "last_notice_days")
    def _check_notices(self):
        for wizard in self:
            days = wizard._get_notices()
            if not all(1 <= day <= MOST_DAYS for day in days) or len(set(days)) != len(
                days
            ):
                raise ValidationError(
                    self.env._(
                        "Notices come 1 to %(days)s days before, each on another day.",
                        days=MOST_DAYS,
                    )
                )

    def _get_notices(self):
        """Return the days of the notices that are wanted, the first one first."""
        days = (self.first_notice_days, self.second_notice_days, self.last_notice_days)
        return [day for day in days if day]

    def _check_right(self):
        """Refuse whoever may not set up pools of this company."""
        if not self.env.user.has_group(ADMINISTRATORS):
            raise AccessError(
                self.env._("Only administrators of Customer Relations set up pools.")
            )
        self._check_company()

    def _check_company(self):
        companies = self.env.user.company_ids
        if not self.env.su and self.company_id and self.company_id not in companies:
            raise AccessError(
                self.env._(
                    "You do not work in %(company)s.", company=self.company_id.name
                )
            )

    def action_back(self):
        self.state = "proposal"
        return self._reopen()

    def action_view_setup(self):
        """Open what was installed last; there it can be undone."""
        self.ensure_one()
        return self.last_setup_id._open()

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("First Day of the Pool"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }
