from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .res_partner_derived_value import DEEPEST, DEPTH


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    relations_referral_value_depth = fields.Integer(
        string="Value by Referrals over (steps)",
        config_parameter=DEPTH[0],
        default=DEPTH[1],
        help="1: whom a customer has brought itself; 2: also whom these have brought, "
        "and so on. 0: not at all.",
    )

    @api.constrains("relations_referral_value_depth")
    def _check_relations_referral_value_depth(self):
        for settings in self:
            if not 0 <= settings.relations_referral_value_depth <= DEEPEST:
                raise ValidationError(
                    self.env._(
                        "The value by referrals counts over 0 to %(deepest)s steps.",
                        deepest=DEEPEST,
                    )
                )

    def set_values(self):
        result = super().set_values()
        # Odoo keeps no zero: without the parameter the default would hold.
        if not self.relations_referral_value_depth:
            # Superuser: as Odoo itself keeps the others.
            self.env["ir.config_parameter"].sudo().set_param(DEPTH[0], "0")
        return result
