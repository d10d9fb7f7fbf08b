from odoo import api, fields, models
from odoo.fields import Domain

OPEN = ("draft", "sent")


class ResPartner(models.Model):
    """Orders and quotations of a customer that the reader may open: each figure equals
    the list behind it. What all of them come to is told by the figures of sales."""

    _inherit = "res.partner"

    order_count_seen = fields.Integer(
        string="Orders I Can Open",
        compute="_compute_documents",
        help="Confirmed orders that you may open, without those that give money back. "
        "Who may open none reads how many there are.",
    )
    open_quotation_count = fields.Integer(
        string="Open Quotations",
        compute="_compute_documents",
        help="Those that you may open; who may open none reads how many there are.",
    )
    open_quotation_amount = fields.Monetary(
        string="Value of Open Quotations",
        compute="_compute_documents",
        currency_field="relation_currency_id",
        help="Without taxes, of the quotations that are counted.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_documents(self):
        orders, quoted, amounts = {}, {}, {}
        for contact, state, currency, count, amount in self._find_documents():
            customer = self.browse(contact.commercial_partner_id.id)
            counts = orders if state == "sale" else quoted
            counts[customer] = counts.get(customer, 0) + count
            if state in OPEN:
                amounts.setdefault(customer, []).append((currency, amount))
        for partner in self:
            own = partner._origin
            partner.order_count_seen = orders.get(own, 0)
            partner.open_quotation_count = quoted.get(own, 0)
            partner.open_quotation_amount = partner._sum_in_relation_currency(
                amounts.get(own, [])
            )

    def _find_documents(self):
        """Return (contact, state, currency, count, amount) of the orders that count."""
        orders = self.env["sale.order"]
        if not orders.has_access("read"):
            # Superuser: totals of the customer, to who can open none of them.
            orders = orders.sudo()
        counted = self._get_order_domain() | self._get_quotation_domain()
        return orders._read_group(
            counted & Domain("company_id", "in", self.env.companies.ids),
            ["partner_id", "state", "currency_id"],
            ["__count", "amount_untaxed:sum"],
        )

    def _get_order_domain(self):
        """Return the confirmed orders of these customers and their contacts."""
        of_them = Domain("partner_id.commercial_partner_id", "in", self._origin.ids)
        return of_them & self.env["sale.order"]._get_purchase_domain()

    def _get_quotation_domain(self):
        of_them = Domain("partner_id.commercial_partner_id", "in", self._origin.ids)
        return of_them & Domain("state", "in", OPEN)

    def action_view_orders(self):
        """Open the confirmed orders of this customer and its contacts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sale.action_orders")
        return {
            **action,
            "domain": list(self._get_order_domain()),
            "context": {"default_partner_id": self.id},
        }

    def action_view_quotations(self):
        """Open the open quotations of this customer and its contacts."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open Quotations"),
            "res_model": "sale.order",
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": list(self._get_quotation_domain()),
            "context": {"default_partner_id": self.id},
        }
