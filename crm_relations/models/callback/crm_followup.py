from odoo import fields, models


class CrmFollowup(models.Model):
    _inherit = "crm.followup"

    callback_id = fields.Many2one(
        comodel_name="crm.callback",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The callback by which this contact was made.",
    )
