from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

STATES = [
    ("missing", "Incomplete"),
    ("there", "There"),
    ("expiring", "Expiring"),
    ("expired", "Expired"),
]


class CrmCustomerDocument(models.Model):
    """A document of a customer, or of one of its persons or orders: number, dates and
    files. Confidential like the profiles of persons: record rules say who reads it.

    The files are attachments of the document, so that its rights are theirs.
    """

    _name = "crm.customer.document"
    _description = "Document of a customer"
    _inherit = [
        *("crm.archive.kept.mixin", "crm.archive.line.mixin"),
        "crm.due.activity.mixin",
    ]
    _order = "customer_id, kind_id, issued_on desc, id desc"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer or Person",
        required=True,
        index=True,
        ondelete="cascade",
        help="Whose document it is: the customer, or one of its persons.",
    )
    customer_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Customer",
        store=True,
        index=True,
    )
    owner_id = fields.Many2one(related="customer_id.user_id", string="Salesperson")
    company_id = fields.Many2one(
        related="customer_id.company_id", store=True, index="btree_not_null"
    )
    kind_id = fields.Many2one(
        comodel_name="crm.document.kind",
        string="Kind of Document",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('company_id', 'in', [company_id, False])]",
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        index="btree_not_null",
        ondelete="set null",
        domain="[('partner_id.commercial_partner_id', '=', customer_id)]",
        help="The order that it belongs to, if it belongs to one.",
    )
    asked = fields.Selection(related="kind_id.asked", export_string_translation=False)
    has_expiry = fields.Boolean(related="kind_id.has_expiry")
    number = fields.Char(string="Document Number", copy=False)
    issued_on = fields.Date()
    expires_on = fields.Date(
        compute="_compute_expires_on",
        store=True,
        readonly=False,
        copy=False,
        help="The last day on which it is valid. Empty: it does not expire.",
    )
    note = fields.Text()
    replaces_id = fields.Many2one(
        comodel_name="crm.customer.document",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        help="The document that was archived when this one came.",
    )
    active = fields.Boolean(
        default=True,
        required=True,
        help="A document that another one has replaced is archived.",
    )
    is_complete = fields.Boolean(
        string="There",
        compute="_compute_is_complete",
        store=True,
        help="With what its kind asks for: a file, a number.",
    )
    remind_on = fields.Date(
        string="Expiring From",
        compute="_compute_remind_on",
        store=True,
        help="From this day on it counts as expiring.",
    )
    activity_on = fields.Date(compute="_compute_remind_on", store=True)
    state = fields.Selection(
        selection=STATES,
        string="Status",
        compute="_compute_state",
        search="_search_state",
    )

    _remind_idx = models.Index("(remind_on) WHERE active AND remind_on IS NOT NULL")
    _activity_idx = models.Index("(activity_on, id) WHERE activity_on IS NOT NULL")

    @api.depends("kind_id", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for document in self:
            names = [document.kind_id.name, document.number]
            document.display_name = " ".join(filter(None, names))

    @api.depends("issued_on", "kind_id")
    def _compute_expires_on(self):
        for document in self:
            months = document.kind_id.has_expiry and document.kind_id.validity_months
            if document.issued_on and months:
                document.expires_on = document.issued_on + relativedelta(months=months)

    @api.depends("number", "kind_id", "file_count")
    def _compute_is_complete(self):
        for document in self:
            document.is_complete = not document._get_lacking()

    def _get_lacking(self):
        """Return the names of the fields that its kind asks for and that are empty."""
        kind = self.kind_id
        lacking = []
        if kind.needs_file and not self.file_count:
            lacking.append("file_ids")
        if kind.needs_number and not (self.number or "").strip():
            lacking.append("number")
        return lacking

    @api.depends("expires_on", "kind_id", "active", "reminded_for")
    def _compute_remind_on(self):
        for document in self:
            end, kind = document.expires_on, document.kind_id
            day = end and end - relativedelta(days=kind.remind_days)
            is_due = document.active and document.reminded_for != end
            document.remind_on = day
            document.activity_on = day if kind.adds_activity and is_due else False

    @api.depends("is_complete", "expires_on", "remind_on")
    @api.depends_context("uid")
    def _compute_state(self):
        today = self.env.user._get_relations_today()
        for document in self:
            document.state = document._get_state(today)

    def _get_state(self, today):
        if not self.is_complete:
            return "missing"
        if self.expires_on and self.expires_on < today:
            return "expired"
        if self.remind_on and self.remind_on <= today:
            return "expiring"
        return "there"

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._get_state_domain(state) for state in value)

    @api.model
    def _get_state_domain(self, state):
        today = self.env.user._get_relations_today()
        complete = Domain("is_complete", "=", True)
        expired = Domain("expires_on", "<", today)
        valid = Domain("expires_on", "=", False) | Domain("expires_on", ">=", today)
        early = Domain("remind_on", "=", False) | Domain("remind_on", ">", today)
        domains = {
            "missing": ~complete,
            "expired": complete & expired,
            "expiring": complete & valid & Domain("remind_on", "<=", today),
            "there": complete & valid & early,
        }
        return domains.get(state, Domain.FALSE)

    @api.constrains("issued_on", "expires_on")
    def _check_dates(self):
        for document in self:
            issued, end = document.issued_on, document.expires_on
            if issued and end and end < issued:
                raise ValidationError(
                    self.env._(
                        "“Expires On” (%(end)s) lies before “Issued On” (%(issued)s).",
                        end=self.env.user._tell_day(end),
                        issued=self.env.user._tell_day(issued),
                    )
                )

    @api.constrains("order_id", "partner_id")
    def _check_order_id(self):
        for document in self.filtered("order_id"):
            # Superuser: whose order it is, whoever may open it.
            buyer = document.order_id.sudo().partner_id.commercial_partner_id
            if buyer != document.sudo().customer_id:
                raise ValidationError(
                    self.env._(
                        "The order %(order)s is another customer's.",
                        order=document.order_id.sudo().name,
                    )
                )

    @api.constrains("replaces_id", "kind_id", "partner_id")
    def _check_replaces_id(self):
        for document in self.filtered("replaces_id"):
            old = document.replaces_id
            if (old.kind_id, old.customer_id) != (
                document.kind_id,
                document.customer_id,
            ):
                raise ValidationError(
                    self.env._("A document replaces one of its kind and customer.")
                )

    @api.model
    def _get_kept_title(self):
        return self.env._("Customer Document")

    @api.model
    def _is_kept_confidential(self):
        return True

    def action_open_customer(self):
        self.ensure_one()
        return self.customer_id.action_open_customer()

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Customer Document"),
            "res_model": self._name,
            "res_id": self[:1].id,
            "views": [(False, "form")],
        }
