from odoo import fields, models


class CrmAccountLadderStep(models.Model):
    """A step of a ladder: reached with all the evidence that it asks for, and that of
    the steps below it. A step that asks for nothing is everybody's."""

    _name = "crm.account.ladder.step"
    _description = "Step of a ladder of key accounts"
    _order = "ladder_id, sequence, id"

    ladder_id = fields.Many2one(
        comodel_name="crm.account.ladder",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Step", required=True, translate=True)
    description = fields.Char(string="What It Means", translate=True)
    criterion_ids = fields.One2many(
        comodel_name="crm.account.ladder.criterion",
        inverse_name="step_id",
        string="Evidence",
        copy=True,
    )
