from odoo import fields, models


class ResCompany(models.Model):
    """What customers may send, how often, and how long an answer belongs to a complaint
    that is closed."""

    _inherit = "res.company"

    complaint_files = fields.Integer(
        string="Files of Customers",
        default=5,
        help="How many files a customer may send at once.",
    )
    complaint_file_mb = fields.Integer(
        string="Size of a File",
        default=10,
        help="How many megabytes a file of a customer may have. An e-mail may be as "
        "large as all files together.",
    )
    complaint_mails_per_hour = fields.Integer(
        string="Acknowledgements an Hour",
        default=5,
        help="How often in one hour the same address is told that a complaint has come "
        "in: who writes more often, may be a machine.",
    )
    complaint_answers_per_hour = fields.Integer(
        string="Answers an Hour",
        default=20,
        help="How often in one hour a customer may write to the same complaint on the "
        "page on which he follows it.",
    )
    complaint_reopen_days = fields.Integer(
        string="Days to Reopen",
        default=30,
        help="An answer to a complaint that was closed within so many days takes it up "
        "again; a later one is a new complaint that follows the old one.",
    )

    _complaint_upload_possible = models.Constraint(
        "CHECK (complaint_files > 0 AND complaint_file_mb > 0"
        " AND complaint_files * complaint_file_mb <= 60)",
        "Customers may send at least one file, and 60 MB at once at most.",
    )
    _complaint_limits_positive = models.Constraint(
        "CHECK (complaint_mails_per_hour >= 0 AND complaint_answers_per_hour > 0"
        " AND complaint_reopen_days >= 0)",
        "How often and how long customers are heard cannot be negative.",
    )

    def _tell_complaint_files(self):
        """Return what customers may send with a form, for them to read."""
        return self.env._(
            "Pictures, films, PDF: at most %(files)s, each up to %(size)s MB.",
            files=self.complaint_files,
            size=self.complaint_file_mb,
        )
