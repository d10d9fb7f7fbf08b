from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .crm_complaint_action import MOST_DAYS


class ResCompany(models.Model):
    _inherit = "res.company"

    complaint_efficacy_days = fields.Integer(
        string="Check Actions After (Days)",
        default=30,
        help="So many days after an action is done somebody else checks whether it has "
        "helped.",
    )

    @api.constrains("complaint_efficacy_days")
    def _check_complaint_efficacy_days(self):
        if not all(0 <= own.complaint_efficacy_days <= MOST_DAYS for own in self):
            raise ValidationError(
                self.env._("Check actions after 0 to %s days.", MOST_DAYS)
            )
