from odoo import fields, models


class MailActivityType(models.Model):
    _inherit = "mail.activity.type"

    followup_kind_id = fields.Many2one(
        comodel_name="crm.followup.kind",
        string="Logs a Follow-up",
        ondelete="set null",
        help="Marked as done on a customer, an opportunity or a quotation, an activity "
        "of this type becomes a follow-up of this kind by itself.",
    )
