from odoo import fields, models

from .crm_relationship_levels import LEVELS


class CrmRelationshipChange(models.Model):
    """Ledger of the ladder: from, to, when, on what evidence."""

    _name = "crm.relationship.change"
    _description = "Change of relationship level"
    _inherit = ["crm.decision.mixin"]

    level_id = fields.Many2one(
        comodel_name="crm.relationship.level", readonly=True, index="btree_not_null"
    )
    old_level = fields.Selection(selection=LEVELS, string="From", readonly=True)
    new_level = fields.Selection(selection=LEVELS, string="To", readonly=True)
    owner_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")

    def _get_history_values(self):
        labels = dict(self._fields["new_level"]._description_selection(self.env))
        return (labels.get(self.old_level), labels.get(self.new_level))
