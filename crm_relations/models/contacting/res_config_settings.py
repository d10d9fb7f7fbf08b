from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    relations_sms_provider = fields.Selection(
        related="company_id.relations_sms_provider", readonly=False
    )
    care_quiet_from = fields.Float(related="company_id.care_quiet_from", readonly=False)
    care_quiet_until = fields.Float(
        related="company_id.care_quiet_until", readonly=False
    )

    @api.constrains("care_quiet_from", "care_quiet_until")
    def _check_care_quiet_hours(self):
        for settings in self:
            hours = settings.care_quiet_from, settings.care_quiet_until
            if not all(0 <= hour < 24 for hour in hours):
                raise ValidationError(
                    self.env._("Quiet hours begin and end between 0:00 and 23:59.")
                )
