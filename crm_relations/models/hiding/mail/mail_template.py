from odoo import models
from odoo.tools.mail import email_normalize_all


class MailTemplate(models.Model):
    """A template that names the address of a customer finds none where it is hidden:
    then it is sent to the customer."""

    _inherit = "mail.template"

    def _generate_template_recipients(
        self, res_ids, render_fields, render_results=None, **options
    ):
        results = super()._generate_template_recipients(
            res_ids, render_fields, render_results=render_results, **options
        )
        if not self.model or not self.env["crm.pool"]._hides_anything():
            return results
        lost = [
            number
            for number in res_ids
            if number and not self._has_recipient(results.get(number, {}))
        ]
        records = self.env[self.model].browse(lost)
        for number, partners in records._mail_get_partners().items():
            if hidden := partners.filtered("hidden_email"):
                results.setdefault(number, {})["partner_ids"] = hidden.ids
                results[number]["email_to"] = False
        return results

    def _has_recipient(self, found):
        return bool(
            found.get("partner_ids")
            or found.get("partners")
            or email_normalize_all(found.get("email_to") or "")
        )
