from odoo import models


class AccountMove(models.Model):
    """Credit notes change what was bought: what follows from that follows them."""

    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._returns_changed()
        return posted

    def button_draft(self):
        result = super().button_draft()
        self._returns_changed()
        return result

    def button_cancel(self):
        result = super().button_cancel()
        self._returns_changed()
        return result

    def _returns_changed(self):
        """Credit notes among these have come or gone, or invoices that replace what was
        credited: bring the figures of their customers up to date at commit."""
        kinds = ("out_refund", "out_invoice")
        # Superuser: figures follow from documents, whoever posts them.
        moves = self.sudo().filtered(lambda move: move.move_type in kinds)
        lines = moves.invoice_line_ids.sale_line_ids
        returned = lines.invoice_lines.move_id.filtered(
            lambda move: move.move_type == "out_refund"
        )
        if returned:
            lines.order_id.partner_id._get_their_customers()._purchases_changed()
