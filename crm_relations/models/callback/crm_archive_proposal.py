from odoo import fields, models


class CrmArchiveProposal(models.Model):
    _inherit = "crm.archive.proposal"

    callback_id = fields.Many2one(
        comodel_name="crm.callback",
        index="btree_not_null",
        ondelete="set null",
        help="The call in which this came up.",
    )

    def _get_source(self):
        return "callback" if self.callback_id else super()._get_source()
