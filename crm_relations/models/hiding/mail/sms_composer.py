from odoo import models


class SmsComposer(models.TransientModel):
    """A text message of the system reaches whose number is hidden; one typed by hand
    waits until they are claimed."""

    _inherit = "sms.composer"

    def action_send_sms(self):
        self._check_no_hidden_recipients()
        return super().action_send_sms()

    def action_send_sms_mass_now(self):
        self._check_no_hidden_recipients()
        return super().action_send_sms_mass_now()

    def _check_no_hidden_recipients(self):
        """Refuse what a person sends to whom is hidden from him."""
        if not self.env["crm.pool"]._hides_anything():
            return
        for composer in self:
            records = composer._get_records()
            if records:
                partners = records._mail_get_partners().values()
                self.env["res.partner"].union(*partners)._check_may_be_written_to()

    def _prepare_mass_sms_values(self, records):
        values = super()._prepare_mass_sms_values(records)
        if not self.env["crm.pool"]._hides_anything():
            return values
        for record_id, partners in records._mail_get_partners().items():
            vals = values[record_id]
            partner = partners.filtered("hidden_phone")[:1]
            if vals["failure_type"] == "sms_number_missing" and partner:
                # Sent by the queue, which asks for the number.
                vals |= {"state": "outgoing", "failure_type": "", "number": False}
                vals["partner_id"] = partner.id
        return values
