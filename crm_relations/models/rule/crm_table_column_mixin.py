from odoo import fields, models


class CrmTableColumnMixin(models.AbstractModel):
    """A column of a table that somebody uploads. Who uses it gives ``import_id`` and
    ``target``."""

    _name = "crm.table.column.mixin"
    _description = "Column of a table"
    _order = "sequence, id"

    sequence = fields.Integer(readonly=True)
    name = fields.Char(string="Column", required=True, readonly=True)
    example = fields.Char(readonly=True)
