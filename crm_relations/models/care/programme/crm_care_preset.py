from odoo import fields, models


class CrmCarePreset(models.Model):
    """A ready maintenance table for one kind of business."""

    _name = "crm.care.preset"
    _description = "Preset of a care programme"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    sequence = fields.Integer(default=10)
    line_ids = fields.One2many(
        comodel_name="crm.care.preset.line", inverse_name="preset_id", string="Lines"
    )
