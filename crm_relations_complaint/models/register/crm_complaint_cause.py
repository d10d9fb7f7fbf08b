from odoo import fields, models


class CrmComplaintCause(models.Model):
    """Why it came to complaints: material, workmanship, information, supplier ..."""

    _name = "crm.complaint.cause"
    _description = "Complaint cause"
    _inherit = ["crm.complaint.tree.mixin"]

    parent_id = fields.Many2one(
        comodel_name="crm.complaint.cause",
        string="Part Of",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('id', '!=', id)]",
    )
    child_ids = fields.One2many(
        comodel_name="crm.complaint.cause", inverse_name="parent_id"
    )
