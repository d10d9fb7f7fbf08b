from odoo import models
from odoo.exceptions import UserError


class LoyaltyGenerateWizard(models.TransientModel):
    _inherit = "loyalty.generate.wizard"

    def generate_coupons(self):
        """A wallet of a club is made as somebody joins."""
        if self.program_id.filtered(lambda program: program._get_club()):
            raise UserError(
                self.env._("Cards of a club are made as members join: invite them.")
            )
        return super().generate_coupons()
