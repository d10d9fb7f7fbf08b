from odoo import api, fields, models
from odoo.exceptions import AccessError

MANAGER = "crm_relations.group_relations_manager"
KINDS = [
    ("months", "Last 12 Months"),
    ("year", "Year"),
    ("plan", "Period of a plan"),
]


class CrmAccountReturn(models.Model):
    """What a key account brought in a period, and what it cost: counted at night and
    when somebody opens it, typed by nobody.

    What time cost, and each sum that contains it, is for who may see what an hour of a
    colleague costs: from the cost of one call and its minutes anybody could tell that.
    Who may not sees the minutes, and what is left before time.

    Figures count all documents of the customer, also those that the reader may not
    open: they are the customer's, not the reader's.
    """

    _name = "crm.account.return"
    _description = "Return on a customer"
    _inherit = ["crm.customer.line.mixin"]
    _order = "date_end desc, kind, id"
    _log_access = False
    _rec_name = "partner_id"

    partner_id = fields.Many2one(bypass_search_access=True)
    currency_id = fields.Many2one(
        comodel_name="res.currency", readonly=True, index="btree_not_null"
    )
    kind = fields.Selection(
        selection=KINDS, string="Period", readonly=True, required=True
    )
    year = fields.Integer(readonly=True, aggregator=None)
    period_key = fields.Integer(
        readonly=True,
        required=True,
        default=0,
        aggregator=None,
        export_string_translation=False,
        help="The year, 0 for the last 12 months, the id of a plan below 0.",
    )
    plan_id = fields.Many2one(
        comodel_name="crm.account.plan",
        string="Account Plan",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    date_start = fields.Date(string="First Day", readonly=True, required=True)
    date_end = fields.Date(string="Last Day", readonly=True, required=True)
    counted_at = fields.Datetime(string="Counted On", readonly=True)
    owner_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")
    tier_id = fields.Many2one(related="partner_id.tier_id")
    revenue = fields.Monetary(
        readonly=True,
        help="Confirmed orders without taxes, less what was taken back of them.",
    )
    margin = fields.Monetary(
        readonly=True,
        help="Revenue less the cost of what was sold. Goods without a cost are left "
        "out; a price reduction that is a line of its own counts, by the part that "
        "falls on goods with a cost.",
    )
    discounts = fields.Monetary(
        readonly=True,
        help="Of each line of an order: what it would have come to without its "
        "discount, less what it came to. The revenue is lower by it already.",
    )
    given = fields.Monetary(
        readonly=True,
        help="Gifts, concessions, activities, complaints: all costs but time.",
    )
    minutes = fields.Float(string="Minutes of Contacts", digits=(16, 1), readonly=True)
    before_time = fields.Monetary(
        string="Left Before Time",
        readonly=True,
        help="The margin less what was given.",
    )
    time_cost = fields.Monetary(
        string="Cost of Time",
        readonly=True,
        groups=MANAGER,
        help="Minutes of each contact times what an hour of the colleague cost on that "
        "day.",
    )
    cost = fields.Monetary(
        string="All Costs", readonly=True, groups=MANAGER, help="Given and time."
    )
    result = fields.Monetary(
        string="Left After All",
        readonly=True,
        groups=MANAGER,
        help="The margin less all costs.",
    )
    unpriced_count = fields.Integer(
        string="Contacts Without a Rate",
        readonly=True,
        groups=MANAGER,
        help="Nobody has said what an hour of the colleague costs: counted as 0.",
    )
    line_ids = fields.One2many(
        comodel_name="crm.account.return.line",
        inverse_name="return_id",
        string="What Counts",
    )

    _period_uniq = models.UniqueIndex(
        "(partner_id, period_key)",
        "This period of the customer stands here already.",
    )

    @api.depends("partner_id", "kind", "year", "plan_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            # Superuser: names of the customer and the plan, to who may read it.
            known = one.sudo()
            period = known._tell_period()
            one.display_name = " · ".join(filter(None, [known.partner_id.name, period]))

    def _tell_period(self):
        if self.kind == "plan":
            return self.plan_id.name
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return str(self.year) if self.kind == "year" else kinds.get(self.kind)

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

    def action_count_again(self):
        """Count as of now."""
        self.check_access("read")
        self._count()

    def action_open(self):
        """Open it, counted as of now."""
        self.ensure_one()
        self.action_count_again()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return on Customer"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _check_seen(self):
        """:raise AccessError: the reader sees none of the returns of the customer"""
        if not self:
            raise AccessError(
                self.env._(
                    "Only the salesperson of the customer, who works along, the plan "
                    "owner, the leader of the team or a relations manager sees what it "
                    "costs."
                )
            )
