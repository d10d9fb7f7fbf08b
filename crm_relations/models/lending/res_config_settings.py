from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .crm_confidential_access import DEFAULT_DAYS, PARAMETER

LONGEST_DAYS = 36500


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    loan_days_most = fields.Integer(related="company_id.loan_days_most", readonly=False)
    relations_confidential_log_days = fields.Integer(
        string="Keep the Log for (days)",
        config_parameter=PARAMETER,
        default=DEFAULT_DAYS,
    )

    @api.constrains("relations_confidential_log_days")
    def _check_confidential_log_days(self):
        for settings in self:
            if not 30 <= settings.relations_confidential_log_days <= LONGEST_DAYS:
                raise ValidationError(
                    self.env._("The log of confidential parts: 30 to 36500 days.")
                )
