from odoo import fields, models


class CrmPoolRule(models.Model):
    """Own steps of the notices before a release."""

    _inherit = "crm.pool.rule"

    notice_step_ids = fields.One2many(
        comodel_name="crm.pool.notice.step",
        inverse_name="rule_id",
        string="Notices",
        copy=True,
    )
