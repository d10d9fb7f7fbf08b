from odoo import fields, models


class CrmComplaintImportLine(models.TransientModel):
    """A row that is not imported, and why."""

    _name = "crm.complaint.import.line"
    _description = "Row of a table of complaints"
    _order = "code desc, number, id"

    import_id = fields.Many2one(
        comodel_name="crm.complaint.import",
        required=True,
        ondelete="cascade",
        index=True,
    )
    number = fields.Integer(string="Row", readonly=True)
    reference = fields.Char(readonly=True)
    code = fields.Selection(
        selection=[("wrong", "Refused"), ("known", "Imported before")],
        string="Result",
        readonly=True,
    )
    message = fields.Char(string="Reason", readonly=True)
    complaint_id = fields.Many2one(comodel_name="crm.complaint", readonly=True)
