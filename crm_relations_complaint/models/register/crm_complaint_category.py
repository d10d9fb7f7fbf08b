from odoo import api, fields, models


class CrmComplaintCategory(models.Model):
    """What complaints are about: product quality, service quality, terms ..."""

    _name = "crm.complaint.category"
    _description = "Complaint category"
    _inherit = ["crm.complaint.tree.mixin", "crm.condition.mixin"]

    parent_id = fields.Many2one(
        comodel_name="crm.complaint.category",
        string="Part Of",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('id', '!=', id)]",
    )
    child_ids = fields.One2many(
        comodel_name="crm.complaint.category", inverse_name="parent_id"
    )
    is_safety = fields.Boolean(
        string="Concerns Safety",
        help="Complaints of this category are triaged as critical: somebody may come "
        "to harm.",
    )

    @api.model
    def _use_dealer_terms(self):
        """Take the categories of a car dealer into use."""
        # Superuser: which terms came with the addon.
        shipped = (
            self.env["ir.model.data"]
            .sudo()
            .search(
                [
                    ("module", "=", "crm_relations_complaint"),
                    ("model", "=", self._name),
                    ("name", "=like", r"crm\_complaint\_category\_dealer\_%"),
                ]
            )
        )
        terms = self.with_context(active_test=False)
        terms.search([("id", "in", shipped.mapped("res_id"))]).active = True
