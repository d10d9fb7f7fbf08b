from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .crm_giving_mixin import DECIDED

KINDS = [
    ("price", "Price"),
    ("terms", "Payment terms"),
    ("goods", "Free goods"),
    ("rush", "Rush delivery"),
    ("other", "Other"),
]
STATES = [
    ("draft", "Draft"),
    ("asked", "To approve"),
    ("approved", "Granted"),
    ("refused", "Refused"),
]
COUNTERS = [
    ("none", "Nothing"),
    ("owed", "Owed"),
    ("fulfilled", "Fulfilled"),
    ("waived", "Waived"),
]


class CrmConcession(models.Model):
    """What a customer is granted beyond what is usual, and what it gives in return.

    The discount of a quotation is counted from its lines, nobody types it.
    """

    _name = "crm.concession"
    _description = "Concession"
    _inherit = ["crm.giving.mixin"]
    _order = "date desc, id desc"
    _decided = (
        *(*DECIDED, "counter_state", "counter_done_on", "counter_done_by_id"),
        *("waive_reason", "is_counted"),
    )
    _given = frozenset(
        (
            *("partner_id", "kind", "name", "value", "reason", "order_id", "user_id"),
            *("counter_value", "counter_amount", "counter_due"),
        )
    )

    user_id = fields.Many2one(string="Granted By")
    name = fields.Char(string="What", required=True)
    kind = fields.Selection(selection=KINDS, required=True, default="price")
    date = fields.Date(
        string="On",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        default=lambda self: self.env.user._get_relations_today(),
    )
    value = fields.Monetary(
        help="What it costs you. Of the discount of a quotation it is counted from its "
        "lines, against the prices of the customer.",
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Quotation",
        index="btree_not_null",
        ondelete="set null",
        domain="[('partner_id.commercial_partner_id', '=', partner_id)]",
    )
    is_counted = fields.Boolean(
        readonly=True,
        copy=False,
        export_string_translation=False,
        help="The discount of the whole order, counted from its lines.",
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
    counter_value = fields.Char(
        string="In Return",
        help="What the customer gives for it: an order by a day, a reference, payment "
        "in advance.",
    )
    counter_amount = fields.Monetary(string="Worth")
    counter_due = fields.Date(string="Until", index="btree_not_null")
    counter_state = fields.Selection(
        selection=COUNTERS,
        string="In Return: Status",
        readonly=True,
        copy=False,
        default="none",
        required=True,
    )
    counter_done_on = fields.Date(string="Settled On", readonly=True, copy=False)
    counter_done_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Settled By",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    waive_reason = fields.Char(string="Waived Because", readonly=True, copy=False)

    _positive = models.Constraint(
        "CHECK(value >= 0 AND counter_amount >= 0)",
        "What is granted, and what is given for it, is not below zero.",
    )
    _owed_idx = models.Index("(counter_due, id) WHERE counter_state = 'owed'")

    @api.depends("name", "value", "currency_id")
    def _compute_display_name(self):
        for one in self:
            worth = one.currency_id and one.currency_id.format(one.value)
            one.display_name = " · ".join(filter(None, [one.name, worth]))

    @api.model
    def _complete(self, vals):
        """Without a customer it is that of the quotation."""
        vals = {**super()._complete(vals)}
        if vals.get("order_id") and not vals.get("partner_id"):
            order = self.env["sale.order"].browse(vals["order_id"]).exists()
            vals["partner_id"] = order.partner_id.commercial_partner_id.id
        return vals

    @api.constrains("partner_id", "order_id")
    def _check_order(self):
        # Superuser: whose quotation it is.
        for one in self.sudo().filtered("order_id"):
            if one.order_id.partner_id.commercial_partner_id != one.partner_id:
                raise ValidationError(
                    self.env._("Choose a quotation of the customer: %s.", one.name)
                )

    @api.constrains("counter_due", "counter_value")
    def _check_counter(self):
        for one in self:
            if one.counter_due and not one.counter_value:
                raise ValidationError(
                    self.env._("Say what the customer gives in return until that day.")
                )

    def _check_customer(self):
        """Whoever works on the quotation may ask for its discount."""
        if not self.env.su:
            on_orders = self.filtered(lambda one: one._may_write_order())
            super(CrmConcession, self - on_orders)._check_customer()
            return
        super()._check_customer()

    def _may_write_order(self):
        return bool(self.order_id) and self.order_id.has_access("write")

    def _get_not_in_charge(self):
        denied = super()._get_not_in_charge()
        mine = self.filtered(lambda one: one._may_write_order())
        return {number: why for number, why in denied.items() if number not in mine.ids}

    def _get_history_line(self):
        """Return what the timeline of the customer shows: as a ledger's line does."""
        # Superuser: names of colleagues.
        one = self.sudo()
        kinds, states, counters = (
            dict(self._fields[name]._description_selection(self.env))
            for name in ("kind", "state", "counter_state")
        )
        in_return = one.counter_value and self.env._(
            "In return: %(what)s (%(state)s)",
            what=one.counter_value,
            state=counters[one.counter_state],
        )
        words = [one.display_name, kinds[one.kind], one.order_id.name, in_return]
        return {
            "date": self.env.user._tell_day(one.date),
            "title": self.env._("Concession: %(state)s", state=states[one.state]),
            "text": " · ".join(filter(None, words)),
            "by": one.user_id.name or "",
        }
