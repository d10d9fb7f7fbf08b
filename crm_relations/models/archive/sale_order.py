from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, format_amount

from ...tools.sentences import join_label


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _action_confirm(self):
        result = super()._action_confirm()
        self.partner_id._become_managed_customers()
        self.partner_id._get_their_customers()._purchases_changed()
        return result

    def _action_cancel(self):
        confirmed = self.filtered(lambda order: order.state == "sale")
        result = super()._action_cancel()
        # Superuser: whose figures follow, whoever may see the order.
        contacts = confirmed.sudo().partner_id
        contacts._get_their_customers()._purchases_changed()
        return result

    def _compute_amounts(self):
        """What changes in a confirmed order, its figures follow at once as well."""
        result = super()._compute_amounts()
        confirmed = self._origin & self  # not as a form shows what is not saved yet
        confirmed = confirmed.filtered(lambda order: order.state == "sale")
        if confirmed:
            # Superuser: as above.
            contacts = confirmed.sudo().partner_id
            contacts._get_their_customers()._purchases_changed()
        return result

    @api.model
    def _get_purchase_domain(self):
        """Return which orders are purchases: confirmed ones that give no money back."""
        return Domain("state", "=", "sale") & Domain("amount_untaxed", ">=", 0)

    @api.model
    def _get_purchase_sql(self, alias):
        """Return ``_get_purchase_domain`` as the SQL of the table ``alias``, after
        flushing what it reads."""
        self.flush_model(["state", "amount_untaxed"])
        return SQL(
            "(%s = 'sale' AND (%s < 0) IS NOT TRUE)",
            SQL.identifier(alias, "state"),
            SQL.identifier(alias, "amount_untaxed"),
        )

    def _get_history_line(self):
        """Return what the timeline of the customer shows: as a ledger's line does."""
        # Superuser: the name of a colleague, to who may read the order.
        order = self.sudo()
        amount = format_amount(self.env, order.amount_untaxed, order.currency_id)
        return {
            "date": order.partner_id._format_history_moment(order.date_order),
            "title": join_label(self.env, order.name, amount),
            "text": order.client_order_ref or "",
            "by": order.user_id.name or "",
            "res_model": self._name,
            "res_id": self.id,
        }
