from odoo import models


class MailComposeMessage(models.TransientModel):
    """A mailing reaches those whose address is hidden; a letter typed by hand waits
    until they are claimed."""

    _inherit = "mail.compose.message"

    def action_send_mail(self):
        self._check_no_hidden_recipients()
        return super().action_send_mail()

    def action_schedule_message(self):
        self._check_no_hidden_recipients()
        return super().action_schedule_message()

    def _check_no_hidden_recipients(self):
        """Refuse what a person sends to whom is hidden from him.

        :raise UserError: names one of them
        """
        if not self.env["crm.pool"]._hides_anything():
            return
        for composer in self:
            partners = composer.partner_ids
            if composer.model and composer.composition_mode == "mass_mail":
                records = self.env[composer.model].browse(composer._evaluate_res_ids())
                partners |= self.env["res.partner"].union(
                    *records._mail_get_partners().values()
                )
            partners._check_may_be_written_to()

    def _get_recipients_data(self, mail_values_dict):
        recipients = super()._get_recipients_data(mail_values_dict)
        if not self.env["crm.pool"]._hides_anything():
            return recipients
        addresses = self._get_hidden_addresses(mail_values_dict)
        for number, found in recipients.items():
            found["mail_to"] += addresses[number]
            found["mail_to_normalized"] += addresses[number]
        return recipients

    def _get_hidden_addresses(self, mail_values_dict):
        """Return ``{number: hidden addresses of the recipients of that mail}``."""
        ids = {
            number: [command[1] for command in values.get("recipient_ids") or []]
            for number, values in mail_values_dict.items()
        }
        partners = self.env["res.partner"].browse(set().union(*ids.values()) - {False})
        addresses = {
            number: (kinds.get("email") or {}).get("email_normalized")
            for number, kinds in partners._get_partner_kept().items()
        }
        return {
            number: [addresses[i] for i in some if addresses.get(i)]
            for number, some in ids.items()
        }

    def _get_blacklist_record_ids(self, mail_values_dict, recipients_info=None):
        """A hidden address may be on the blacklist as well."""
        listed = super()._get_blacklist_record_ids(mail_values_dict, recipients_info)
        mailing = self.use_exclusion_list and self.composition_mode == "mass_mail"
        if not mailing or not self.env["crm.pool"]._hides_anything():
            return listed
        addresses = {
            number: set(found["mail_to_normalized"])
            for number, found in (recipients_info or {}).items()
        }
        # Superuser: the blacklist holds for everybody.
        blacklist = self.env["mail.blacklist"].sudo()
        asked = set().union(*addresses.values())
        refused = blacklist.search([("email", "in", list(asked))])
        refused = set(refused.mapped("email"))
        return listed | {n for n, some in addresses.items() if refused & some}
