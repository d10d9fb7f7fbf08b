from odoo import fields, models


class CrmSatisfactionWaveImportLine(models.TransientModel):
    """What is wrong with a cell, a row or the table."""

    _name = "crm.satisfaction.wave.import.line"
    _description = "Problem of a table of scores"
    _order = "number, id"

    import_id = fields.Many2one(
        comodel_name="crm.satisfaction.wave.import",
        required=True,
        ondelete="cascade",
        index=True,
    )
    number = fields.Integer(string="Row", readonly=True)
    column = fields.Char(readonly=True)
    cell = fields.Char(readonly=True)
    message = fields.Char(string="Problem", readonly=True)
