from odoo import api, fields, models

STATES = [
    ("asked", "To Confirm"),
    ("confirmed", "Confirmed"),
    ("paid", "First Order Paid"),
    ("reversed", "Reward Taken Back"),
    ("refused", "Refused"),
]
# What only methods write.
DECIDED = (
    *("partner_id", "referrer_id", "referred_id", "lead_id", "company_id", "number"),
    *("state", "channel", "registered_on", "registered_by_id", "decided_at"),
    *("decided_by_id", "refusal_reason", "same_contact", "order_id", "paid_on"),
    *("amount", "points", "rule_id", "gift_id"),
)


class CrmReferral(models.Model):
    """Who brought a new customer: one referrer each, who is rewarded when that customer
    has paid its first order, for as long as the order stands.

    Nobody types any of it: it is registered, by a colleague or by the new customer with
    the link of a member, confirmed by somebody else, and paid by documents.
    """

    _name = "crm.referral"
    _description = "Referral"
    _inherit = ["crm.request.mixin", "crm.customer.line.mixin", "crm.colleague.mixin"]
    _order = "registered_on desc, id desc"
    _decided = DECIDED

    partner_id = fields.Many2one(string="Referrer's Customer")
    number = fields.Char(readonly=True, copy=False)
    referrer_id = fields.Many2one(
        comodel_name="res.partner",
        readonly=True,
        index=True,
        ondelete="set null",
        help="The customer, or the person of a customer, who recommended us.",
    )
    referred_id = fields.Many2one(
        comodel_name="res.partner",
        string="New Customer",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Empty: there is only a lead so far.",
    )
    lead_id = fields.Many2one(
        comodel_name="crm.lead",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        default="asked",
        copy=False,
    )
    channel = fields.Selection(
        selection=[("hand", "Colleague"), ("link", "Link of the member")],
        string="Registered Through",
        required=True,
        readonly=True,
        default="hand",
    )
    note = fields.Char(help="How it came about.")
    registered_on = fields.Date(required=True, readonly=True)
    registered_by_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        index="btree_not_null",
        help="Empty: the new customer itself.",
    )
    decided_at = fields.Datetime(string="Answered On")
    same_contact = fields.Boolean(
        string="Same Number or Address",
        readonly=True,
        help="Who registered gave a telephone number or an e-mail address of the "
        "referrer.",
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="First Paid Order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    paid_on = fields.Date(
        string="First Order On",
        readonly=True,
        copy=False,
        help="The day of the first order that is paid.",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency", compute="_compute_currency_id"
    )
    amount = fields.Monetary(
        string="Net Sales of It",
        readonly=True,
        copy=False,
        help="What stands of the first paid order, without taxes, less what was "
        "returned.",
    )
    points = fields.Float(
        string="Club Points",
        readonly=True,
        copy=False,
        help="What the referrer has earned for it, less what was taken back.",
    )
    rule_id = fields.Many2one(
        comodel_name="crm.earning.rule",
        string="Rewarded By",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    honour = fields.Char(related="rule_id.honour")
    gift_id = fields.Many2one(
        comodel_name="crm.gift",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The gift that was proposed for the referrer.",
    )

    _referred_uniq = models.UniqueIndex(
        "(referred_id) WHERE referred_id IS NOT NULL AND state <> 'refused'",
        "This customer has a referrer already.",
    )
    _no_self = models.Constraint(
        "CHECK(state = 'refused' OR referrer_id <> referred_id)",
        "Nobody refers itself.",
    )
    _waiting_idx = models.Index("(registered_on, id) WHERE state = 'asked'")
    _settled_idx = models.Index(
        "(referred_id, id) WHERE state IN ('confirmed', 'paid', 'reversed')"
    )

    @api.depends("number", "referrer_id", "referred_id", "lead_id")
    def _compute_display_name(self):
        for referral in self:
            # Superuser: names of customers are no secret to who reads the referral.
            known = referral.sudo()
            new = known.referred_id.name or known.lead_id.contact_name
            names = (known.referrer_id.name or "", new or known.number or "")
            referral.display_name = " → ".join(names)

    def _compute_currency_id(self):
        # Superuser: the currency of a company is no secret.
        company = self.env["res.company"]._get_relations_default().sudo()
        self.currency_id = company.currency_id

    def action_open_referrer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

    def action_open_referred(self):
        self.ensure_one()
        return self.referred_id.action_open_customer()

    def _get_history_line(self):
        # Superuser: names, as above.
        referral = self.sudo()
        states = dict(self._fields["state"]._description_selection(self.env))
        title = self.env._(
            "Recommended us to %(name)s: %(state)s",
            name=referral.referred_id.name or self.env._("somebody new"),
            state=states[referral.state],
        )
        return {
            "title": title,
            "detail": referral.note or "",
            "by": referral.registered_by_id.name or "",
        }
