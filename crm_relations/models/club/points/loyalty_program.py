from odoo import fields, models
from odoo.exceptions import UserError


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    club_ids = fields.One2many(
        comodel_name="crm.club",
        inverse_name="program_id",
    )

    def _get_club(self):
        """Return the club whose points this program keeps, as superuser: how points
        last is asked by whoever confirms an order."""
        return self.sudo().with_context(active_test=False).club_ids[:1]

    def write(self, vals):
        """What the wallet of a club is stays what it is."""
        # Superuser: whether there is a club, whoever writes.
        clubs = self.sudo().with_context(active_test=False).club_ids
        others = vals.get("program_type", "loyalty") != "loyalty"
        # Odoo deletes cards of programs for one order as it is confirmed.
        if clubs and (others or vals.get("applies_on") == "current"):
            raise UserError(
                self.env._("The points of a club are kept by a loyalty program.")
            )
        if clubs and "company_id" in vals and not self.env.su:
            raise UserError(
                self.env._("The program of a club belongs where the club does.")
            )
        return super().write(vals)
