from odoo import api, fields, models
from odoo.exceptions import UserError

# Of an order: who it is for, and in which money, says what its prices grant.
PRICING = {"partner_id", "pricelist_id", "currency_id"}


class SaleOrder(models.Model):
    """A discount beyond what the tier of the customer allows is approved before the
    quotation is confirmed: once, for this order and up to this discount."""

    _inherit = "sale.order"

    concession_ids = fields.One2many(
        comodel_name="crm.concession", inverse_name="order_id", copy=False
    )
    discount_hint = fields.Char(
        compute="_compute_discount_hint",
        compute_sudo=True,
        string="Discount to Approve",
    )

    @api.depends("order_line.price_subtotal", "partner_id", "state")
    @api.depends_context("lang")
    def _compute_discount_hint(self):
        guarded = self.filtered(lambda order: order.state in ("draft", "sent"))
        refused = guarded._get_discount_refusals()
        for order in self:
            order.discount_hint = refused.get(order.id, False)

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders.filtered(lambda order: order.state == "sale")._check_discount()
        return orders

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "sale":
            self._check_discount()
        elif not PRICING.isdisjoint(vals):
            self.filtered(lambda order: order.state == "sale")._check_discount()
        return result

    def _has_to_be_signed(self):
        return super()._has_to_be_signed() and not self.discount_hint

    def _has_to_be_paid(self):
        return super()._has_to_be_paid() and not self.discount_hint

    def action_ask_discount(self):
        """Open the concession with which the discount of this is asked for."""
        self.ensure_one()
        self.check_access("write")
        # Superuser: what was counted from lines is typed by nobody.
        concessions = self.env["crm.concession"].sudo()
        waiting = concessions.search(
            [
                *(("order_id", "=", self.id), ("is_counted", "=", True)),
                ("state", "in", ("draft", "asked")),
            ],
            limit=1,
        )
        if not waiting:
            waiting = concessions._count_for(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Discount to Approve"),
            "res_model": "crm.concession",
            "res_id": waiting.id,
            "views": [(False, "form")],
        }

    def _filter_guarded_orders(self):
        """Return the orders of customers whose tier guards them."""
        guards = self.env["crm.tier"]._get_ids_that_guard()
        if not guards or not self:
            return self.browse()
        # Superuser: the tier of the customer, whoever confirms the order.
        return self.filtered(
            lambda order: (
                order.sudo().partner_id.commercial_partner_id.tier_id.id in guards
            )
        )

    def _get_discount_refusals(self):
        """Return ``{id: why}`` of those whose discount nobody has approved yet."""
        refused = {}
        for order in self._filter_guarded_orders():
            if order._get_uncovered_discount():
                counted = order._prepare_counted()
                [findings] = counted._judge().values()
                if findings:
                    told = counted._tell_findings(findings)
                    refused[order.id] = self.env._(
                        "The discount comes to %(amount)s. %(why)s",
                        amount=order.currency_id.format(order._count_discount()),
                        why=told,
                    )
        return refused

    def _check_discount(self):
        """Refuse a discount that has to be approved first; keep the others as granted.

        :raise UserError: tells whom to ask
        """
        # One after the other: what one of them is granted counts for the next.
        for order in self._filter_guarded_orders():
            for why in order._get_discount_refusals().values():
                raise UserError(
                    self.env._(
                        "%(order)s cannot be confirmed yet. %(why)s Ask for it with "
                        "the button “Ask for the Discount”.",
                        order=order.name,
                        why=why,
                    )
                )
            if order._get_uncovered_discount():
                # Superuser: that it was granted is written by nobody.
                concessions = self.env["crm.concession"].sudo()
                concessions._count_for(order).ask()
