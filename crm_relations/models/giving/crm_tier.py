from odoo import api, fields, models
from odoo.tools import ormcache


class CrmTier(models.Model):
    """The limit of concessions holds for quotations as well where a tier says so."""

    _inherit = "crm.tier"

    guards_orders = fields.Boolean(
        string="Quotations Too",
        help="A quotation whose discount is above the limit is confirmed only once "
        "somebody else has approved it.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        tiers = super().create(vals_list)
        if any("guards_orders" in vals for vals in vals_list):
            self.env.registry.clear_cache()
        return tiers

    def write(self, vals):
        result = super().write(vals)
        if not {"guards_orders", "active"}.isdisjoint(vals):
            self.env.registry.clear_cache()
        return result

    @api.model
    @ormcache()
    def _get_ids_that_guard(self):
        """Return the ids of tiers that guard quotations: where there are none, orders
        cost nothing more."""
        # Superuser: whoever confirms an order need not read tiers.
        tiers = self.sudo().with_context(active_test=False)
        return tuple(tiers.search([("guards_orders", "=", True)]).ids)
