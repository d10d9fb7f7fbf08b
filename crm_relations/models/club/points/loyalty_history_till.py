from odoo import api, models


class LoyaltyHistory(models.Model):
    """A blank card of a customer who is no member has no ledger."""

    _inherit = "loyalty.history"

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        cards = self.env["loyalty.card"].browse(
            vals["card_id"] for vals in vals_list if vals.get("card_id")
        )
        blank = set(cards.exists()._filter_blank().ids)
        told = [vals for vals in vals_list if vals.get("card_id") not in blank]
        return super().create(told)
