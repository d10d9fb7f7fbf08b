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
        if "program_type" in vals and clubs and vals["program_type"] != "loyalty":
            raise UserError(
                self.env._("The points of a club are kept by a loyalty program.")
            )
        return super().write(vals)
