from odoo import fields, models


class CrmAccountStandingChange(models.Model):
    """Ledger of the ladders of key accounts: from, to, when, on what evidence."""

    _name = "crm.account.standing.change"
    _description = "Change of the standing of a key account"
    _inherit = ["crm.decision.mixin"]

    ladder_id = fields.Many2one(
        comodel_name="crm.account.ladder",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    old_step_id = fields.Many2one(
        comodel_name="crm.account.ladder.step",
        string="From Step",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    new_step_id = fields.Many2one(
        comodel_name="crm.account.ladder.step",
        string="To Step",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    owner_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")

    def _get_history_values(self):
        return (self.old_step_id.name, self.new_step_id.name)
