from odoo import fields, models

TARGETS = [
    ("wave", "Wave"),
    ("unit", "Who was scored"),
    ("factor", "Factor (empty: the index)"),
    ("score", "Score"),
    ("base", "Number of answers"),
    ("peer", "Average of the competitors"),
    ("rank", "Rank (3, or 3/12)"),
    ("rank_of", "How many were ranked"),
    ("weight", "Weight of the factor"),
    ("date_from", "First day"),
    ("date_to", "Last day"),
    ("skip", "Left out"),
]


class CrmSatisfactionWaveImportColumn(models.TransientModel):
    """What a column of the table is."""

    _name = "crm.satisfaction.wave.import.column"
    _description = "Column of a table of scores"
    _inherit = ["crm.table.column.mixin"]

    import_id = fields.Many2one(
        comodel_name="crm.satisfaction.wave.import",
        required=True,
        ondelete="cascade",
        index=True,
    )
    target = fields.Selection(
        selection=TARGETS, string="Becomes", required=True, default="skip"
    )
