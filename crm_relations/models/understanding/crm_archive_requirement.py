from odoo import fields, models

# The section that is asked of key accounts besides the four of every archive.
UNDERSTANDING = "understanding"


class CrmArchiveRequirement(models.Model):
    """What must be known of a key account: a section more, judged by itself, so that
    the completeness of an archive means the same for all customers."""

    _inherit = "crm.archive.requirement"

    section = fields.Selection(
        selection_add=[(UNDERSTANDING, "Understanding of key accounts")],
        ondelete={UNDERSTANDING: "cascade"},
    )
