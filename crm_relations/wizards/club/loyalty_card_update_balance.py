from odoo import models


class LoyaltyCardUpdateBalance(models.TransientModel):
    _inherit = "loyalty.card.update.balance"

    def action_update_card_point(self):
        """Superuser for the ledger, which is closed: who may was asked."""
        if not self.card_id._filter_club():
            return super().action_update_card_point()
        self.card_id._check_may_change_points()
        return super(LoyaltyCardUpdateBalance, self.sudo()).action_update_card_point()
