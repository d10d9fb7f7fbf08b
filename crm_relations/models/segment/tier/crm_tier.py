from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class CrmTier(models.Model):
    """How much a customer matters to us, and the service it may expect."""

    _name = "crm.tier"
    _description = "Customer tier"
    _inherit = ["crm.condition.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, help="The most valuable tier stands first.")
    active = fields.Boolean(default=True)
    color = fields.Integer()
    description = fields.Text(translate=True)
    contact_interval_days = fields.Integer(
        string="Contact Every (days)",
        help="Such a customer is contacted at least this often, or its salesperson "
        "is reminded. 0: no standard.",
    )
    visit_interval_days = fields.Integer(
        string="Visit Every (days)",
        help="Such a customer is visited at least this often, or its salesperson is "
        "reminded. 0: no standard.",
    )
    callback_interval_days = fields.Integer(
        string="Call Back Every (days)",
        help="Such a customer is called back at least this often: a callback rule by "
        "interval without days of its own makes the calls. 0: no standard.",
    )
    review_interval_days = fields.Integer(
        string="Review Archive Every (days)",
        help="The customer's archive is verified at least this often.",
    )
    response_minutes = fields.Integer(
        string="Answer Within (minutes)",
        help="Working minutes in which an enquiry of this tier is answered.",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    gift_budget = fields.Monetary(
        string="Gift Budget a Year",
        help="What gifts to such a customer may cost in a year; more needs an "
        "approval. 0: no budget is set.",
    )
    concession_limit = fields.Monetary(
        string="Concessions up to",
        help="Concessions of more than this need an approval.",
    )
    partner_count = fields.Integer(string="Customers", compute="_compute_partner_count")

    _standards_positive = models.Constraint(
        """CHECK(contact_interval_days BETWEEN 0 AND 36500
           AND visit_interval_days BETWEEN 0 AND 36500
           AND callback_interval_days BETWEEN 0 AND 36500
           AND review_interval_days BETWEEN 0 AND 36500
           AND response_minutes >= 0 AND gift_budget >= 0 AND concession_limit >= 0)""",
        "Service standards cannot be negative, nor longer than 100 years.",
    )

    @api.constrains("active")
    def _check_not_in_use(self):
        archived = self.filtered(lambda tier: not tier.active)
        # Superuser: also a scheme of another company needs its tiers.
        cuts = self.env["crm.tier.cut"].sudo()
        cut = cuts.search(
            [("tier_id", "in", archived.ids), ("scheme_id.active", "=", True)], limit=1
        )
        if cut:
            raise ValidationError(
                self.env._(
                    "“%(scheme)s” leads customers to the tier %(tier)s: take the tier "
                    "out of the scheme first.",
                    scheme=cut.scheme_id.name,
                    tier=cut.tier_id.name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_history(self):
        # Superuser: the history of all companies counts.
        changes = self.env["crm.tier.change"].sudo()
        change = changes.search(
            ["|", ("old_tier_id", "in", self.ids), ("new_tier_id", "in", self.ids)],
            limit=1,
        )
        if change:
            raise UserError(
                self.env._(
                    "Customers have been in the tier %(tier)s, and their history says "
                    "so. Archive it instead.",
                    tier=(self & (change.old_tier_id | change.new_tier_id))[:1].name,
                )
            )

    def _compute_partner_count(self):
        counts = dict(
            self.env["res.partner"]._read_group(
                [("tier_id", "in", self.ids), ("is_managed_customer", "=", True)],
                ["tier_id"],
                ["__count"],
            )
        )
        for tier in self:
            tier.partner_count = counts.get(tier, 0)

    def action_view_customers(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_customer_action"
        )
        domain = [("is_managed_customer", "=", True), ("tier_id", "=", self.id)]
        return {**action, "domain": domain, "context": {}}
