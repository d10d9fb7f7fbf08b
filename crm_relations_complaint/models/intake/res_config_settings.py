from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """What customers may send to the complaint desk."""

    _inherit = "res.config.settings"

    complaint_files = fields.Integer(
        related="company_id.complaint_files", readonly=False
    )
    complaint_file_mb = fields.Integer(
        related="company_id.complaint_file_mb", readonly=False
    )
    complaint_reopen_days = fields.Integer(
        related="company_id.complaint_reopen_days", readonly=False
    )
    complaint_mails_per_hour = fields.Integer(
        related="company_id.complaint_mails_per_hour", readonly=False
    )
    complaint_answers_per_hour = fields.Integer(
        related="company_id.complaint_answers_per_hour", readonly=False
    )
