from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

STATES = [
    ("draft", "Draft"),
    ("asked", "To approve"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("booked", "Booked"),
    ("reversed", "Reversed"),
]
GRANTED = ("approved", "booked")
# What people write, and only in a draft.
GIVEN = {
    *("complaint_id", "kind_id", "amount", "currency_id", "reason", "order_id"),
    *("invoice_id", "program_id"),
}
DECIDED = (
    *("state", "company_amount", "asked_at", "asked_by_id", "decided_at"),
    *("decided_by_id", "refusal_reason", "booked_at", "booked_by_id", "move_id"),
    *("card_id", "reversed_at", "reversed_by_id", "reversal_reason", "reversal_id"),
    "involved_ids",
)


class CrmComplaintRemedy(models.Model):
    """What a customer is given for a complaint, and who has decided so.

    Whoever proposes it, or works on the complaint, never approves it. After booking
    nothing is edited any more: it is reversed, with a reason.
    """

    _name = "crm.complaint.remedy"
    _description = "Complaint Remedy"
    _inherit = ["crm.four.eyes.mixin", "crm.complaint.part.mixin"]
    _order = "severity desc, asked_at, id"
    _decided = DECIDED

    complaint_id = fields.Many2one(
        comodel_name="crm.complaint", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="complaint_id.company_id", store=True, index=True
    )
    partner_id = fields.Many2one(related="complaint_id.partner_id", string="Customer")
    severity = fields.Selection(
        related="complaint_id.severity",
        store=True,
        help="Of the complaint: the most serious ones are approved first.",
    )
    kind_id = fields.Many2one(
        comodel_name="crm.complaint.remedy.kind",
        required=True,
        index=True,
        ondelete="restrict",
    )
    books = fields.Selection(related="kind_id.books")
    has_amount = fields.Boolean(related="kind_id.has_amount")
    amount = fields.Monetary(
        help="What the customer gets, taxes included; of a repair or a gift what it "
        "costs you.",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of the Company"
    )
    company_amount = fields.Monetary(
        string="Amount (Company)",
        currency_field="company_currency_id",
        compute="_compute_company_amount",
        store=True,
        help="In the currency of the company, at the rate of the day on which it was "
        "asked for.",
    )
    reason = fields.Char(
        required=True, help="Why the customer gets it: whoever approves it reads it."
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Sales Order",
        index="btree_not_null",
        ondelete="set null",
        help="The order that a credit note is for.",
    )
    invoice_id = fields.Many2one(
        comodel_name="account.move",
        index="btree_not_null",
        ondelete="set null",
        domain="[('move_type', '=', 'out_invoice'), ('state', '=', 'posted'), "
        "('company_id', '=', company_id)]",
        help="The invoice that a credit note is for.",
    )
    program_id = fields.Many2one(
        comodel_name="loyalty.program",
        string="Coupon Program",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('program_type', 'in', ('coupons', 'gift_card', 'ewallet')), "
        "('company_id', 'in', (company_id, False))]",
        help="Where the coupon comes from. Gift cards and e-wallets get the amount, "
        "other coupons one point.",
    )
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
    )
    asked_at = fields.Datetime(string="Asked On", readonly=True, copy=False)
    asked_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, index="btree_not_null"
    )
    involved_ids = fields.Many2many(
        relation="crm_complaint_remedy_involved_rel",
        help="Who has written it, asked for it or worked on the complaint then: "
        "none of them approves it.",
    )
    decided_at = fields.Datetime(string="Decided On")
    decided_by_id = fields.Many2one(
        string="Approved By",
        help="Empty: it needed no approval, by the settings of the company.",
    )
    booked_at = fields.Datetime(string="Booked On", readonly=True, copy=False)
    booked_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, index="btree_not_null"
    )
    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Credit Note",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    card_id = fields.Many2one(
        comodel_name="loyalty.card",
        string="Coupon",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    reversed_at = fields.Datetime(string="Reversed On", readonly=True, copy=False)
    reversed_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, index="btree_not_null"
    )
    reversal_reason = fields.Char(string="Reversed Because", readonly=True, copy=False)
    reversal_id = fields.Many2one(
        comodel_name="account.move",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The invoice that takes back a credit note that had been posted.",
    )

    _asked_idx = models.Index("(severity DESC, asked_at, id) WHERE state = 'asked'")

    @api.depends("complaint_id")
    def _compute_currency_id(self):
        for remedy in self:
            # Superuser: the company need not be one that the caller may enter.
            company = remedy.complaint_id.company_id.sudo()
            remedy.currency_id = remedy.currency_id or company.currency_id

    @api.depends("amount", "currency_id", "company_id", "asked_at")
    def _compute_company_amount(self):
        for remedy in self:
            # Superuser: as above.
            company = remedy.company_id.sudo()
            remedy.company_amount = remedy.amount
            if remedy.currency_id and company:
                asked_at = remedy.asked_at or fields.Datetime.now()
                remedy.company_amount = remedy.currency_id._convert(
                    remedy.amount,
                    company.currency_id,
                    company,
                    company._get_relations_day(asked_at),
                )

    @api.depends("kind_id", "amount", "currency_id", "complaint_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for remedy in self:
            words = [remedy.kind_id.name, remedy.complaint_id.name]
            if remedy.has_amount and remedy.currency_id:
                words.insert(1, remedy.currency_id.format(remedy.amount))
            remedy.display_name = " · ".join(filter(None, words))

    @api.constrains("amount", "kind_id")
    def _check_amount(self):
        for remedy in self:
            if remedy.amount < 0:
                raise ValidationError(self.env._("An amount is not below zero."))
            if remedy.amount and not remedy.has_amount:
                raise ValidationError(
                    self.env._("%s has no amount.", remedy.kind_id.display_name)
                )

    @api.constrains("complaint_id", "order_id", "invoice_id", "program_id")
    def _check_documents(self):
        """What is booked is the customer's, and of the company of the complaint."""
        # Superuser: whose documents they are, for who only names them.
        for remedy in self.sudo():
            customer = remedy.complaint_id.partner_id.commercial_partner_id
            documents = [
                (remedy.order_id, remedy.order_id.partner_id),
                (remedy.invoice_id, remedy.invoice_id.partner_id),
            ]
            for document, partner in documents:
                if document and partner.commercial_partner_id != customer:
                    raise ValidationError(
                        self.env._("Choose a document of the customer who complains.")
                    )
            chosen = [remedy.order_id, remedy.invoice_id, remedy.program_id]
            if any(one.company_id - remedy.company_id for one in chosen):
                raise ValidationError(
                    self.env._("Choose a document of the company of the complaint.")
                )

    def write(self, vals):
        if not self.env.su:
            if set(vals) - GIVEN:
                raise AccessError(
                    self.env._("You propose a remedy; the rest follows from decisions.")
                )
            self._check_draft(vals)
            self._involve()
        return super().write(vals)

    def _check_draft(self, vals):
        # Superuser: as it is now, also where this transaction has read it before.
        if any(remedy.state != "draft" for remedy in self.sudo()):
            raise UserError(
                self.env._(
                    "Only a draft is edited. What has been asked for is decided, what "
                    "has been booked is reversed."
                )
            )
        if "complaint_id" in vals and vals["complaint_id"] not in self.complaint_id.ids:
            raise UserError(
                self.env._("A remedy belongs to the complaint it was proposed for.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        # Also for code with all rights: what was decided is evidence.
        if any(remedy.state != "draft" for remedy in self):
            raise UserError(self.env._("Only a draft of a remedy is deleted."))
