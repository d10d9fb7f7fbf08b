from odoo import models


class MailNotification(models.Model):
    _inherit = "mail.notification"

    def write(self, vals):
        # A server that refuses a recipient names the address.
        if vals.get("failure_reason"):
            hidden = self.env["crm.hidden.value"]
            reason = hidden._scrub(vals["failure_reason"])
            vals = {**vals, "failure_reason": reason}
        return super().write(vals)
