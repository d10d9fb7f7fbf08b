from odoo import api, fields, models
from odoo.tools import SQL

from .lifecycle.crm_lifecycle_layers import LAYERS


class CrmArchiveRequirement(models.Model):
    _inherit = "crm.archive.requirement"

    lifecycle = fields.Selection(
        selection=LAYERS,
        help="Counts only for customers in this layer. Empty: in every layer.",
    )

    # Of the room that is there already: one line a field and layer.
    _field_uniq = models.UniqueIndex(
        "(field_id, COALESCE(lifecycle, '')) WHERE active IS TRUE",
        "This field counts already.",
    )

    @api.model
    def _depend_on_lifecycle(self):
        """Tell whether any layer asks more of an archive than the others."""
        # Superuser: what is required is the same for every reader.
        return bool(self.sudo().search_count([("lifecycle", "!=", False)], limit=1))

    def _prepare_spec(self):
        return {**super()._prepare_spec(), "lifecycle": self.lifecycle}

    def _get_applies_sql(self, partners, spec):
        applies = super()._get_applies_sql(partners, spec)
        if not spec["lifecycle"]:
            return applies
        layer = SQL.identifier(partners.table, "lifecycle")
        return SQL("(%s AND COALESCE(%s, '') = %s)", applies, layer, spec["lifecycle"])
