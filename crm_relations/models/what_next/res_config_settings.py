from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    next_rhythm_percent = fields.Integer(
        related="company_id.next_rhythm_percent", readonly=False
    )
    next_layer_percent = fields.Integer(
        related="company_id.next_layer_percent", readonly=False
    )
    next_due_percent = fields.Integer(
        related="company_id.next_due_percent", readonly=False
    )
    next_release_percent = fields.Integer(
        related="company_id.next_release_percent", readonly=False
    )
    next_quotation_percent = fields.Integer(
        related="company_id.next_quotation_percent", readonly=False
    )
    next_message_percent = fields.Integer(
        related="company_id.next_message_percent", readonly=False
    )
    next_contacted_percent = fields.Integer(
        related="company_id.next_contacted_percent", readonly=False
    )
    next_planned_percent = fields.Integer(
        related="company_id.next_planned_percent", readonly=False
    )
    next_lost_percent = fields.Integer(
        related="company_id.next_lost_percent", readonly=False
    )
    next_by_value = fields.Boolean(related="company_id.next_by_value", readonly=False)
