from odoo import api, models

from ...tools.masked_views import VIEWS, get_owner, show_mask

HIDDEN = {"phone": "hidden_phone", "email": "hidden_email"}


class Base(models.AbstractModel):
    """Where a number or an address stands in a view, whoever made it, the mask takes
    its place: an empty field looks as if nothing were known.

    Of each model, as wizards show contacts as well. Views are kept once made, and made
    anew when a pool begins to hide, or ends.
    """

    _inherit = "base"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if arch.tag in VIEWS and self.env["crm.pool"]._hides_anything():
            self._show_masks(arch)
        return arch, view

    @api.model
    def _show_masks(self, arch):
        """Put the masks into a view of this model, and into those inside it."""
        masks = self._get_masked_names()
        for node in list(arch.iter("field")):
            if get_owner(node) is not arch:
                continue
            name = node.get("name")
            if name in masks:
                show_mask(node, arch, masks[name])
            comodel = getattr(self._fields.get(name), "comodel_name", None)
            for inner in node.iterchildren(*VIEWS) if comodel else ():
                self.env[comodel]._show_masks(inner)

    @api.model
    def _get_masked_names(self):
        """Return ``{column that people see: its mask}``."""
        if "hidden_phone" not in self._fields:
            return {}
        return {
            names[0]: HIDDEN[kind]
            for copy in self.env["crm.hidden.value"]._get_copies()
            if copy.model == self._name and not copy.part
            for kind, names in copy.kinds.items()
            if names
        }
