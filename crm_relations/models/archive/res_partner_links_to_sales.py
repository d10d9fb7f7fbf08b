from datetime import datetime, time

from dateutil.relativedelta import relativedelta

from odoo import fields, models

from ...tools.arguments import Day
from ...tools.tact import to_utc

UNPAID = ("not_paid", "partial", "in_payment")


class ResPartner(models.Model):
    """What stands behind the figures of sales: each of them opens what it counts."""

    _inherit = "res.partner"

    def action_view_orders_of_month(self, month: Day):
        """Open the confirmed orders of a month, told by any of its days."""
        self.ensure_one()
        first = (month or fields.Date.context_today(self)).replace(day=1)
        zone = self._get_relation_company()._get_relations_tz()
        start, end = (
            to_utc(datetime.combine(day, time.min), zone)
            for day in (first, first + relativedelta(months=1))
        )
        action = self.action_view_orders()
        when = [("date_order", ">=", str(start)), ("date_order", "<", str(end))]
        return {**action, "domain": [*action["domain"], *when]}

    def action_view_quotations(self):
        """Open the open quotations of this customer and its contacts."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open Quotations"),
            "res_model": "sale.order",
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": [
                ("partner_id.commercial_partner_id", "=", self.id),
                ("state", "in", ("draft", "sent")),
            ],
            "context": {"default_partner_id": self.id},
        }

    def action_view_receivable(self):
        """Open the invoices of this customer that are not paid yet."""
        return self._open_invoices(self.env._("Receivable"), [])

    def action_view_overdue(self):
        """Open the invoices of this customer that should be paid by now."""
        today = self._get_relation_company()._get_relations_today()
        due = [("invoice_date_due", "<", str(today))]
        return self._open_invoices(self.env._("Overdue"), due)

    def _open_invoices(self, name, domain):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "account.move",
            "views": [
                (self.env.ref("account.view_out_invoice_tree").id, "list"),
                (False, "kanban"),
                (False, "form"),
            ],
            "domain": [
                ("commercial_partner_id", "=", self.id),
                ("move_type", "in", ("out_invoice", "out_refund")),
                *[("state", "=", "posted"), ("payment_state", "in", UNPAID)],
                *domain,
            ],
            "context": {"create": False},
        }
