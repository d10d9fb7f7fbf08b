from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    relations_digest_by_mail = fields.Boolean(
        string="Daily Digest by E-mail",
        default=True,
        help="What is due with your customers comes every working day as a chat "
        "message, and by e-mail as well unless you switch that off.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["relations_digest_by_mail"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["relations_digest_by_mail"]
