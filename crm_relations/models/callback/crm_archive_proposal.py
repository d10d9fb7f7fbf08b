from odoo import fields, models


class CrmArchiveProposal(models.Model):
    _inherit = "crm.archive.proposal"

    callback_id = fields.Many2one(
        comodel_name="crm.callback",
        index="btree_not_null",
        ondelete="set null",
        help="The call in which this came up.",
    )
