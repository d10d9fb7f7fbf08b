from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_list

from .lifecycle.crm_lifecycle_layers import LAYERS


class CrmRuleMixin(models.AbstractModel):
    _inherit = "crm.rule.mixin"

    tier_ids = fields.Many2many(
        comodel_name="crm.tier",
        ondelete="restrict",
        context={"active_test": False},
        string="Tiers",
        help="Only customers of one of these tiers.",
    )

    lifecycle = fields.Selection(
        selection=LAYERS, help="Only customers in this layer of the lifecycle."
    )

    def _get_audience_fields(self):
        return [*super()._get_audience_fields(), "tier_ids", "lifecycle"]

    def _get_audience(self):
        audience = super()._get_audience()
        if self.tier_ids:
            audience &= Domain("tier_id", "in", self.tier_ids.ids)
        if self.lifecycle:
            audience &= Domain("lifecycle", "=", self.lifecycle)
        return audience

    def _get_worded_fields(self):
        return super()._get_worded_fields() | {"tier_ids"}

    def _get_audience_words(self):
        words = super()._get_audience_words()
        if not self.tier_ids:
            return words
        tiers = format_list(self.env, self.tier_ids.mapped("name"))
        return self.env._("%(whom)s (tier %(tiers)s)", whom=words, tiers=tiers)
