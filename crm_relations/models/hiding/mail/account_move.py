from odoo import models


class AccountMove(models.Model):
    """Sending an invoice is the company's business, whoever presses the button."""

    _inherit = "account.move"

    def _is_written_by_hand(self, message, msg_vals):
        return False
