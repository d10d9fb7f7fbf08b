from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .crm_giving_mixin import DECIDED

STATES = [
    ("draft", "Draft"),
    ("asked", "To approve"),
    ("approved", "Approved"),
    ("given", "Presented"),
    ("refused", "Refused"),
    ("returned", "Returned"),
]
# What counts against limits and budgets.
COUNTED = ("approved", "given")
MOST_DAYS_AGO, MOST_DAYS_AHEAD = 31, 366


class CrmGift(models.Model):
    """A gift to a person of a customer, or to the house: planned, within the limits or
    approved, given. What was given stays, also when it comes back."""

    _name = "crm.gift"
    _description = "Gift"
    _inherit = ["crm.giving.mixin"]
    _order = "date desc, id desc"
    _decided = (
        *(*DECIDED, "value", "cost", "is_official", "care_task_id"),
        *("given_by_id", "return_reason"),
    )
    _given = frozenset(
        (
            *("partner_id", "recipient_id", "item_id", "quantity", "occasion_id"),
            *("date", "user_id", "reason"),
        )
    )

    recipient_id = fields.Many2one(
        comodel_name="res.partner",
        index="btree_not_null",
        ondelete="set null",
        help="The person who gets it, or the customer itself. Limits count what the "
        "person has got from everybody here.",
    )
    item_id = fields.Many2one(
        comodel_name="crm.gift.item",
        string="Gift",
        required=True,
        index=True,
        ondelete="restrict",
        domain="['|', ('company_id', '=', False), ('company_id', '=', company_id)]",
    )
    quantity = fields.Integer(default=1, required=True)
    occasion_id = fields.Many2one(
        comodel_name="crm.gift.occasion", index="btree_not_null", ondelete="restrict"
    )
    date = fields.Date(
        string="On",
        required=True,
        index=True,
        default=lambda self: self.env.user._get_relations_today(),
        help="When it is, or was, handed over.",
    )
    value = fields.Monetary(
        compute="_compute_value",
        store=True,
        precompute=True,
        help="By the catalogue; the limits of gifts count it.",
    )
    cost = fields.Monetary(
        compute="_compute_value",
        store=True,
        precompute=True,
        help="By the catalogue; the gift budget of the customer's tier counts it.",
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
    is_official = fields.Boolean(
        string="Public Official",
        readonly=True,
        copy=False,
        help="Whether the recipient held a public office when it was asked for.",
    )
    given_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Recorded By",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Who has said that it was handed over.",
    )
    return_reason = fields.Char(string="Returned Because", readonly=True, copy=False)
    care_task_id = fields.Many2one(
        comodel_name="crm.care.task",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The care that has proposed it: giving it is doing that.",
    )

    _quantity_positive = models.Constraint(
        "CHECK(quantity BETWEEN 1 AND 1000)", "Give one at least, a thousand at most."
    )
    _care_uniq = models.UniqueIndex(
        "(care_task_id) WHERE care_task_id IS NOT NULL",
        "This care has its gift already.",
    )
    _counted_idx = models.Index(
        "(recipient_id, date) WHERE state IN ('approved', 'given')"
    )

    @api.depends("item_id", "quantity", "currency_id")
    def _compute_value(self):
        """Of a draft; a later change of the catalogue does not reach back."""
        for gift in self:
            item, today = gift.item_id, fields.Date.context_today(gift)
            company = gift.partner_id._get_relation_company()
            for name in ("value", "cost"):
                amount = item[name] * gift.quantity
                if item and gift.currency_id and item.currency_id != gift.currency_id:
                    amount = item.currency_id._convert(
                        amount, gift.currency_id, company, today
                    )
                gift[name] = amount

    @api.depends("item_id", "recipient_id", "quantity")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for gift in self:
            what = gift.item_id.name or ""
            if gift.quantity > 1:
                what = f"{what} × {gift.quantity}"
            words = [what, gift.recipient_id.name]
            gift.display_name = " · ".join(filter(None, words))

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        if self.recipient_id.commercial_partner_id != self.partner_id:
            self.recipient_id = self.partner_id

    @api.model
    def _complete(self, vals):
        """Without a customer it is that of the recipient; without a recipient, the
        customer itself."""
        vals = {**super()._complete(vals)}
        partners = self.env["res.partner"]
        if vals.get("recipient_id") and not vals.get("partner_id"):
            recipient = partners.browse(vals["recipient_id"]).exists()
            vals["partner_id"] = recipient.commercial_partner_id.id
        if vals.get("partner_id") and not vals.get("recipient_id"):
            vals["recipient_id"] = vals["partner_id"]
        return vals

    @api.constrains("partner_id", "recipient_id")
    def _check_recipient(self):
        # Superuser: to whom a contact belongs. A recipient that is deleted leaves the
        # gift to its customer.
        gone = (
            self.browse() if not self.env.su else self - self.filtered("recipient_id")
        )
        for gift in (self - gone).sudo():
            if gift.recipient_id.commercial_partner_id != gift.partner_id:
                raise ValidationError(
                    self.env._(
                        "%(person)s does not belong to %(customer)s: a gift counts for "
                        "who gets it.",
                        person=gift.recipient_id.name,
                        customer=gift.partner_id.name,
                    )
                )

    @api.constrains("date")
    def _check_date(self):
        today = self.env.user._get_relations_today()
        first = today - timedelta(days=MOST_DAYS_AGO)
        last = today + timedelta(days=MOST_DAYS_AHEAD)
        for gift in self:
            if gift.state == "draft" and not first <= gift.date <= last:
                raise ValidationError(
                    self.env._(
                        "A gift is recorded within a month, and planned for a year at "
                        "most."
                    )
                )

    @api.constrains("item_id", "partner_id")
    def _check_item(self):
        for gift in self:
            # Superuser: gifts of other companies are named by nobody here.
            company = gift.sudo().item_id.company_id
            if company and company != gift.partner_id._get_relation_company():
                raise ValidationError(
                    self.env._("Choose a gift of the company of the customer.")
                )

    def _get_history_line(self):
        """Return what the timeline of the customer shows: as a ledger's line does."""
        # Superuser: names of colleagues.
        gift = self.sudo()
        states = dict(self._fields["state"]._description_selection(self.env))
        words = [
            gift.display_name,
            gift.occasion_id.name,
            gift.currency_id.format(gift.value),
            gift.reason,
            gift.return_reason,
        ]
        return {
            "date": self.env.user._tell_day(gift.date),
            "title": self.env._("Gift: %(state)s", state=states[gift.state]),
            "text": " · ".join(filter(None, words)),
            "by": gift.user_id.name or "",
        }
