from odoo import api, models


class MailFollowers(models.Model):
    _name = "mail.followers"
    _inherit = ["mail.followers", "crm.masked.mixin"]

    @api.model
    def _get_masked_fields(self):
        return {"email": "email"}
