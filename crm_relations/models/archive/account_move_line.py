from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # Returned goods may stand on an invoice of other goods, as a negative quantity:
    # few among millions of lines, which nobody should have to read for them.
    _taken_back_idx = models.Index(
        "(move_id) WHERE quantity < 0 AND display_type = 'product'"
    )
