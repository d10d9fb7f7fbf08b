from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmComplaintTreeMixin(models.AbstractModel):
    """A term that may be part of a wider one: category, cause."""

    _name = "crm.complaint.tree.mixin"
    _description = "Term in a tree"
    _parent_name = "parent_id"
    _parent_store = True
    _order = "sequence, id"
    _rec_names_search = ["name", "parent_id.name"]

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    display_name = fields.Char(recursive=True)
    parent_path = fields.Char(index=True, export_string_translation=False)

    @api.depends("name", "parent_id.display_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for term in self:
            # Superuser: the names above it, also those that are archived.
            wider = term.sudo().parent_id
            parts = (wider.display_name, term.name)
            term.display_name = " / ".join(part for part in parts if part)

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(self.env._("It cannot be part of itself."))
