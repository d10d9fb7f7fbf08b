from odoo import fields, models


class CrmTier(models.Model):
    """How much a customer matters to us, and the service it may expect."""

    _name = "crm.tier"
    _description = "Customer tier"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, help="The most valuable tier stands first.")
    active = fields.Boolean(default=True)
    color = fields.Integer()
    description = fields.Text(translate=True)
    contact_interval_days = fields.Integer(
        string="Contact Every (days)",
        help="Such a customer is contacted at least this often. 0: no standard.",
    )
    visit_interval_days = fields.Integer(string="Visit Every (days)")
    callback_interval_days = fields.Integer(string="Call Back Every (days)")
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
    gift_budget = fields.Monetary(string="Gift Budget a Year")
    concession_limit = fields.Monetary(
        string="Concessions up to",
        help="Concessions of more than this need an approval.",
    )
    partner_count = fields.Integer(string="Customers", compute="_compute_partner_count")

    _standards_positive = models.Constraint(
        """CHECK(contact_interval_days >= 0 AND visit_interval_days >= 0
           AND callback_interval_days >= 0 AND review_interval_days >= 0
           AND response_minutes >= 0 AND gift_budget >= 0 AND concession_limit >= 0)""",
        "Service standards cannot be negative.",
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
