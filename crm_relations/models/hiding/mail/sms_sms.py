from odoo import models

from ....tools.sms_known_api import SmsApiKnown


class SmsSms(models.Model):
    """The hidden number is put in where the message is handed to the provider."""

    _inherit = "sms.sms"

    def _send_with_api(self, sms_api, **options):
        if self.env["crm.pool"]._hides_anything():
            lacking = self.filtered(lambda sms: not sms.number and sms.partner_id)
            known = lacking.partner_id._get_known_values()
            numbers = {
                sms.uuid: known[sms.partner_id.id]["phone_sanitized"]
                or known[sms.partner_id.id]["phone"]
                for sms in lacking
            }
            if numbers:
                sms_api = SmsApiKnown(sms_api, numbers)
        return super()._send_with_api(sms_api, **options)
