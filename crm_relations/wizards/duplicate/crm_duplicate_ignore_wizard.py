from odoo import fields, models


class CrmDuplicateIgnoreWizard(models.TransientModel):
    """Ask why these are not the same."""

    _name = "crm.duplicate.ignore.wizard"
    _description = "Why customers are not the same"

    pair_ids = fields.Many2many(comodel_name="crm.duplicate.pair", string="Pairs")
    reason = fields.Char(required=True)

    def action_apply(self):
        self.ensure_one()
        self.pair_ids.ignore(self.reason)
        return {"type": "ir.actions.act_window_close"}
