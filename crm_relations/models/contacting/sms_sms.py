from odoo import models

from ...tools.sms_log_api import SmsApiLog


class SmsSms(models.Model):
    """Each message leaves through the provider of its own company.

    Odoo sends a whole batch through one, and ``send`` through its paid service
    whatever the company has chosen: a message of a company that only logs must
    never take that way.
    """

    _inherit = "sms.sms"

    def _split_by_api(self):
        logged = self.filtered(lambda sms: sms._get_sms_company()._logs_sms())
        for company, some in logged.grouped(lambda sms: sms._get_sms_company()).items():
            api = SmsApiLog(self.env)
            api._set_company(company)
            yield api, some
        if others := self - logged:
            yield from super(SmsSms, others)._split_by_api()

    def _send(self, unlink_failed=False, unlink_sent=True, raise_exception=False):
        options = {
            "unlink_failed": unlink_failed,
            "unlink_sent": unlink_sent,
            "raise_exception": raise_exception,
        }
        if self.env.context.get("sms_api"):  # Odoo's: they have been split already
            return super()._send(**options)
        for company, some in self.grouped(lambda sms: sms._get_sms_company()).items():
            # Odoo asks the current company where a message names none.
            some = some.with_company(company)
            super(SmsSms, some)._send(**options)
        return None
