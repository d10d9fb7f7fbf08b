from odoo import fields, models


class CrmTierChange(models.Model):
    """Ledger of tiers: from, to, when, by which scheme, why."""

    _name = "crm.tier.change"
    _description = "Change of tier"
    _inherit = ["crm.decision.mixin"]

    scheme_id = fields.Many2one(
        comodel_name="crm.tier.scheme", readonly=True, index="btree_not_null"
    )
    old_tier_id = fields.Many2one(
        comodel_name="crm.tier", string="From", readonly=True, ondelete="restrict"
    )
    new_tier_id = fields.Many2one(
        comodel_name="crm.tier", string="To", readonly=True, ondelete="restrict"
    )
    owner_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")

    def _get_history_values(self):
        # Superuser: what a tier is called is no secret to who may read the line.
        line = self.sudo()
        return (line.old_tier_id.name, line.new_tier_id.name)
