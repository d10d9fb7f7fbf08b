import json

from odoo import models


class MailScheduledMessage(models.Model):
    """What a person has written for later was written by hand as well, whatever kind of
    message it is called: it waits until those hidden from him are claimed."""

    _inherit = "mail.scheduled.message"

    def _post_message(self, raise_exception=True):
        if self.env["crm.pool"]._hides_anything():
            for message in self:
                if not message.create_uid._is_superuser():
                    message._call_comment()
        return super()._post_message(raise_exception)

    def _call_comment(self):
        options = json.loads(self.notification_parameters or "{}")
        if options.get("message_type") != "comment":
            options["message_type"] = "comment"
            self.notification_parameters = json.dumps(options)
