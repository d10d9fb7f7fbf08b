from odoo import fields, models

from .crm_lifecycle_layers import LAYERS


class CrmLifecycleChange(models.Model):
    """Ledger of layers: from, to, when, by which rule, why."""

    _name = "crm.lifecycle.change"
    _description = "Change of lifecycle layer"
    _inherit = ["crm.decision.mixin"]

    rule_id = fields.Many2one(
        comodel_name="crm.lifecycle.rule", readonly=True, index="btree_not_null"
    )
    old_layer = fields.Selection(selection=LAYERS, string="From", readonly=True)
    new_layer = fields.Selection(selection=LAYERS, string="To", readonly=True)
    owner_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")

    def _get_history_values(self):
        labels = dict(self._fields["new_layer"]._description_selection(self.env))
        return (labels.get(self.old_layer), labels.get(self.new_layer))
