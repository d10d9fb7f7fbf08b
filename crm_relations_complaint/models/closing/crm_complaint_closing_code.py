from odoo import fields, models

KINDS = [
    ("monetary", "Monetary relief"),
    ("other", "Other relief"),
    ("explanation", "Explanation"),
    ("no_fault", "No fault found"),
    ("not_reached", "Customer not reached"),
    ("withdrawn", "Withdrawn by the customer"),
    ("duplicate", "Duplicate"),
]
# Withdrawing and merging close by themselves.
BY_THEMSELVES = {"withdrawn": "withdrawn", "merged": "duplicate"}


class CrmComplaintClosingCode(models.Model):
    """How a complaint ended, in terms that can be compared (ISO 10002, and those of
    public registers of complaints)."""

    _name = "crm.complaint.closing.code"
    _description = "Closing Code"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, copy=False, help="What programs call it; it does not change."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        selection=KINDS,
        required=True,
        default="explanation",
        help="Monetary relief needs a booked remedy that is worth money. Not reached "
        "needs the number of tries of the settings. Withdrawn and duplicate are set by "
        "withdrawing and merging.",
    )

    _code_uniq = models.UniqueIndex("(code)", "There is a closing code of this name.")
