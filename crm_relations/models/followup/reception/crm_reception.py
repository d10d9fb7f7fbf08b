from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..crm_followup import CLOCK_TOLERANCE

DECIDED = frozenset(("received_at", "followup_id", "state"))
VISITORS_MOST = 1000


class CrmReception(models.Model):
    """Someone who walked in, or called in, and what became of it.

    Arrival, hand-over to a consultant, leaving: three times, in this order. With the
    hand-over a follow-up begins, since from then on somebody talks to the customer.
    What the hand-over decides is written by nobody (``DECIDED``): through it the front
    desk would reach follow-ups of others.
    """

    _name = "crm.reception"
    _description = "Reception"
    _inherit = ["mail.thread", "crm.colleague.mixin"]
    _order = "arrived_at desc, id desc"
    _rec_name = "name"

    phone = fields.Char()
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer or Contact",
        index=True,
        ondelete="set null",
        tracking=True,
        help="Found by the telephone number; else a new customer is made.",
    )
    name = fields.Char(
        string="Visitor",
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    way = fields.Selection(
        selection=[("walk_in", "Walked in"), ("call_in", "Called in")],
        string="Came By",
        required=True,
        default="walk_in",
    )
    visitor_count = fields.Integer(string="Persons", default=1)
    arrived_at = fields.Datetime(
        string="Arrived",
        required=True,
        default=fields.Datetime.now,
        index=True,
        tracking=True,
    )
    received_at = fields.Datetime(
        string="Handed Over", readonly=True, copy=False, tracking=True
    )
    left_at = fields.Datetime(string="Left", copy=False, tracking=True)
    state = fields.Selection(
        selection=[
            ("waiting", "Waiting"),
            ("served", "With consultant"),
            ("left", "Left"),
        ],
        string="Status",
        compute="_compute_state",
        store=True,
        precompute=True,
        index=True,
        group_expand=True,
    )
    minutes = fields.Integer(
        compute="_compute_minutes",
        help="Waiting: since the arrival. With a consultant: since the hand-over. "
        "Left: from the hand-over to the end.",
    )
    consultant_id = fields.Many2one(
        comodel_name="res.users",
        domain="[('share', '=', False)]",
        copy=False,
        tracking=True,
        help="Empty: on hand-over the salesperson of the customer, if present, else "
        "the one of those present whose last turn is longest ago.",
        index="btree_not_null",
    )
    product_ids = fields.Many2many(
        comodel_name="product.template",
        string="Products of Interest",
        domain="[('sale_ok', '=', True)]",
    )
    intent = fields.Selection(
        selection=[
            ("high", "Buys soon"),
            ("medium", "Compares"),
            ("low", "Looks around"),
            ("none", "No intent to buy"),
        ],
        string="Intent Level",
    )
    need = fields.Text()
    background = fields.Text()
    source_id = fields.Many2one(
        comodel_name="utm.source", help="How the visitor came to know of us."
    )
    followup_id = fields.Many2one(
        comodel_name="crm.followup",
        string="Follow-up",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )

    _open_idx = models.Index("(company_id, arrived_at) WHERE left_at IS NULL")

    @api.depends("partner_id")
    def _compute_name(self):
        for reception in self:
            reception.name = reception.partner_id.name or reception.name

    @api.depends("received_at", "left_at")
    def _compute_state(self):
        for reception in self:
            reception.state = (
                "left"
                if reception.left_at
                else "served"
                if reception.received_at
                else "waiting"
            )

    @api.depends("arrived_at", "received_at", "left_at")
    def _compute_minutes(self):
        now = fields.Datetime.now()
        for reception in self:
            start = reception.received_at or reception.arrived_at or now
            end = reception.left_at or now
            reception.minutes = max(0, (end - start).total_seconds() // 60)

    @api.onchange("phone")
    def _onchange_phone(self):
        found = self._find_visitor(self.phone)
        if found:
            self.partner_id = found

    @api.constrains("arrived_at", "received_at", "left_at")
    def _check_times(self):
        latest = fields.Datetime.now() + CLOCK_TOLERANCE
        for reception in self:
            times = [reception.arrived_at, reception.received_at, reception.left_at]
            known = [time for time in times if time]
            if known != sorted(known):
                raise ValidationError(
                    self.env._("First arrival, then hand-over, then leaving, please.")
                )
            if known[-1] > latest:
                raise ValidationError(
                    self.env._("A reception is about now or before, not the future.")
                )

    @api.constrains("visitor_count")
    def _check_visitor_count(self):
        if any(not 1 <= reception.visitor_count <= VISITORS_MOST for reception in self):
            raise ValidationError(self.env._("How many persons came?"))

    def _has_field_access(self, field, operation):
        decided = operation == "write" and field.name in DECIDED
        return super()._has_field_access(field, operation) and (
            self.env.su or not decided
        )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [
                vals
                if vals.get("partner_id")
                else {**vals, "partner_id": self._get_visitor(vals).id}
                for vals in vals_list
            ]
        )

    @api.model
    def _find_visitor(self, phone):
        """Return the partner with this telephone number, the likeliest one."""
        followups = self.env["crm.followup"]
        _digits, found, _certain = followups._read_number(phone, self.env.company)
        return found[:1].sudo(False)

    @api.model
    def _get_visitor(self, vals):
        """Return who came: found by the number, else made of what is known."""
        phone, name = vals.get("phone"), str(vals.get("name") or "").strip()
        found = self._find_visitor(phone)
        if found:
            return found
        if not name:
            raise UserError(
                self.env._(
                    "Nobody has this telephone number yet. What is the visitor's name?"
                )
            )
        return self.env["res.partner"].create(
            {"name": name, "phone": phone, "is_managed_customer": True}
        )
