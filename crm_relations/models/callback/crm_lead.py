from odoo import fields, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    callback_id = fields.Many2one(
        comodel_name="crm.callback",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The callback in which this opportunity came up.",
    )
