from odoo import fields, models

TARGETS = [
    ("reference", "Reference of the source"),
    ("subject", "Subject"),
    ("facts", "What happened"),
    ("demand", "What is asked for"),
    ("category", "Category"),
    ("occurred_on", "Day it happened"),
    ("safety", "Safety (yes, or a number)"),
    ("customer", "Customer (number or e-mail)"),
    ("caller_name", "Name of the caller"),
    ("caller_phone", "Phone of the caller"),
    ("caller_email", "E-mail of the caller"),
    ("product", "Product (number or name)"),
    ("lot", "Lot or serial number"),
    ("note", "Kept beside what happened"),
    ("skip", "Left out"),
]


class CrmComplaintImportColumn(models.TransientModel):
    """What a column of the table is: several of one kind are put together."""

    _name = "crm.complaint.import.column"
    _description = "Column of a table of complaints"
    _inherit = ["crm.table.column.mixin"]

    import_id = fields.Many2one(
        comodel_name="crm.complaint.import",
        required=True,
        ondelete="cascade",
        index=True,
    )
    target = fields.Selection(
        selection=TARGETS, string="Becomes", required=True, default="note"
    )
