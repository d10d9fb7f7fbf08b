from odoo import api, fields, models


class CrmClubBenefitWizard(models.TransientModel):
    """Ask which benefit a member uses, and say how many are left."""

    _name = "crm.club.benefit.wizard"
    _description = "Use a club benefit"

    membership_id = fields.Many2one(
        comodel_name="crm.club.membership",
        required=True,
        readonly=True,
        index=True,
    )
    level_id = fields.Many2one(string="Club Level", related="membership_id.level_id")
    benefit_id = fields.Many2one(
        comodel_name="crm.club.benefit",
        required=True,
        domain="[('level_id', '=', level_id)]",
    )
    left = fields.Char(string="Left This Year", compute="_compute_left")
    note = fields.Char()

    @api.depends("membership_id", "benefit_id")
    @api.depends_context("lang")
    def _compute_left(self):
        for wizard in self:
            wizard.left = wizard._tell_left()

    def _tell_left(self):
        for line in self.membership_id._get_benefits() if self.benefit_id else []:
            if line["benefit"] == self.benefit_id._origin:
                return line["benefit"]._tell_left(line)
        return ""

    def action_apply(self):
        self.ensure_one()
        self.membership_id.use_benefit(self.benefit_id.id, self.note or "")
        return {"type": "ir.actions.act_window_close"}
