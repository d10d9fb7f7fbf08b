from odoo import fields, models

from ...tools.sms_log_api import SmsApiLog


class ResCompany(models.Model):
    _inherit = "res.company"

    relations_sms_provider = fields.Selection(
        selection=[
            ("none", "No text messages"),
            ("odoo", "The provider set up in Odoo"),
            ("log", "Only write them down (development)"),
        ],
        string="Text Messages of Care",
        required=True,
        default="none",
        help="No text messages: care that would send one becomes an activity. The "
        "provider set up in Odoo: they leave through Odoo's queue and cost money. "
        "Only write them down: no text message of this company leaves the machine, "
        "those of Odoo's other apps included; all stand in a list instead.",
    )
    care_quiet_from = fields.Float(
        string="Quiet from",
        default=21.0,
        help="From this hour on customers get no message, by their own clock.",
    )
    care_quiet_until = fields.Float(
        string="Quiet until",
        default=8.0,
        help="What falls into the quiet hours is sent at this hour, by the clock of "
        "the customer. The same hour twice: no quiet hours.",
    )

    _care_quiet_hours = models.Constraint(
        "CHECK(care_quiet_from >= 0 AND care_quiet_from < 24"
        " AND care_quiet_until >= 0 AND care_quiet_until < 24)",
        "Quiet hours begin and end between 0:00 and 23:59.",
    )

    def _logs_sms(self):
        # Superuser: a setting, asked for whoever sends.
        return self.sudo().relations_sms_provider == "log"

    def _get_sms_api_class(self):
        if self._logs_sms():
            return SmsApiLog
        return super()._get_sms_api_class()
